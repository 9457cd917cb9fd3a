/** Asking for a dossier: a term of office and a period. */
import { useState } from 'preact/hooks';
import type { DossierRow } from '../../../shared/api/dossiers.ts';
import { formatDay } from '../../../shared/time/civil.ts';
import { quarterBefore, quarterOf } from '../../../shared/time/quarter.ts';
import { makeDossier } from '../../commands/dossiers.ts';
import { Button } from '../../components/button.tsx';
import { SelectField, TextField } from '../../components/field.tsx';
import { focusInvalid } from '../../components/focus-invalid.ts';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { wallClock } from '../../store/today.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';

/** `days`: working days that the leader has. */
export function MakeForm({ days, made }: { readonly days: number; readonly made: () => Promise<void> }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.portrait;
  const terms = desk.profile.organisation?.terms ?? [];
  const quarter = quarterOf(Math.floor(wallClock(desk.zone, desk.now * 1000) / 1440));
  const [term, setTerm] = useState('');
  const [from, setFrom] = useState(formatDay(quarterBefore(quarter)));
  const [to, setTo] = useState(formatDay(quarter - 1));
  const [tried, setTried] = useState(false);
  const [done, setDone] = useState<DossierRow | null>(null);
  const { busy, problem, act } = useAct();
  const missing = (value: string) => (tried && value === '' ? words.desk.fillIn : null);
  return (
    <form
      class="stack narrow"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        focusInvalid(event.currentTarget);
        setTried(true);
        setDone(null);
        if (term === '' || from === '' || to === '' || to < from) return;
        void act(async () => {
          setDone(await makeDossier(term, from, to));
          await made();
        });
      }}
    >
      <h2 class="h">{text.make}</h2>
      <SelectField
        label={text.term_}
        hint={text.termHint}
        value={term}
        error={tried && term === '' ? words.desk.chooseOne : null}
        onChange={({ currentTarget: { value } }) => setTerm(value)}
      >
        <option value="">{words.desk.choose}</option>
        {terms.map((each) => (
          <option key={each.id} value={each.id}>
            {desk.unitName(each.unit)} · {each.post} · {text.term(each.from, each.to)}
          </option>
        ))}
      </SelectField>
      <div class="fields">
        <TextField
          label={text.from}
          type="date"
          value={from}
          error={missing(from)}
          onChange={({ currentTarget: { value } }) => setFrom(value)}
        />
        <TextField
          label={text.to}
          type="date"
          value={to}
          error={missing(to) ?? (tried && to < from ? words.rates.freeWrong : null)}
          onChange={({ currentTarget: { value } }) => setTo(value)}
        />
      </div>
      <p class="meta">{text.makeHint(days)}</p>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      {done === null ? null : <Message tone="ok">{text.made(done.post, desk.moment(done.openAt))}</Message>}
      <p>
        <Button kind="primary" type="submit" disabled={busy}>
          {text.makeButton}
        </Button>
      </p>
    </form>
  );
}
