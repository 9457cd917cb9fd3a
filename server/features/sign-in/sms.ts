/** Short messages: what sends them, and the gateway that is an address on the web. */
import type { Phone } from '../../../shared/organisation/config.ts';

export interface Message {
  /** E.164: `+8613800138000`. */
  readonly to: string;
  readonly code: string;
  /** The whole sentence, for gateways that take one. */
  readonly text: string;
}

export interface SmsGateway {
  /** Resolves when the gateway has taken the message. Throws SmsTrouble. */
  readonly send: (message: Message) => Promise<void>;
}

/** The gateway did not take a message; the code is for the operator: `HTTP_503`, `TIMEOUT`, `UNREACHABLE`. */
export class SmsTrouble extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

const timeoutMs = 10_000;

/** The gateway of the configuration: one POST of its body with the message filled in, `Authorization: Bearer` with the token. Any status of
 *  success counts as taken; no redirect is followed, for it would carry the token elsewhere. */
export function httpGateway({ gateway, body }: Phone, token: string): SmsGateway {
  return {
    send: async (message) => {
      try {
        const response = await fetch(gateway, {
          method: 'POST',
          redirect: 'manual',
          signal: AbortSignal.timeout(timeoutMs),
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'user-agent': 'sundial' },
          body: JSON.stringify(filled(body, message)),
        });
        await response.body?.cancel();
        if (!response.ok) throw new SmsTrouble(`HTTP_${response.status}`);
      } catch (error) {
        // A timeout, a name that is not known, a connection that broke: what fetch throws.
        if (error instanceof DOMException) throw new SmsTrouble('TIMEOUT');
        if (error instanceof TypeError) throw new SmsTrouble('UNREACHABLE');
        throw error;
      }
    },
  };
}

function filled(body: Phone['body'], { to, code, text }: Message): Readonly<Record<string, string>> {
  const values: Readonly<Record<string, string>> = { to, code, text };
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      value.replace(/\{(to|code|text)\}/g, (_, what: string) => values[what] ?? ''),
    ]),
  );
}
