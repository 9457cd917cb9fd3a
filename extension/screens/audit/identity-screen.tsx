/** The auditor opens who is behind a comment, for a stated basis that is written down first; it is shown here and kept nowhere. */
import { useState } from 'preact/hooks';
import type { Answer } from '../../../shared/api/endpoint.ts';
import type { postIdentityOpening } from '../../../shared/api/sign-in.ts';
import { openIdentity } from '../../commands/audit.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/field.tsx';
import { focusInvalid } from '../../components/focus-invalid.ts';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { DraftArea } from '../desk/draft-area.tsx';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useDraft } from '../use-draft.ts';

type Opened = Answer<typeof postIdentityOpening>;

const basisMost = 200;
const basisLeast = 8;

export function IdentityScreen({ comment: named }: { readonly comment: string }) {
  const words = useWords();
  const text = words.audit.identity;
  const [comment, setComment] = useState(named);
  const [tried, setTried] = useState(false);
  const [opened, setOpened] = useState<Opened | null>(null);
  const draft = useDraft('identity.basis');
  const { busy, problem, refusal, signed } = useAct();
  const basis = draft.text.trim();
  const fits = { comment: /^[0-9a-z]{26}$/.test(comment.trim()), basis: [...basis].length >= basisLeast };
  const open = () => {
    void signed(async () => setOpened(await openIdentity(comment.trim(), basis))).then((done) => {
      if (done) draft.drop();
    });
  };
  return (
    <>
      <PageHead title={text.title} about={text.about}>
        <a href={hrefOf('audit')}>{text.back}</a>
      </PageHead>
      {opened === null ? (
        <form
          class="stack narrow"
          onSubmit={(event) => {
            event.preventDefault();
            focusInvalid(event.currentTarget);
            setTried(true);
            if (fits.comment && fits.basis) open();
          }}
        >
          <TextField
            label={text.comment}
            hint={text.commentHint}
            value={comment}
            maxLength={40}
            autocomplete="off"
            error={tried && !fits.comment ? text.commentWrong : null}
            onInput={(event) => setComment(event.currentTarget.value)}
          />
          <DraftArea
            draft={draft}
            label={text.basis}
            hint={text.basisHint}
            most={basisMost}
            error={tried && !fits.basis ? text.basisShort : null}
          />
          {problem === null ? null : (
            <Message tone="fail" role="alert">
              {refusal?.code === 'GONE' ? text.gone : refusal?.code === 'NOT_FOUND' ? text.unknown : problem}
            </Message>
          )}
          <p>
            <Button kind="primary" type="submit" disabled={busy}>
              {text.open}
            </Button>
          </p>
        </form>
      ) : (
        <Identity opened={opened} close={() => setOpened(null)} />
      )}
    </>
  );
}

function Identity({ opened: { identity, at }, close }: { readonly opened: Opened; readonly close: () => void }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.audit.identity;
  return (
    <section class="stack narrow" aria-labelledby="identity">
      <h2 class="h" id="identity">
        {text.opened}
      </h2>
      <p class="meta">{text.openedHint}</p>
      <dl class="facts">
        <dt>{text.issuer}</dt>
        <dd>{identity.issuer}</dd>
        <dt>{text.subject}</dt>
        <dd class="code">{identity.subject}</dd>
        {Object.entries(identity.claims).map(([claim, value]) => (
          <Claim key={claim} claim={claim} value={typeof value === 'string' ? value : JSON.stringify(value)} />
        ))}
        <dt>{text.kept}</dt>
        <dd>{desk.moment(at)}</dd>
      </dl>
      <p>
        <Button onClick={close}>{text.close}</Button>
      </p>
    </section>
  );
}

function Claim({ claim, value }: { readonly claim: string; readonly value: string }) {
  return (
    <>
      <dt class="code">{claim}</dt>
      <dd>{value}</dd>
    </>
  );
}
