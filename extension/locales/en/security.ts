/** Words of keys, devices, and the question who is there before signing, in English. */
import { many } from '../../../shared/locales/plain-en.ts';
import type { security as zh } from '../zh/security.ts';

export const security: typeof zh = {
  askTitle: 'Confirm that it is you',
  setUpTitle: 'How you confirm a signature',
  platformHow: "Use this computer's fingerprint, face or its own PIN. It counts for five minutes.",
  platformWaiting: 'Waiting for this computer: see the window that it opened.',
  platformRefused: 'Not confirmed. Try again.',
  platformLost:
    'Where this computer can no longer do it, ask the organiser to end this device, revoke its signing key and invite you again; enrolling sets another way.',
  confirm: 'Confirm',
  pin: 'Signing PIN',
  pinWrong: (left) => (left === 0 ? 'Wrong PIN.' : `Wrong PIN; ${many(left, 'try', 'tries')} left.`),
  pinLocked: (minutes) => `Too many wrong tries. Try again in ${many(minutes, 'minute')}; writing goes on as usual.`,
  setUpPlatform:
    "Before anything is signed you confirm that it is you: by this computer's fingerprint, face or PIN. They never leave it.",
  usePlatform: "Use this computer's way",
  usePin: 'Set a PIN instead',
  setUpPin:
    'Set a PIN for signing. It is asked for before a seal, a draw or an enrolment; it is kept on this computer alone, and nobody can look it up.',
  newPin: 'New PIN',
  newPinHint: (least) => `At least ${least} characters, no run, no repetition`,
  pinAgain: 'Once more',
  pinWeak: (least) => `Too easy to guess. Use at least ${least} characters without a run or repetition.`,
  pinDiffers: 'The two are not the same. Type it once more.',
  keepPin: 'Set it and go on',
  change: 'Change the way to confirm',
  nowPlatform: "Before signing you confirm by this computer's own way.",
  nowPin: 'Before signing you type your PIN.',
  nowNone: 'You will be asked to set it at your first signature.',
  title: 'Confirming and keys',
  forgotten:
    'PIN forgotten: ask the organiser to end this device, revoke its signing key and invite you again; enrolling sets a new PIN. What you wrote stays.',
  rotate: 'Change the signing key',
  rotateHow:
    'Once a year, or when somebody else may have used this computer. The organiser compares the fingerprint of the new key in person; until then the old one signs. What was sealed before stays valid.',
  rotateWaiting: 'The new key waits for the organiser:',
};
