/** Rows of the audit trail as a table, in words; what was written beside each stands behind it. */
import type { AuditLine } from '../../../shared/api/audit.ts';
import { isObject } from '../../../shared/proof/shape.ts';
import { parseJson } from '../../../shared/proof/signature.ts';
import { civilOf, formatMinute, zoneOffset } from '../../../shared/time/civil.ts';
import { useWords, type Words } from '../../locales/use-words.ts';
import { hrefOf } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';

/** What was done, as people say it; an action that this version does not know is shown as it is written. */
export function deedOf(action: string, { audit }: Words): string {
  const known: Readonly<Record<string, string>> = audit.action;
  return known[action] ?? action;
}

/** `2026-10-29 10:00` by the organisation's clock: a trail goes over years. */
export const minuteOf = (at: number, zone: string): string =>
  formatMinute(civilOf(at, zoneOffset(zone) ?? (() => 0))).replace('T', ' ');

export function AuditRows({ rows }: { readonly rows: readonly AuditLine[] }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.audit;
  return (
    <div class="scroll">
      <table class="audit stacks">
        <thead>
          <tr>
            <th scope="col" class="n">
              {text.colN}
            </th>
            <th scope="col">{text.colAt}</th>
            <th scope="col">{text.colWho}</th>
            <th scope="col">{text.colWhat}</th>
            <th scope="col">{text.colSubject}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.n}>
              <td class="n num">{row.n}</td>
              <td class="nowrap">{minuteOf(row.at, desk.zone)}</td>
              <td>
                <Who row={row} />
              </td>
              <td>{deedOf(row.action, words)}</td>
              <td class="prime">
                <span class="subject">{row.subject}</span>
                <Details row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Who({ row: { actor, name } }: { readonly row: AuditLine }) {
  const words = useWords();
  const desk = useDesk();
  const others: Readonly<Record<string, string>> = words.audit.actors;
  const unit = desk.units.find(({ id }) => id === actor);
  if (name === null) return <>{unit === undefined ? (others[actor] ?? actor) : desk.unitName(unit.id)}</>;
  return (
    <>
      {name}
      <p class="cap">{unit === undefined ? actor : desk.unitName(unit.id)}</p>
    </>
  );
}

function Details({ row: { facts, hash, action, subject } }: { readonly row: AuditLine }) {
  const { audit: text } = useWords();
  const desk = useDesk();
  const parsed = parseJson(facts);
  const members = isObject(parsed) ? Object.entries(parsed) : [];
  return (
    <details>
      <summary>{text.details}</summary>
      <dl class="facts">
        {members.map(([name, value]) => (
          <Fact key={name} name={name} value={typeof value === 'string' ? value : JSON.stringify(value)} />
        ))}
        <Fact name={text.hash} value={hash} />
      </dl>
      {action.startsWith('comment.') && desk.may('identities.open') ? (
        <p class="cap">
          <a href={hrefOf('audit', 'identity', subject)}>{text.toIdentity}</a>
        </p>
      ) : null}
    </details>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd class="code">{value}</dd>
    </>
  );
}
