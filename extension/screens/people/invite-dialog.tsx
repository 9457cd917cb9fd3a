/** Invites a person with name and roles; the link is shown once. */
import { useState } from 'preact/hooks';
import type { InvitationRow, postInvitation } from '../../../shared/api/accounts.ts';
import type { Answer } from '../../../shared/api/endpoint.ts';
import { isUnitRole, type Role, roles } from '../../../shared/organisation/role.ts';
import { invitePerson } from '../../commands/accounts.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { CopyButton } from '../desk/copy-button.tsx';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';

interface Wish {
  readonly role: Role | '';
  readonly unit: string;
}

/** `again`: whom it is for, where somebody gets one more device. */
export function InviteDialog({ again, onClose }: { readonly again?: InvitationRow; readonly onClose: () => void }) {
  const words = useWords();
  const text = words.accounts.people;
  const [name, setName] = useState(again?.name ?? '');
  const [wishes, setWishes] = useState<readonly Wish[]>(
    again?.grants.map(({ role, unit }) => ({ role, unit: unit ?? '' })) ?? [{ role: '', unit: '' }],
  );
  const [tried, setTried] = useState(false);
  const [made, setMade] = useState<Answer<typeof postInvitation> | null>(null);
  const { busy, problem, act } = useAct();
  if (made !== null) return <LinkDialog made={made} onClose={onClose} />;
  const nameMissing = name.trim() === '';
  const unfinished = wishes.some(({ role, unit }) => role === '' || (isUnitRole(role) && unit === ''));
  const make = () => {
    setTried(true);
    if (nameMissing || unfinished) return;
    const grants = wishes.flatMap(({ role, unit }) =>
      role === '' ? [] : [{ role, unit: isUnitRole(role) ? unit : null }],
    );
    void act(async () =>
      setMade(await invitePerson({ name: name.trim(), grants, ...(again === undefined ? {} : { again: again.id }) })),
    );
  };
  return (
    <Dialog
      title={
        again === undefined
          ? text.inviteTitle
          : again.state === 'active'
            ? text.addDeviceOf(again.name)
            : text.inviteAgainOf(again.name)
      }
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.common.cancel}</Button>
          <Button kind="primary" disabled={busy} onClick={make}>
            {text.make}
          </Button>
        </>
      }
    >
      {again?.state === 'invited' ? <p>{text.endsLink}</p> : null}
      <TextField
        label={text.name}
        hint={text.nameHint}
        value={name}
        maxLength={60}
        error={tried && nameMissing ? words.desk.fillIn : null}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      {wishes.map((wish, n) => (
        <WishFields
          key={n}
          wish={wish}
          heading={wishes.length > 1 ? text.roleNumber(n + 1) : null}
          tried={tried}
          change={(next) => setWishes(wishes.map((each, at) => (at === n ? next : each)))}
          remove={wishes.length > 1 ? () => setWishes(wishes.filter((_, at) => at !== n)) : null}
        />
      ))}
      {wishes.length < 6 ? (
        <p>
          <Button kind="text" icon="plus" onClick={() => setWishes([...wishes, { role: '', unit: '' }])}>
            {text.addRole}
          </Button>
        </p>
      ) : null}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </Dialog>
  );
}

function WishFields({
  wish,
  heading,
  tried,
  change,
  remove,
}: {
  readonly wish: Wish;
  readonly heading: string | null;
  readonly tried: boolean;
  readonly change: (next: Wish) => void;
  readonly remove: (() => void) | null;
}) {
  const words = useWords();
  const desk = useDesk();
  const text = words.accounts.people;
  const needsUnit = wish.role !== '' && isUnitRole(wish.role);
  return (
    <fieldset class="wish">
      {heading === null ? null : <legend>{heading}</legend>}
      <div class="fields">
        <SelectField
          label={text.role}
          value={wish.role}
          error={tried && wish.role === '' ? words.desk.chooseOne : null}
          onChange={(event) => {
            const role = roles.find((each) => each === event.currentTarget.value) ?? '';
            change({ role, unit: wish.unit });
          }}
        >
          <option value="">{words.desk.choose}</option>
          {roles.map((role) => (
            <option key={role} value={role}>
              {words.domain.role[role]}
            </option>
          ))}
        </SelectField>
        {needsUnit ? (
          <SelectField
            label={text.unit}
            value={wish.unit}
            error={tried && wish.unit === '' ? words.desk.chooseOne : null}
            onChange={(event) => change({ ...wish, unit: event.currentTarget.value })}
          >
            <option value="">{words.desk.choose}</option>
            {desk.units.map(({ id }) => (
              <option key={id} value={id}>
                {desk.unitName(id)}
              </option>
            ))}
          </SelectField>
        ) : null}
      </div>
      {remove === null ? null : (
        <Button kind="text" small icon="remove" onClick={remove}>
          {text.removeRole}
        </Button>
      )}
    </fieldset>
  );
}

function LinkDialog({ made, onClose }: { readonly made: Answer<typeof postInvitation>; readonly onClose: () => void }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.accounts.people;
  return (
    <Dialog
      title={text.linkTitle}
      onClose={onClose}
      footer={
        <Button kind="primary" onClick={onClose}>
          {text.done}
        </Button>
      }
    >
      <p>{text.linkOnce}</p>
      <TextField
        label={text.linkTitle}
        readOnly
        value={made.link}
        hint={text.linkExpires(desk.moment(made.expiresAt))}
      />
      <p class="row">
        <CopyButton text={made.link} />
      </p>
    </Dialog>
  );
}
