/** The state of a case in full words, each time with its ring (look.md 6, 7): closed is not solved, and neither looks like the other. */
import type { TicketState } from '../../shared/feedback/ticket.ts';
import { useWords } from '../locales/use-words.ts';

type Ring = 'dashed' | 'half' | 'closed' | 'open' | 'turn' | 'arrow';

const looks: Readonly<Record<TicketState, { readonly tone: string; readonly ring: Ring }>> = {
  registered: { tone: 'st-wait', ring: 'dashed' },
  assigned: { tone: 'st-wait', ring: 'dashed' },
  disputed: { tone: 'st-amber', ring: 'dashed' },
  accepted: { tone: 'st-open', ring: 'half' },
  inProgress: { tone: 'st-open', ring: 'half' },
  extended: { tone: 'st-amber', ring: 'half' },
  onHold: { tone: 'st-amber', ring: 'dashed' },
  replied: { tone: 'st-open', ring: 'half' },
  reopened: { tone: 'st-amber', ring: 'turn' },
  supervised: { tone: 'st-late', ring: 'half' },
  closedLoop: { tone: 'st-closed', ring: 'closed' },
  closedUnsolved: { tone: 'st-unsolved', ring: 'open' },
  referred: { tone: 'st-wait', ring: 'arrow' },
  merged: { tone: 'st-wait', ring: 'arrow' },
};

/** A ticket's state as a badge. */
export function TicketStateBadge({ state }: { readonly state: TicketState }) {
  const words = useWords();
  const { tone, ring } = looks[state];
  return (
    <span class={`state ${tone}`}>
      <svg class="i" viewBox="0 0 24 24" aria-hidden="true">
        <RingOf ring={ring} />
      </svg>
      {words.domain.ticketState[state]}
    </span>
  );
}

function RingOf({ ring }: { readonly ring: Ring }) {
  switch (ring) {
    case 'dashed':
      return <circle cx="12" cy="12" r="7.5" stroke-dasharray="3.2 2.7" />;
    case 'half':
      return (
        <>
          <circle cx="12" cy="12" r="7.5" />
          <path d="M12 4.5a7.5 7.5 0 0 1 0 15z" fill="currentColor" stroke="none" />
        </>
      );
    case 'closed':
      return (
        <>
          <circle cx="12" cy="12" r="7.5" />
          <circle cx="12" cy="12" r="2.4" fill="currentColor" stroke="none" />
        </>
      );
    case 'open':
      return <path d="M18.5 8.2A7.5 7.5 0 1 0 19.3 14M15.500 4.500l5 5m0-5-5 5" />;
    case 'turn':
      return <path d="M4.500 12a7.500 7.500 0 1 0 2.300-5.400M4.200 3.500v3.800H8" />;
    case 'arrow':
      return <path d="M4.500 12h14M13 6.500l5.500 5.500-5.500 5.500" />;
  }
}
