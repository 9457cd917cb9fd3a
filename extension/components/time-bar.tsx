/** The day as a band of light, 05:00 to 05:00, and the patterns that carry the modes without colour (look.md 1, 3, 7). */
import type { Mode } from '../../shared/diary/category.ts';
import { useWords } from '../locales/use-words.ts';

/** A block in minutes after 05:00 of the day, 0 to 1440, already clipped. */
export interface Block {
  readonly from: number;
  readonly to: number;
  readonly mode: Mode | null;
  readonly held: boolean;
}

/** The patterns; once in each page. */
export function Patterns() {
  return (
    <svg class="sprite" aria-hidden="true">
      <defs>
        <pattern id="p-focused" width="4" height="4" patternUnits="userSpaceOnUse">
          <path class="pl" d="M0 3.5h4" stroke-width="1" />
        </pattern>
        <pattern id="p-emergency" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path class="pl" d="M0 0v6" stroke-width="2.4" />
        </pattern>
        <pattern id="p-oneToOne" width="5" height="5" patternUnits="userSpaceOnUse">
          <circle class="pd" cx="2.5" cy="2.5" r="1" />
        </pattern>
        <pattern id="p-held" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path class="ph" d="M0 0v5" stroke-width="1" />
        </pattern>
      </defs>
    </svg>
  );
}

const ticks = [
  { at: 0, hour: 5 },
  { at: 180, hour: 8 },
  { at: 420, hour: 12 },
  { at: 780, hour: 18 },
  { at: 1140, hour: 24 },
  { at: 1440, hour: 5 },
] as const;

const percent = (minutes: number) => `${(minutes / 14.4).toFixed(2)}%`;

/** One day lying. `now` in minutes after 05:00 draws the sun; `label` says the same in words. */
export function DayStrip({
  blocks,
  label,
  now = null,
}: {
  readonly blocks: readonly Block[];
  readonly label: string;
  readonly now?: number | null;
}) {
  const words = useWords();
  return (
    <svg class="strip" role="img" aria-label={label} height="34">
      <line class="base" x1="0" x2="100%" y1="14.5" y2="14.5" />
      {blocks.map((block) => (
        <Fill key={`${block.from} ${block.to}`} block={block} />
      ))}
      {ticks.map(({ at, hour }) => (
        <g key={at}>
          <line class={hour === 24 ? 'mid' : 'tick'} x1={percent(at)} x2={percent(at)} y1="14" y2="19" />
          <text x={percent(at)} y="31" text-anchor={at === 0 ? 'start' : at === 1440 ? 'end' : 'middle'}>
            {at === 0 ? words.time.hour(hour) : at === 1440 ? words.time.nextDayHour(hour) : hour}
          </text>
        </g>
      ))}
      {now === null ? null : <circle class="now" cx={percent(now)} cy="14.5" r="3.5" />}
    </svg>
  );
}

function Fill({ block }: { readonly block: Block }) {
  const kind = block.held ? 'held' : (block.mode ?? 'none');
  const place = { x: percent(block.from), width: percent(Math.max(block.to - block.from, 3)), y: 0, height: 14 };
  return (
    <>
      <rect class={`f-${kind}`} {...place} />
      {kind === 'focused' || kind === 'emergency' || kind === 'oneToOne' ? (
        <rect class={`t-${kind}`} {...place} />
      ) : null}
    </>
  );
}

/** The fill of a mode as a small square beside its word. */
export function Swatch({ mode }: { readonly mode: Mode | 'held' | 'none' }) {
  return (
    <svg class="sw" aria-hidden="true">
      <rect class={`f-${mode}`} width="14" height="14" />
      {mode === 'focused' || mode === 'emergency' || mode === 'oneToOne' ? (
        <rect class={`t-${mode}`} width="14" height="14" />
      ) : null}
    </svg>
  );
}
