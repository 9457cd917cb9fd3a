/** Who did what, when and to what: searched, checked, exported. Nothing here changes a row. */
import { useRef, useState } from 'preact/hooks';
import { auditActions } from '../../../shared/organisation/audit-action.ts';
import { formatDay, parseDay } from '../../../shared/time/civil.ts';
import { type AuditPages, type AuditWish, readAudit } from '../../commands/audit.ts';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { useWords } from '../../locales/use-words.ts';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf, type Route } from '../desk/route.ts';
import { instantAt, useDesk } from '../desk/use-desk.ts';
import { useAnswer } from '../use-answer.ts';
import { AuditRows } from './audit-rows.tsx';
import { AuditTools } from './audit-tools.tsx';
import { IdentityScreen } from './identity-screen.tsx';

const pageSize = 50;

export function AuditScreen({ route }: { readonly route: Route }) {
  const [part, comment] = route;
  const { may } = useDesk();
  return part === 'identity' && may('identities.open') ? <IdentityScreen comment={comment ?? ''} /> : <Trail />;
}

function Trail() {
  const words = useWords();
  const desk = useDesk();
  const text = words.audit;
  const [wish, setWish] = useState<AuditWish>({});
  const [searched, setSearched] = useState(0);
  const wanted = useRef(pageSize);
  const read = useAnswer(() => readAudit(wish, wanted.current), [wish, searched]);
  const search = (next: AuditWish) => {
    wanted.current = pageSize;
    setWish(next);
    setSearched((count) => count + 1);
  };
  const more = () => {
    wanted.current += pageSize;
    void read.again();
  };
  const total = read.answer.state === 'ready' ? read.answer.value.rowsInAll : null;
  return (
    <>
      <PageHead title={text.title} about={total === null ? undefined : text.about(total)}>
        {desk.may('identities.open') ? <a href={hrefOf('audit', 'identity')}>{text.identity.title}</a> : null}
      </PageHead>
      <div class="stack wide-gap">
        <SearchForm search={search} />
        <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
          {(pages) => <Found pages={pages} wish={wish} more={more} />}
        </Loaded>
      </div>
    </>
  );
}

function Found({
  pages,
  wish,
  more,
}: {
  readonly pages: AuditPages;
  readonly wish: AuditWish;
  readonly more: () => void;
}) {
  const { audit: text } = useWords();
  const { rows, rowsInAll, anchor, hasMore } = pages;
  if (rowsInAll === 0) return <Empty title={text.empty} hint={text.emptyHint} />;
  return (
    <>
      <AuditTools wish={wish} anchor={anchor} />
      {rows.length === 0 ? <Empty title={text.none} /> : <AuditRows rows={rows} />}
      {hasMore ? (
        <p>
          <Button onClick={more}>{text.more}</Button>
        </p>
      ) : null}
    </>
  );
}

function SearchForm({ search }: { readonly search: (wish: AuditWish) => void }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.audit;
  const [typed, setTyped] = useState(nothing);
  const set = (name: keyof typeof nothing) => (event: { readonly currentTarget: { readonly value: string } }) =>
    setTyped({ ...typed, [name]: event.currentTarget.value });
  const clear = () => {
    setTyped(nothing);
    search({});
  };
  return (
    <search>
      <form
        class="audit-search"
        onSubmit={(event) => {
          event.preventDefault();
          search(wishOf(typed, desk.zone));
        }}
      >
        <TextField label={text.who} hint={text.whoHint} value={typed.who} maxLength={120} onInput={set('who')} />
        <SelectField label={text.what} value={typed.action} onChange={set('action')}>
          <option value="">{text.anyAction}</option>
          {auditActions.map((action) => (
            <option key={action} value={action}>
              {text.action[action]}
            </option>
          ))}
        </SelectField>
        <TextField
          label={text.subject}
          hint={text.subjectHint}
          value={typed.subject}
          maxLength={120}
          onInput={set('subject')}
        />
        <TextField label={text.from} type="date" value={typed.from} onInput={set('from')} />
        <TextField label={text.to} type="date" value={typed.to} onInput={set('to')} />
        <p class="row">
          <Button type="submit" kind="primary" icon="search">
            {text.search}
          </Button>
          <Button kind="text" onClick={clear}>
            {text.clear}
          </Button>
        </p>
      </form>
    </search>
  );
}

const nothing = { who: '', action: '', subject: '', from: '', to: '' };

/** Days are those of the organisation; the last one is searched whole. */
function wishOf({ who, action, subject, from, to }: typeof nothing, zone: string): AuditWish {
  const last = parseDay(to);
  const begin = instantAt(from, '00:00', zone);
  const end = last === null ? null : instantAt(formatDay(last + 1), '00:00', zone);
  return {
    ...(who.trim() === '' ? {} : { who: who.trim() }),
    ...(action === '' ? {} : { action }),
    ...(subject.trim() === '' ? {} : { subject: subject.trim() }),
    ...(begin === null ? {} : { from: begin }),
    ...(end === null ? {} : { to: end }),
  };
}
