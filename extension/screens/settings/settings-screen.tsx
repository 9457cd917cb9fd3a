/** Settings: language, what this device is, the fingerprints of its keys, and my other devices. */
import { useState } from 'preact/hooks';
import { getDevices } from '../../../shared/api/accounts.ts';
import { endDevice, setLanguage } from '../../commands/accounts.ts';
import { Button } from '../../components/button.tsx';
import { RadioGroup } from '../../components/choice.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useLanguage, useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { type Progress, progressOf, type StoredKey } from '../../store/database.ts';
import { useLive } from '../../store/live.ts';
import { focusedTarget, noticePlan } from '../../store/private-settings.ts';
import { Fingerprint } from '../desk/fingerprint.tsx';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf } from '../desk/route.ts';
import { spanOf, useDesk } from '../desk/use-desk.ts';
import { OwnFingerprints, useOwnKeys } from '../enrol/enrol-screen.tsx';
import { ShortcutSheet } from '../shortcuts/shortcut-sheet.tsx';
import { isClockOff } from '../sync-trouble.tsx';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';
import { useManaged } from '../use-managed.ts';
import { KeySettings, useKeyFacts } from './key-settings.tsx';
import { MailSettings } from './mail-settings.tsx';
import { NoticeSettings } from './notice-settings.tsx';

