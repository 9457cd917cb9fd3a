// The readers' window: registers the elements and nothing else. A page whose editor strips unknown elements writes
// `<div data-sundial="feed" data-src="…">`.
import { SundialDiary } from './elements/diary/diary.ts';
import { SundialFeed } from './elements/feed/feed.ts';
import { SundialCase } from './parts/comments/case-course.ts';
import { SundialFeedbackForm } from './parts/feedback-form/feedback-form.ts';
import { SundialPicture } from './parts/picture/picture.ts';
import { SundialReceiptDesk } from './parts/receipt/receipt-desk.ts';
import { SundialReceiptSlip } from './parts/receipt/receipt-slip.ts';
import { SundialProof } from './parts/verification/proof.ts';
import { SundialVerification } from './parts/verification/verification.ts';

const elements: Readonly<Record<string, CustomElementConstructor>> = {
  'sundial-verification': SundialVerification,
  'sundial-proof': SundialProof,
  'sundial-case': SundialCase,
  'sundial-receipt-slip': SundialReceiptSlip,
  'sundial-feedback-form': SundialFeedbackForm,
  'sundial-receipt-desk': SundialReceiptDesk,
  'sundial-picture': SundialPicture,
  'sundial-diary': SundialDiary,
  'sundial-feed': SundialFeed,
};

for (const [name, element] of Object.entries(elements)) {
  if (customElements.get(name) === undefined) customElements.define(name, element);
}

function standIns(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-sundial="feed"], [data-sundial="diary"]')) {
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
