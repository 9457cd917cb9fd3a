// Work on values that never change, done once for each: kept as long as the value itself is.

/** The function, which remembers its answer for every object that it was given. For pure functions of what is never written to. */
export function once<Given extends object, Answer extends object>(
  work: (given: Given) => Answer,
): (given: Given) => Answer {
  const answers = new WeakMap<Given, Answer>();
  return (given) => {
    const known = answers.get(given);
    if (known !== undefined) return known;
    const answer = work(given);
    answers.set(given, answer);
    return answer;
  };
}
