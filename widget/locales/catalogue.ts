/** Every word of the readers' window in one further language: what `widget/locales/more/<tag>.ts` exports as `catalogue`. */
import type { CardWords } from './card-zh.ts';
import type { DrawWords } from './draw-zh.ts';
import type { FailureWords } from './failure-zh.ts';
import type { FindWords } from './find-zh.ts';
import type { ListWords } from './lists-zh.ts';
import type { ProofWords } from './proof-zh.ts';
import type { SignInWords } from './sign-in-zh.ts';
import type { TalkWords } from './talk-zh.ts';
import type { VoiceWords } from './voices-zh.ts';
import type { Words } from './zh.ts';

/** `words.lang` is the tag of the file's name, in small letters: `fr`, `mn-mong`. */
export interface Catalogue {
  readonly words: Words;
  readonly card: CardWords;
  readonly draw: DrawWords;
  readonly failure: FailureWords;
  readonly find: FindWords;
  readonly lists: ListWords;
  readonly proof: ProofWords;
  readonly signIn: SignInWords;
  readonly talk: TalkWords;
  readonly voices: VoiceWords;
}
