/** Asks line by line, on a terminal or from a pipe. */
import { createInterface } from 'node:readline/promises';

export interface Asker {
  /** The next line after a prompt; null where the input has ended. */
  readonly ask: (prompt: string) => Promise<string | null>;
  readonly close: () => void;
}

/** Reads lines of `input`; prompts go to `output`. Lines that a pipe brings early wait for their question. */
export function openAsker(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Asker {
  const reader = createInterface({ input, output, terminal: input.isTTY === true });
  const lines = reader[Symbol.asyncIterator]();
  let isOpen = true;
  reader.once('close', () => {
    isOpen = false;
  });
  return {
    ask: async (prompt) => {
      // A pipe may have ended while its lines still wait.
      if (isOpen) {
        reader.setPrompt(prompt);
        reader.prompt();
      } else output.write(prompt);
      const { value, done } = await lines.next();
      return done === true ? null : value;
    },
    close: () => reader.close(),
  };
}
