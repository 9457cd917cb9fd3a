/** Enrolment: paste the link, see whom it is for, make the keys, claim, and wait until the fingerprints were compared. */
import { useState } from 'preact/hooks';
import { isLogRole } from '../../../shared/organisation/role.ts';
import {
  checkActivation,
  claimInvitation,
  type Invitation,
  lookInvitation,
  readInvitationLink,
} from '../../commands/accounts.ts';
import { Button } from '../../components/button.tsx';
import { Tick } from '../../components/choice.tsx';
import { TextArea } from '../../components/field.tsx';
import { focusInvalid } from '../../components/focus-invalid.ts';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useSaying } from '../../locales/use-saying.ts';
import { useLanguage, useWords } from '../../locales/use-words.ts';
import { profileOf, type StoredKey } from '../../store/database.ts';
import { useLive } from '../../store/live.ts';
import { Fingerprint } from '../desk/fingerprint.tsx';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';
import { useDraft } from '../use-draft.ts';
import { useManaged } from '../use-managed.ts';

const askEveryMs = 4000;

/** One page with three looks: the link, the waiting, the end. */
export function EnrolScreen() {
  const words = useWords();
  const profile = useLive(() => profileOf(here.database), []);
  const [leftDevice, setLeftDevice] = useState<string | null>(null);
  if (profile === undefined) return null;
  const { device } = profile;
  return (
    <div class="narrow stack">
      <PageHead title={words.accounts.enrol.title} />
      {device?.state === 'active' ? (
        <Active />
      ) : device?.state === 'claimed' && device.id !== leftDevice ? (
        <Waiting toLink={() => setLeftDevice(device.id)} />
      ) : (
        <Link />
      )}
    </div>
  );
}

/** The link is a draft: it may be pasted, looked at, and pasted again. */
function Link() {
  const words = useWords();
  const link = useDraft('enrol.link');
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [wrong, sayWrong] = useSaying();
  const managed = useManaged();
  const { busy, problem, refusal, act, clear } = useAct();
  const look = () => {
    const read = readInvitationLink(link.text, managed?.server);
    const isElsewhere = read.ok && managed?.locks.includes('server') === true && read.value.address !== managed.server;
    sayWrong(
      !read.ok ? ({ accounts }) => accounts.enrol.linkWrong : isElsewhere ? ({ shell }) => shell.serverLocked : null,
    );
    if (read.ok && !isElsewhere) void act(async () => setInvitation(await lookInvitation(read.value)));
  };
  if (invitation !== null)
    return (
      <Look
        invitation={invitation}
        back={() => {
          setInvitation(null);
          clear();
        }}
        claimed={link.drop}
      />
    );
  const refused = refusal?.facts.reason === 'OTHER_SERVER' ? words.accounts.enrol.linkOther : problem;
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        focusInvalid(event.currentTarget);
        look();
      }}
    >
      <p>{words.accounts.enrol.intro}</p>
      {managed?.server === undefined ? null : (
        <Message>
          {managed.organisation === undefined ? null : <b>{managed.organisation} </b>}
          {words.shell.managedServer(managed.server)}
        </Message>
      )}
      <TextArea
        label={words.accounts.enrol.link}
        hint={words.accounts.enrol.linkHint}
        rows={2}
        class="code"
        value={link.text}
        error={wrong ?? refused}
        onInput={(event) => {
          sayWrong(null);
          clear();
          link.type(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          look();
        }}
      />
      <p class="row">
        <Button kind="primary" type="submit" disabled={busy}>
          {busy ? words.accounts.enrol.looking : words.accounts.enrol.look}
        </Button>
      </p>
    </form>
  );
}

