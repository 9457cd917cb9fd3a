/** How the person confirms a signature, and a new signing key. */
import { useState } from 'preact/hooks';
import { offerKeys } from '../../commands/accounts.ts';
import { personCheckOf } from '../../commands/person.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { hasPlatformCheck } from '../../device/platform-check.ts';
import { useWords } from '../../locales/use-words.ts';
import type { StoredKey } from '../../store/database.ts';
import { useLive } from '../../store/live.ts';
import { Fingerprint } from '../desk/fingerprint.tsx';
import { useDesk } from '../desk/use-desk.ts';
import { SetUp } from '../person/person-dialog.tsx';
import { usePerson } from '../person/person-gate.tsx';
import { useAct } from '../use-act.ts';

/** What this device signs with. */
export interface KeyFacts {
  readonly check: Awaited<ReturnType<typeof personCheckOf>>;
  /** Keys that wait for an organiser's word. */
  readonly offered: readonly StoredKey[];
  readonly signs: boolean;
}

/** Undefined until the first answer. */
export const useKeyFacts = (): KeyFacts | undefined =>
  useLive(
    async () => ({
      check: await personCheckOf(),
      offered: await here.database.keys.filter((key) => key.offered === true).toArray(),
      signs: (await here.database.keys.where('use').notEqual('device').count()) > 0,
    }),
    [],
  );

/** Shown on devices that sign records. */
export function KeySettings({ facts: { check, offered, signs } }: { readonly facts: KeyFacts }) {
  const words = useWords();
  const text = words.security;
  const desk = useDesk();
  const ask = usePerson();
  const { busy, problem, signed } = useAct();
  const [changing, setChanging] = useState<{ readonly platform: boolean } | null>(null);
  if (!signs) return null;
  const change = async () => {
    if (check === null || (await ask())) setChanging({ platform: await hasPlatformCheck() });
  };
  return (
    <section class="stack">
      <h2 class="h">{text.title}</h2>
      <p>{check === null ? text.nowNone : check.kind === 'pin' ? text.nowPin : text.nowPlatform}</p>
      {check?.kind === 'pin' ? <p class="meta">{text.forgotten}</p> : null}
      <p class="row">
        <Button onClick={() => void change()}>{text.change}</Button>
      </p>
      {desk.profile.device?.state !== 'active' ? null : (
        <>
          <p class="meta">{text.rotateHow}</p>
          {offered.length === 0 ? null : (
            <Message tone="amber">
              {text.rotateWaiting}
              <dl class="fingers">
                {offered.map(({ kid, use }) =>
                  use === 'device' ? null : (
                    <Fingerprint key={kid} label={words.accounts.enrol.logKey(words.domain.role[use])} kid={kid} />
                  ),
                )}
              </dl>
            </Message>
          )}
          {problem === null ? null : (
            <Message tone="fail" role="alert">
              {problem}
            </Message>
          )}
          <p class="row">
            <Button disabled={busy} onClick={() => void signed(() => offerKeys())}>
              {text.rotate}
            </Button>
          </p>
        </>
      )}
      {changing === null ? null : (
        <Dialog title={text.setUpTitle} onClose={() => setChanging(null)}>
          <SetUp platform={changing.platform} answer={() => setChanging(null)} />
        </Dialog>
      )}
    </section>
  );
}
