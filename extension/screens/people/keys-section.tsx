/** Signing keys as the log has them: whose, the fingerprint to compare, since when, and what can be done. */
import { useState } from 'preact/hooks';
import type { KeyName } from '../../commands/accounts.ts';
import { fingerprintOf } from '../../commands/accounts.ts';
import { Button } from '../../components/button.tsx';
import type { Saying } from '../../locales/use-saying.ts';
import { useWords } from '../../locales/use-words.ts';
import { useDesk } from '../desk/use-desk.ts';
import { EndKeyDialog } from './end-key-dialog.tsx';
import type { ActorKeys, KeyLife } from './keys-of.ts';
import { hasWords, namesOf } from './narrow.ts';
import { RotateDialog } from './rotate-dialog.tsx';

type Open = { readonly dialog: 'end'; readonly name: KeyName; readonly who: string } | { readonly dialog: 'rotate' };

export function KeysSection({
  actors,
  ownKid,
  typed,
  onDone,
}: {
  readonly actors: readonly ActorKeys[];
  /** Words that whose keys are shown must have. */
  readonly typed: string;
  /** The organiser's key of this device. */
  readonly ownKid: string | null;
  readonly onDone: (saying: Saying) => void;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.accounts.people;
  const [open, setOpen] = useState<Open | null>(null);
  const whoOf = ({ actor, role }: ActorKeys): string =>
    `${words.domain.role[role]} · ${role === 'leader' ? desk.unitName(actor) : actor}`;
  const shown = actors.filter((one) => hasWords(typed, [whoOf(one), ...namesOf(desk.units, one.actor)]));
  const finish = (saying: Saying) => {
    setOpen(null);
    onDone(saying);
  };
  return (
    <section class="stack">
      <h2 class="h">{text.keysTitle}</h2>
      <p class="meta">{text.keysIntro}</p>
      {typed.trim() === '' ? null : <p class="cap num">{text.keysShown(typed.trim(), shown.length, actors.length)}</p>}
      <div class="scroll" hidden={shown.length === 0}>
        <table class="stacks">
          <thead>
            <tr>
              <th scope="col">{text.colWhose}</th>
              <th scope="col">{text.colFingerprint}</th>
              <th scope="col">{text.colState}</th>
              <th scope="col" class="n">
                {text.colAct}
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((one) => (
              <KeyRow key={`${one.actor} ${one.role}`} one={one} who={whoOf(one)} ownKid={ownKid} open={setOpen} />
            ))}
          </tbody>
        </table>
      </div>
      {open?.dialog === 'end' ? (
        <EndKeyDialog
          name={open.name}
          who={open.who}
          onClose={() => setOpen(null)}
          onDone={() => finish(({ accounts }) => accounts.people.keyEnded(open.who))}
        />
      ) : null}
      {open?.dialog === 'rotate' ? (
        <RotateDialog onClose={() => setOpen(null)} onDone={() => finish(({ accounts }) => accounts.people.rotated)} />
      ) : null}
    </section>
  );
}

function KeyRow({
  one,
  who,
  ownKid,
  open,
}: {
  readonly one: ActorKeys;
  readonly who: string;
  readonly ownKid: string | null;
  readonly open: (open: Open) => void;
}) {
  const words = useWords();
  const text = words.accounts.people;
  const [newest, ...before] = one.keys;
  const valid = newest?.ended === null ? newest : null;
  return (
    <tr>
      <th scope="row">{who}</th>
      <td class="code">{valid === null ? null : fingerprintOf(valid.kid).join(' ')}</td>
      <td>
        {valid === null ? (
          <>
            <span class="state st-amber">{text.noKey}</span>
            {newest === undefined ? null : <Life life={newest} />}
          </>
        ) : (
          <Life life={valid} />
        )}
        {before.length === 0 ? null : (
          <details>
            <summary class="cap">{text.earlierKeys(before.length)}</summary>
            {before.map((life) => (
              <div key={life.kid}>
                <p class="code">{fingerprintOf(life.kid).join(' ')}</p>
                <Life life={life} />
              </div>
            ))}
          </details>
        )}
      </td>
      <td class="n">
        {valid === null ? null : valid.kid === ownKid ? (
          <Button small onClick={() => open({ dialog: 'rotate' })}>
            {text.rotateOwn}
          </Button>
        ) : (
          <Button
            small
            aria-label={text.endKeyOf(who)}
            onClick={() => open({ dialog: 'end', name: { actor: one.actor, kid: valid.kid }, who })}
          >
            {text.endKey}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** When it was enrolled and ended, with the leaf and the reason of each. */
function Life({ life: { enrolled, ended } }: { readonly life: KeyLife }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.accounts.people;
  const reason = (why: KeyLife['enrolled']['why']) => (why === null ? null : text.whys[why]);
  return (
    <>
      <p class="cap num">{text.keySince(desk.moment(enrolled.at), enrolled.index, reason(enrolled.why))}</p>
      {ended === null ? null : (
        <p class="cap num">{text.keyUntil(desk.moment(ended.at), ended.index, reason(ended.why))}</p>
      )}
    </>
  );
}