export function SettingsScreen() {
  const words = useWords();
  const { profile, may } = useDesk();
  const text = words.accounts.settings;
  const managed = useManaged();
  const [asksKeys, setAsksKeys] = useState(false);
  const keys = useOwnKeys();
  const facts = useKeyFacts();
  const own = useLive(
    async () => ({
      progress: await progressOf(here.database),
      plan: await noticePlan(here.database),
      target: await focusedTarget(here.database),
    }),
    [],
  );
  // All of it at once: nothing of a page this long may move while it is read.
  if (managed === undefined || keys === undefined || facts === undefined || own === undefined) {
    return (
      <div class="narrow stack wide-gap">
        <PageHead title={text.title} />
      </div>
    );
  }
  const isLocked = managed.locks.includes('language');
  return (
    <div class="narrow stack wide-gap">
      <PageHead title={text.title} />
      <section class="stack">
        {isLocked ? <Message>{words.shell.managed}</Message> : null}
        <RadioGroup
          label={text.language}
          disabled={isLocked}
          value={(isLocked ? managed.language : profile.language) ?? 'auto'}
          options={[
            { value: 'auto', label: text.languageAuto },
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
          onChoose={(value) => void setLanguage(value === 'auto' ? null : value)}
        />
        <p>
          <Button onClick={() => setAsksKeys(true)}>
            {words.shell.shortcuts} <kbd>?</kbd>
          </Button>
        </p>
      </section>
      {asksKeys ? <ShortcutSheet onClose={() => setAsksKeys(false)} /> : null}
      <DeviceFacts progress={own.progress} seals={keys.some(isSealing)} />
      <section class="stack">
        <h2 class="h">{text.keys}</h2>
        <p class="meta">{text.keysHow}</p>
        <OwnFingerprints keys={keys} />
        {profile.pins?.organiser == null ? null : (
          <dl class="fingers">
            {profile.pins.organiser.split(' ').map((kid) => (
              <Fingerprint key={kid} label={text.pins} kid={kid} />
            ))}
          </dl>
        )}
      </section>
      <KeySettings facts={facts} />
      {may('journal.write') || profile.device === null ? <NoticeSettings plan={own.plan} target={own.target} /> : null}
      {profile.device?.state === 'active' ? <Devices /> : null}
      {profile.device?.state === 'active' ? <MailSettings /> : null}
    </div>
  );
}

function DeviceFacts({ progress, seals }: { readonly progress: Progress; readonly seals: boolean }) {
  const words = useWords();
  const language = useLanguage();
  const desk = useDesk();
  const text = words.accounts.settings;
  const { profile } = desk;
  const offsetMs = progress.offsetMs ?? 0;
  return (
    <section class="stack">
      <h2 class="h">{text.device}</h2>
      {profile.device === null ? (
        <p>
          {text.none} <a href={hrefOf('enrol')}>{words.desk.menu.enrol}</a>
        </p>
      ) : (
        <dl class="facts">
          <dt>{text.organisation}</dt>
          <dd>{profile.organisation?.name[language] ?? words.desk.nobody}</dd>
          <dt>{text.server}</dt>
          <dd class="code">{profile.server?.address}</dd>
          <dt>{text.person}</dt>
          <dd>{profile.person?.name ?? words.desk.nobody}</dd>
          <dt>{text.roles}</dt>
          <dd>
            {desk.grants.map(({ role, unit, actor }) => (
              <p key={`${role} ${actor}`}>
                {words.domain.role[role]}
                {unit === null ? '' : ` · ${desk.unitName(unit)}`} <span class="cap code">{actor}</span>
              </p>
            ))}
          </dd>
          <dt>{text.deviceId}</dt>
          <dd class="code">{profile.device.id}</dd>
          <dt>{text.deviceState}</dt>
          <dd>{text.states[profile.device.state]}</dd>
          {desk.may('journal.write') ? (
            <>
              <dt>{text.sealing}</dt>
              <dd>{seals ? text.sealsHere : words.week.seal.noKey}</dd>
            </>
          ) : null}
          <dt>{text.clock}</dt>
          <dd>
            {!isClockOff(offsetMs) ? text.clockSame : words.common.clockOff(spanOf(Math.abs(offsetMs) / 1000, words))}
          </dd>
          <dt>{text.sync}</dt>
          <dd>
            <p>
              {progress.state === 'revoked' && !desk.may('journal.write')
                ? text.states.revoked
                : words.common.sync[progress.state] || text.syncIdle}
              {progress.deliveredAt === null ? null : (
                <span class="cap num"> {text.lastDelivered(desk.moment(progress.deliveredAt / 1000))}</span>
              )}
            </p>
            <button type="button" class="link" onClick={() => here.poke(true)}>
              {text.syncNow}
            </button>
          </dd>
          <dt>{text.log}</dt>
          <dd>
            <span class="code">{profile.server?.origin}</span>
            {progress.logProblem !== null || progress.auditProblems?.length ? (
              <p class="bad">{text.logFound}</p>
            ) : progress.ackProblem !== null ? null : (
              <p class="cap">{text.logOk}</p>
            )}
            {progress.ackProblem == null ? null : (
              <p class={progress.ackProblem === 'KEY_TOO_NEW' ? 'cap' : 'bad'}>{text.ackBad(progress.ackProblem)}</p>
            )}
          </dd>
        </dl>
      )}
    </section>
  );
}

const isSealing = ({ use, offered }: StoredKey): boolean => use === 'leader' && offered !== true;

function Devices() {
  const words = useWords();
  const desk = useDesk();
  const text = words.accounts.settings;
  const devices = useAnswer(() => call(getDevices), []);
  const [ending, setEnding] = useState<string | null>(null);
  const { busy, problem, act } = useAct();
  return (
    <section class="stack">
      <h2 class="h">{text.devices}</h2>
      <Loaded answer={devices.answer} again={devices.again} clock={desk.clock} bars={2}>
        {({ rows }) => (
          <ul class="lines">
            {rows.map((row) => (
              <li key={row.id}>
                <div>
                  <p>
                    <span class="code">{row.id}</span>{' '}
                    {row.id === desk.profile.device?.id ? <span class="kind">{text.thisOne}</span> : null}
                  </p>
                  <p class="cap num">
                    {text.states[row.state]}
                    {' · '}
                    {row.lastSeen === null ? text.neverSeen : text.lastSeen(desk.moment(row.lastSeen))}
                  </p>
                </div>
                {row.state === 'revoked' ? null : (
                  <Button small aria-label={`${text.end} ${row.id}`} onClick={() => setEnding(row.id)}>
                    {text.end}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {ending === null ? null : (
        <Dialog
          title={text.endTitle}
          onClose={() => setEnding(null)}
          footer={
            <>
              <Button onClick={() => setEnding(null)}>{words.common.cancel}</Button>
              <Button
                kind="danger"
                disabled={busy}
                onClick={() =>
                  void act(() => endDevice(ending)).then((done) => {
                    if (!done) return;
                    setEnding(null);
                    void devices.again();
                  })
                }
              >
                {text.end}
              </Button>
            </>
          }
        >
          <p>
            {text.endBody}
            {desk.may('journal.write') ? `${words.desk.gap}${text.endUnsent}` : null}
          </p>
          {problem === null ? null : (
            <Message tone="fail" role="alert">
              {problem}
            </Message>
          )}
        </Dialog>
      )}
    </section>
  );
}
