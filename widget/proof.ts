// A part of the widget (remote/part.ts): what the verification line opens to.
import type { Kinds } from './base/shell.ts';
import { SundialProof } from './parts/verification/proof.ts';

const kinds: Kinds = { 'sundial-proof': SundialProof };

if (document.currentScript) Object.assign(document.currentScript, { sundial: kinds });