function Look({
  invitation,
  back,
  claimed,
}: {
  readonly invitation: Invitation;
  readonly back: () => void;
  readonly claimed: () => void;
}) {
  const words = useWords();
  const language = useLanguage();
  const desk = useDesk();
  const { busy, problem, act, signed } = useAct();
  const text = words.accounts.enrol;
  const [signs, setSigns] = useState(true);
  const makesLogKey = invitation.grants.some(({ role }) => isLogRole(role) && (role !== 'leader' || signs));
  return (
    <section class="stack">
      <h2 class="h">{text.invitationOf(invitation.organisation)}</h2>
      <dl class="facts">
        <dt>{text.name}</dt>
        <dd>{invitation.name}</dd>
        <dt>{text.roles}</dt>
        <dd>
          {invitation.grants.map(({ role, unit, actor }) => (
            <p key={`${role} ${actor}`}>
              {words.domain.role[role]}
              {unit === null ? '' : ` · ${invitation.units.get(unit)?.[language] ?? desk.unitName(unit)}`}
            </p>
          ))}
        </dd>
        <dt>{text.expires}</dt>
        <dd class="num">{desk.moment(invitation.expiresAt)}</dd>
        <dt>{words.accounts.settings.server}</dt>
        <dd class="code">{invitation.address}</dd>
      </dl>
      {invitation.first ? <Message>{text.first}</Message> : null}
      {invitation.grants.some(({ role }) => role === 'leader') ? (
        <Tick checked={signs} onChange={setSigns}>
          {text.signs} <span class="cap">{text.signsHint}</span>
        </Tick>
      ) : null}
      <p class="meta">{text.keys}</p>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <p class="row">
        <Button
          kind="primary"
          disabled={busy}
          onClick={() =>
            void (makesLogKey ? signed : act)(async () => {
              await claimInvitation(invitation, signs);
              claimed();
            }, true)
          }
        >
          {busy ? text.claiming : text.claim}
        </Button>
        <Button disabled={busy} onClick={back}>
          {text.another}
        </Button>
      </p>
    </section>
  );
}

/** Asks every few seconds whether an organiser has activated the device. Where nobody does, or the wrong box was ticked, another link begins
 *  anew. */
function Waiting({ toLink }: { readonly toLink: () => void }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.accounts.enrol;
  const { answer } = useAnswer(checkActivation, [], askEveryMs);
  const keys = useOwnKeys();
  if (keys === undefined) return null;
  const failed = answer.state === 'failed' ? answer.problem : answer.state === 'ready' ? answer.problem : null;
  return (
    <section class="stack">
      <h2 class="h">{text.waiting}</h2>
      <p>{text.waitingHow}</p>
      <OwnFingerprints keys={keys} />
      <p class="meta" role="status">
        {answer.state === 'ready' ? text.checkedAt(desk.clock(answer.at)) : null}
      </p>
      {failed === null ? null : <Message tone="amber">{failed}</Message>}
      <p>
        <Button kind="text" onClick={toLink}>
          {text.another}
        </Button>
      </p>
    </section>
  );
}

function Active() {
  const words = useWords();
  const desk = useDesk();
  const keys = useOwnKeys();
  const text = words.accounts.enrol;
  if (keys === undefined) return null;
  return (
    <section class="stack">
      <Message tone="ok">
        {desk.profile.person === null ? text.already : text.activeOf(desk.profile.person.name)}
      </Message>
      <OwnFingerprints keys={keys} />
      {desk.may('invitations.manage') ? <p>{text.spare}</p> : null}
      <p class="row">
        <a class="btn" href="#/">
          {text.begin}
        </a>
        <a class="btn quiet" href={hrefOf('settings')}>
          {text.toSettings}
        </a>
      </p>
    </section>
  );
}

/** The keys of this profile; undefined until the first answer. */
export const useOwnKeys = (): readonly StoredKey[] | undefined =>
  useLive(() => here.database.keys.orderBy('use').toArray(), []);

/** Fingerprints of the keys that this profile signs with now. */
export function OwnFingerprints({ keys }: { readonly keys: readonly StoredKey[] }) {
  const words = useWords();
  const used = keys.filter(({ offered }) => offered !== true);
  const newest = new Map(used.sort((a, b) => a.addedAt - b.addedAt).map((key) => [key.use, key]));
  return (
    <dl class="fingers">
      {[...newest.values()].map(({ use, kid }) => (
        <Fingerprint
          key={kid}
          kid={kid}
          label={
            use === 'device' ? words.accounts.enrol.deviceKey : words.accounts.enrol.logKey(words.domain.role[use])
          }
        />
      ))}
    </dl>
  );
}
