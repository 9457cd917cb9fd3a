// Part of the widget that loads when a reader opens a form: comments, reports, receipts.
import { SundialCase } from '../parts/comments/case-course.ts';
import { SundialFeedbackForm } from '../parts/feedback-form/feedback-form.ts';
import { SundialReceiptDesk } from '../parts/receipt/receipt-desk.ts';
import { SundialReceiptSlip } from '../parts/receipt/receipt-slip.ts';
import { give } from './lent.ts';

const elements: Readonly<Record<string, CustomElementConstructor>> = {
  'sundial-case': SundialCase,
  'sundial-receipt-slip': SundialReceiptSlip,
  'sundial-feedback-form': SundialFeedbackForm,
  'sundial-receipt-desk': SundialReceiptDesk,
};
for (const [name, element] of Object.entries(elements)) {
  if (customElements.get(name) === undefined) customElements.define(name, element);
}
give(true);
