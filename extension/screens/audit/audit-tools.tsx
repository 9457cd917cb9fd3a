/** Checks the whole trail on this machine, and hands what was searched for out as a file. */
import { useState } from 'preact/hooks';
import type { ChainReport } from '../../../shared/proof/audit-chain.ts';
import { type AuditPages, type AuditWish, auditCsv, auditJson, checkAudit, readAudit } from '../../commands/audit.ts';
import { Button } from '../../components/button.tsx';
import { Message } from '../../components/message.tsx';
import { useSaying } from '../../locales/use-saying.ts';
import { useWords } from '../../locales/use-words.ts';
import { download } from '../backup/download.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { deedOf, minuteOf } from './audit-rows.tsx';

export function AuditTools({ wish, anchor }: { readonly wish: AuditWish; readonly anchor: AuditPages['anchor'] }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.audit;
  const { act, busy, problem } = useAct();
  const [progress, sayProgress] = useSaying();
  const [exported, sayExported] = useSaying();
  const [report, setReport] = useState<ChainReport | null>(null);
  const heard = (rows: number, total: number) => sayProgress(({ audit }) => audit.reading(rows, total));
  const begin = () => {
    sayExported(null);
    setReport(null);
  };
  const time = (at: number) => minuteOf(at, desk.zone);
  const hand = async (kind: 'csv' | 'json') => {
    begin();
    await act(async () => {
      const { rows } = await readAudit(wish, Number.MAX_SAFE_INTEGER, heard);
      const name = `${text.fileName(time(desk.now).slice(0, 10))}.${kind}`;
      const deed = (action: string) => deedOf(action, words);
      download(name, kind === 'json' ? auditJson(rows) : auditCsv(rows, text.csv, { time, deed }));
      sayExported(({ audit }) => audit.exported(name, rows.length));
    });
    sayProgress(null);
  };
  const check = async () => {
    begin();
    await act(async () => setReport(await checkAudit(heard)));
    sayProgress(null);
  };
  return (
    <div class="stack">
      <p class="meta">
        {anchor === null ? text.notAnchored : text.anchored(words.time.date(anchor.day), anchor.rows)}
        <br />
        {text.checkHint}
      </p>
      <p class="row">
        <Button disabled={busy} onClick={() => void check()}>
          {text.check}
        </Button>
        <Button disabled={busy} onClick={() => void hand('csv')}>
          {text.exportCsv}
        </Button>
        <Button disabled={busy} onClick={() => void hand('json')}>
          {text.exportJson}
        </Button>
        <span class="meta num" role="status">
          {progress ?? exported}
        </span>
      </p>
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      {report === null ? null : <Report report={report} />}
    </div>
  );
}

const faultsShown = 20;

function Report({ report: { rows, anchored, faults } }: { readonly report: ChainReport }) {
  const { audit: text } = useWords();
  if (faults.length === 0)
    return (
      <Message tone="ok">
        <p>{text.whole(rows, anchored)}</p>
        <p class="cap">{text.proves}</p>
      </Message>
    );
  return (
    <Message tone="fail" role="alert">
      <p>{text.broken(faults.length)}</p>
      <ul>
        {faults.slice(0, faultsShown).map(({ code, n, day = '' }) => (
          <li key={`${code} ${n} ${day}`}>{text.fault[code](n, day)}</li>
        ))}
      </ul>
    </Message>
  );
}
