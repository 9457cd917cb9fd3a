/** Words of `sundial notices` in English. */
import type { OutboxWords } from '../zh/outbox.ts';

export const outbox: OutboxWords = {
  usage: `sundial notices [--json] [--retry]
  Lists how mail and webhooks stand: how many wait, were sent, were given up by each channel, and why. No address is shown.
  --retry  lets those that were given up be tried anew
Exit codes: 0 none was given up, 1 some were, 2 usage or configuration
`,
  state: { waiting: 'waiting', sent: 'sent', givenUp: 'given up', dropped: 'nobody there any more' },
  count: (channel, state, count) => `${channel}  ${state} ${count}`,
  oldest: (channel, minutes) => `${channel}  the oldest has waited ${minutes} min`,
  failed: (id, channel, kind, tries, problem) => `${id}  ${channel}  ${kind}  ${tries} tries  ${problem}`,
  none: 'No notices yet.',
  off: 'Neither mail nor a webhook is set up (SUNDIAL_SMTP_URL, webhooks).',
  revived: (count) => `${count} wait again; the running server sends them within ten seconds.`,
};
