// Work on values that never change, done once for each: kept as long as the value itself is.

/** The function, which remembers its answer for every object that it was given. For pure functions of what is never written to. */
export function once<Given extends object, Answer>(work: (given: Given) => Answer): (given: Given) => Answer {
  const answers = new WeakMap<Given, { readonly answer: Answer }>();
  return (given) => {
    const known = answers.get(given) ?? { answer: work(given) };
    answers.set(given, known);
    return known.answer;
  };
}
