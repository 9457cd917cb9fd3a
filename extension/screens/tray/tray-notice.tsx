/** What the server refused, wherever one writes: a line that opens the tray, and the tray itself. */
import { useState } from 'preact/hooks';
import type { Body } from '../../../shared/api/journal.ts';
import { dismiss, keepAsCorrection, keepMine } from '../../commands/tray.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import type { HeldItem, TrayItem } from '../../store/database.ts';
import { useLive } from '../../store/live.ts';
import { trayItems } from '../../store/queries.ts';
import { proseOf } from '../../store/written.ts';
import { useAct } from '../use-act.ts';

/** What the tray holds; undefined until the first answer. */
export const useTray = (): readonly TrayItem[] | undefined => useLive(() => trayItems(here.database), []);

/** Nothing while the tray is empty. */
export function TrayNotice({ items }: { readonly items: readonly TrayItem[] | undefined }) {
  const words = useWords();
  const [open, setOpen] = useState(false);
  if (items === undefined || items.length === 0) return null;
  return (
    <Message tone="amber">
      <button type="button" class="link" onClick={() => setOpen(true)}>
        {words.journal.trayCount(items.length)}
      </button>
      {open ? (
        <Dialog title={words.journal.tray} onClose={() => setOpen(false)}>
          <p class="meta">{words.journal.trayBody}</p>
          <ul class="tray">
            {items.map((item) => (
              <TrayRow key={item.key} item={item} />
            ))}
          </ul>
        </Dialog>
      ) : null}
    </Message>
  );
}

function TrayRow({ item }: { readonly item: TrayItem }) {
  const words = useWords();
  const { act, problem, busy } = useAct();
  const current = item.current === null || item.current.del ? null : item.current.body;
  const isShut = item.reason === 'SEALED';
  return (
    <li>
      <h3>{words.journal.trayReason[item.reason]}</h3>
      <h4 class="cap">{words.journal.trayMine}</h4>
      <Shown body={item.body} held={item.held} />
      {item.reason === 'INVALID' ? null : (
        <>
          <h4 class="cap">{words.journal.trayTheirs}</h4>
          {current === null ? <p class="meta">{words.journal.trayNothing}</p> : <Shown body={current} />}
        </>
      )}
      {item.reason === 'INVALID' && item.detail !== null ? (
        <p class="cap">
          {item.field} {item.detail}
        </p>
      ) : null}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <p class="row">
        {isShut ? (
          <Button
            small
            disabled={busy || item.body?.kind !== 'entry'}
            onClick={() => void act(() => keepAsCorrection(item))}
          >
            {words.journal.keepAsCorrection}
          </Button>
        ) : (
          <Button small disabled={busy} onClick={() => void act(() => keepMine(item))}>
            {words.journal.keepMine}
          </Button>
        )}
        <Button kind="text" small disabled={busy} onClick={() => void act(() => dismiss(item))}>
          {item.reason === 'CONFLICT' ? words.journal.keepTheirs : words.journal.dismiss}
        </Button>
      </p>
    </li>
  );
}

function Shown({ body, held }: { readonly body: Body | null; readonly held?: HeldItem | undefined }) {
  const words = useWords();
  if (body === null) return <p class="meta">{words.journal.trayDeletion}</p>;
  return (
    <>
      <p class="prose">
        {body.kind === 'entry' ? (
          <b class="num">
            {words.time.date(body.day)} {words.time.span(body.start, body.end)}{' '}
          </b>
        ) : null}
        {proseOf({ body, held: held ?? null }, 'text') ?? words.journal.held}
      </p>
      {held === undefined ? null : (
        <p class="cap">{words.journal.heldBecause(words.domain.ground[held.hold.ground])}</p>
      )}
    </>
  );
}
