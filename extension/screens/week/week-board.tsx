/** Grid, what is unfolded beside it, and the rail: everything of the week's page that a change of the grid speaks to. */
import type { ComponentChildren } from 'preact';
import { useWords } from '../../locales/use-words.ts';
import type { SaveState } from '../../store/queries.ts';
import { bandMinute, textOf } from '../day/day-facts.ts';
import { RemoveDialog } from '../day/remove-dialog.tsx';
import type { Journal } from '../use-journal.ts';
import { EntryPanel } from './entry-panel.tsx';
import { GridNotice } from './grid-notice.tsx';
import { NewPanel } from './new-panel.tsx';
import { OverlapOffers } from './overlap-offers.tsx';
import { type Board, useBoard } from './use-board.ts';
import type { WeekState } from './use-week.ts';
import { WeekGrid } from './week-grid.tsx';
import { WeekHead } from './week-head.tsx';
import { WeekRail } from './week-rail.tsx';

/** `above` stands between head and grid. `onSeal` is null where there is nothing to seal, and where this device may not. */
export function WeekBoard({
  week,
  journal,
  state,
  save,
  onWeek,
  onSeal,
  above,
}: {
  readonly week: string;
  readonly journal: Journal;
  readonly state: WeekState;
  readonly save: SaveState;
  readonly onWeek: (week: string) => void;
  readonly onSeal: (() => void) | null;
  readonly above: ComponentChildren;
}) {
  const words = useWords();
  const board = useBoard(state);
  const { opened, fresh, asking } = board;
  const { facts, shut, standing } = state;
  const days = facts.columns.map(({ day }) => day);
  const today = days.find((day) => day === journal.today) ?? days[0] ?? journal.today;
  return (
    <>
      <WeekHead
        week={week}
        journal={journal}
        standing={standing}
        save={save}
        undo={board.undo}
        onWeek={onWeek}
        onAdd={() => board.write(today)}
        onSeal={onSeal}
      />
      {above}
      <div class={opened === null && fresh === null ? 'wk' : 'wk unfolded'}>
        <div class="board">
          <WeekGrid
            facts={facts}
            table={journal.table}
            today={journal.today}
            now={bandMinute(journal.today, journal.now)}
            opened={opened?.entry.id ?? null}
            fixed={board.fixed}
            acts={board.acts}
          />
          <Notice board={board} />
          <p class="vh" role="status">
            {board.said}
          </p>
        </div>
        <div class="beside">
          {opened === null ? null : (
            <EntryPanel
              key={opened.entry.id}
              entry={opened.entry}
              journal={journal}
              shut={board.fixed(opened.entry)}
              overlaps={opened.overlaps}
              onTrim={board.trim}
              onClose={board.fold}
              onGone={() => board.gone(opened.entry)}
            />
          )}
          {fresh === null ? null : (
            <NewPanel
              day={fresh.day}
              place={fresh.place}
              journal={journal}
              onClose={board.fold}
              onSaved={board.wrote}
            />
          )}
          <WeekRail week={week} facts={facts} journal={journal} save={save} shut={shut} />
        </div>
      </div>
      {asking === null ? null : (
        <RemoveDialog
          text={textOf(asking) ?? words.journal.held}
          onClose={board.keep}
          onRemove={() => board.remove(asking)}
        />
      )}
    </>
  );
}

function Notice({ board }: { readonly board: Board }) {
  const words = useWords();
  const { notice } = board;
  switch (notice?.kind) {
    case undefined:
      return null;
    case 'problem':
    case 'refused':
      return (
        <GridNotice icon={notice.kind === 'refused' ? 'seal' : 'warn'} onClose={board.dismiss}>
          <p>{notice.says}</p>
        </GridNotice>
      );
    case 'overlap':
      return (
        <GridNotice icon="warn" closeLabel={words.grid.keepBoth} onClose={board.dismiss}>
          <OverlapOffers entry={notice.entry} overlaps={notice.overlaps.slice(0, 2)} onTrim={board.trim} />
        </GridNotice>
      );
  }
}
