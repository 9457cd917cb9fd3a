/** What is wrong with the checkpoint keys. A server does not go on with it; the command line says in a sentence what to do. */

/** `at`: the file, variable, command or key id that it is about; `more`: its mode, or what the command printed. */
export interface KeyProblem {
  readonly code: 'FILE_OPEN' | 'FILE_NO_KEY' | 'VKEY_INVALID' | 'P256_MISSING' | 'COMMAND_FAILED' | 'KEY_GONE';
  readonly at: string;
  readonly more?: string;
}

/** Thrown where keys are read or used. */
export class KeyTrouble extends Error {
  readonly problem: KeyProblem;

  constructor(problem: KeyProblem, cause?: unknown) {
    super([problem.code, problem.at, problem.more].filter(Boolean).join(' '), { cause });
    this.name = 'KeyTrouble';
    this.problem = problem;
  }
}
