/** Words of the opened check in English. */
import { many } from '../../shared/locales/plain-en.ts';
import type { ProofWords } from './proof-zh.ts';

export const proofWords: ProofWords = {
  witness: (name) => `Witness ${name}`,
  seenTo: (size, time) => `saw ${many(size, 'record')}, ${time}`,
  noWitness: 'no signature that can be checked here',
  digest: 'Digest of the seal',
  here: 'The check runs in your browser and does not rest on what this site says.',
  material: 'proof material',
  steps: 'Each step',
  promise: [
    'Signed by the leader',
    'Nothing left out',
    'Log not rewritten',
    'List locked first',
    'Fair draw',
    'Drawn is shown',
  ],
  open: { notReached: 'Not reached', running: 'Being checked', amber: 'Could not be checked here' },
  signed: 'The text is letter for letter what the device of the leader signed.',
  complete: (items, shown) =>
    items === shown
      ? `All ${items} items are here, each with its text.`
      : `All ${items} items are here: ${shown} with text, ${items - shown} withheld on a stated ground.`,
  logged: (seen) =>
    seen ? 'It is in the log, and the log only grew since you last came.' : 'It is in the log, and the log is signed.',
  locked: (candidates, absent, acks) =>
    `The list of ${candidates} candidates was locked before the lottery${absent === 0 ? '' : ` (${many(absent, 'unit')} absent)`}; ${many(acks, 'device')} attest it.`,
  fair: (units) => `Run again by the public rule, the draw gives the same: ${units}.`,
  shown: (n) => (n === 1 ? 'The drawn diary is public.' : `${n === 2 ? 'Both' : `All ${n}`} drawn diaries are public.`),
  step: [
    'The material is complete',
    'The log head is signed by the pinned key',
    'The log only grew',
    'Every record is in the log',
    "Signers' keys are enrolled and not revoked, every signature is good",
    'The text matches the sealed digests letter for letter',
    'What has no text has a ground and a person who answers for it',
    'The candidate list keeps the rules, and this diary is on it',
    'The list was locked before the lottery, attested by most devices',
    'The random values are those announced in the list',
    'Run again, the result is the same',
    'Everything drawn is public',
  ],
};
