// A part of the widget (remote/part.ts): the forms to answer a diary, receipts, and what was done about a case.
import type { Kinds } from './base/shell.ts';
import { SundialCase } from './parts/comments/case-course.ts';
import { SundialFeedbackForm } from './parts/feedback-form/feedback-form.ts';
import { SundialReceiptDesk } from './parts/receipt/receipt-desk.ts';
import { SundialReceiptSlip } from './parts/receipt/receipt-slip.ts';
import { SundialFlagForm } from './parts/talk/flag-form.ts';

const kinds: Kinds = {
  'sundial-case': SundialCase,
  'sundial-receipt-slip': SundialReceiptSlip,
  'sundial-feedback-form': SundialFeedbackForm,
  'sundial-receipt-desk': SundialReceiptDesk,
  'sundial-flag-form': SundialFlagForm,
};

if (document.currentScript) Object.assign(document.currentScript, { sundial: kinds });
