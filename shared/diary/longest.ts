/** Most characters of the members of an entry, of a thread's name, and most threads of an entry (verification.md 4). */
export const longest = {
  text: 10_000,
  place: 200,
  detail: 10_000,
  thinking: 10_000,
  result: 10_000,
  next: 10_000,
  thread: 100,
  threads: 10,
} as const;
