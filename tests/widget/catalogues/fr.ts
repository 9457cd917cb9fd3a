/** A catalogue of a further language, as somebody begins one: the English one, with what is translated so far in its place. */

import { cardWords } from '../../../widget/locales/card-en.ts';
import type { Catalogue } from '../../../widget/locales/catalogue.ts';
import { drawWords } from '../../../widget/locales/draw-en.ts';
import { words } from '../../../widget/locales/en.ts';
import { failureWords } from '../../../widget/locales/failure-en.ts';
import { findWords } from '../../../widget/locales/find-en.ts';
import { listWords } from '../../../widget/locales/lists-en.ts';
import { proofWords } from '../../../widget/locales/proof-en.ts';
import { signInWords } from '../../../widget/locales/sign-in-en.ts';
import { talkWords } from '../../../widget/locales/talk-en.ts';
import { voiceWords } from '../../../widget/locales/voices-en.ts';

const plural = new Intl.PluralRules('fr');

export const catalogue: Catalogue = {
  words: { ...words, lang: 'fr', state: { ...words.state, retry: 'Réessayer' } },
  card: cardWords,
  draw: drawWords,
  failure: failureWords,
  find: findWords,
  lists: { ...listWords, rates: { ...listWords.rates, heading: 'Ce qui est devenu des signalements' } },
  proof: proofWords,
  signIn: signInWords,
  talk: { ...talkWords, form: { ...talkWords.form, text: 'Votre texte' } },
  voices: {
    ...voiceWords,
    heading: 'Commentaires et suites',
    write: 'Écrire un commentaire',
    count: (total) => `${total} ${plural.select(total) === 'one' ? 'commentaire' : 'commentaires'}`,
  },
};
