// The readers' window: registers the elements and nothing else. A page whose editor strips unknown elements writes
// `<div data-sundial="feed" data-src="…">`.
import { shellOf } from './base/shell.ts';
import { SundialDiary } from './elements/diary/diary.ts';
import { SundialPicture } from './parts/picture/picture.ts';
import { SundialVerification } from './parts/verification/verification.ts';

const elements: Readonly<Record<string, CustomElementConstructor>> = {
  'sundial-verification': SundialVerification,
  'sundial-picture': SundialPicture,
  'sundial-diary': SundialDiary,
  'sundial-feed': shellOf('feed'),
  'sundial-draw': shellOf('draw'),
  'sundial-thread': shellOf('more'),
  'sundial-carousel': shellOf('more'),
  'sundial-rates': shellOf('more'),
  'sundial-ticket': shellOf('more'),
  'sundial-comments': shellOf('comments'),
  'sundial-talk': shellOf('comments', 'inner'),
  'sundial-proof': shellOf('proof', 'seen'),
  'sundial-case': shellOf('talk', 'seen'),
  'sundial-receipt-slip': shellOf('talk', 'seen'),
  'sundial-feedback-form': shellOf('talk', 'seen'),
  'sundial-receipt-desk': shellOf('talk', 'seen'),
  'sundial-flag-form': shellOf('talk', 'seen'),
};

for (const [name, element] of Object.entries(elements)) {
  if (customElements.get(name) === undefined) customElements.define(name, element);
}

const standing = 'feed diary draw thread carousel rates ticket comments'.split(' ');

function standIns(): void {
  const places = standing.map((name) => `[data-sundial="${name}"]`).join();
  for (const place of document.querySelectorAll<HTMLElement>(places)) {
    const { sundial, ...given } = place.dataset;
    if (place.querySelector(`:scope > sundial-${sundial}`) !== null) continue;
    const element = document.createElement(`sundial-${sundial}`);
    for (const [name, value] of Object.entries(given)) element.setAttribute(name, value ?? '');
    element.append(...place.childNodes);
    place.append(element);
  }
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', standIns, { once: true });
else standIns();
