/** Answers of signed-in reads, kept while a page is open. The server forbids browsers to store what only some may see; so that a weak line
 *  carries no body twice all the same, they are kept here, in memory and for one access token. */

export interface KeptAnswer {
  readonly etag: string;
  readonly body: unknown;
}

export interface KeptAnswers {
  /** The newest answer of an address to this token. */
  readonly find: (token: string, address: string) => KeptAnswer | null;
  readonly keep: (token: string, address: string, answer: KeptAnswer) => void;
}

/** Keeps at most `most` answers, those given last; with another token it begins anew. */
export function keptAnswers(most: number): KeptAnswers {
  const answers = new Map<string, KeptAnswer>();
  let owner = '';
  const ownedBy = (token: string): void => {
    if (token === owner) return;
    owner = token;
    answers.clear();
  };
  return {
    find: (token, address) => {
      ownedBy(token);
      return answers.get(address) ?? null;
    },
    keep: (token, address, answer) => {
      ownedBy(token);
      answers.delete(address);
      answers.set(address, answer);
      const [oldest] = answers.keys();
      if (answers.size > most && oldest !== undefined) answers.delete(oldest);
    },
  };
}
