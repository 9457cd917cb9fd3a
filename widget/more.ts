// A part of the widget (remote/part.ts): threads, the carousel, the closed-loop figures, following by receipt.
import type { Kinds } from './base/shell.ts';
import { SundialCarousel } from './elements/carousel/carousel.ts';
import { SundialRates } from './elements/rates/rates.ts';
import { SundialThread } from './elements/thread/thread.ts';
import { SundialTicket } from './elements/ticket/ticket.ts';

const kinds: Kinds = {
  'sundial-thread': SundialThread,
  'sundial-carousel': SundialCarousel,
  'sundial-rates': SundialRates,
  'sundial-ticket': SundialTicket,
};

if (document.currentScript) Object.assign(document.currentScript, { sundial: kinds });
