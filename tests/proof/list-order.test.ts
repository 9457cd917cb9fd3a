// The order of rule, lists, void records and draw in the log (step 6 of verification.md 9).
import { expect, test } from 'vitest';
import { b64u, utf8 } from '../../shared/base/bytes.ts';
import { judged } from '../../shared/proof/failure.ts';
import { type LogRecord, readRecord } from '../../shared/proof/keys.ts';
import { checkList, recordsOf } from '../../shared/proof/list.ts';
import { deadline, notBefore, rule } from '../fixtures/season.ts';

type Name = 'rule' | 'list' | 'void' | 'list2' | 'void2' | 'list3' | 'draw';
const inOrder: readonly Name[] = ['rule', 'list', 'void', 'list2', 'void2', 'list3', 'draw'];

function* ordersOf(names: readonly Name[]): Generator<readonly Name[]> {
  if (names.length === 0) yield [];
  for (const first of names)
    for (const rest of ordersOf(names.filter((name) => name !== first))) yield [first, ...rest];
}

/** Records that say what they must, wherever each of them stands. */
function logOf(order: readonly Name[]): readonly LogRecord[] {
  const at = (name: Name) => order.indexOf(name);
  const absent = rule.roll.map(({ unit }) => ({ unit, why: 'leave' }));
  const sources = rule.sources.map((source) =>
    source.kind === 'nonces' ? source : { ...source, issue: '2026134', not_before: notBefore },
  );
  const list = { week: '2026-W47', rule: at('rule'), list: [], absent, rest: [], sources };
  const said: Readonly<Record<Name, readonly [string, object]>> = {
    rule: ['wd-rule+jwt', rule],
    list: ['wd-list+jwt', { ...list, draw: 'd-2026-w47' }],
    void: ['wd-draw+jwt', { draw: 'd-2026-w47', list: at('list'), void: '见证不足' }],
    list2: ['wd-list+jwt', { ...list, draw: 'd-2026-w47-r2' }],
    void2: ['wd-draw+jwt', { draw: 'd-2026-w47-r2', list: at('list2'), void: '开奖取消' }],
    list3: ['wd-list+jwt', { ...list, draw: 'd-2026-w47-r3' }],
    draw: ['wd-draw+jwt', { draw: 'd-2026-w47-r3', list: at('list3') }],
  };
  return order.map((name, index) => {
    const [typ, payload] = said[name];
    const parts = [{ typ }, { iss: 'org', iat: deadline + 60, ...payload }];
    const record = readRecord(index, `${parts.map((part) => b64u(utf8(JSON.stringify(part)))).join('.')}.`);
    if (record === null) throw new Error(name);
    return record;
  });
}

async function verdictOn(order: readonly Name[]) {
  const records = logOf(order);
  const [ruleRecord] = records.filter(({ typ }) => typ === 'wd-rule+jwt');
  const [listRecord] = recordsOf(records, 'wd-list+jwt', 'd-2026-w47-r3');
  const [drawRecord] = recordsOf(records, 'wd-draw+jwt', 'd-2026-w47-r3');
  if (!ruleRecord || !listRecord || !drawRecord) throw new Error('a record is missing');
  return judged(() => checkList(records, ruleRecord, listRecord, drawRecord));
}

test('of all orders of two voided attempts and a third one, a single one holds: each list after the void record before it', async () => {
  const valid: (readonly Name[])[] = [];
  for (const order of ordersOf(inOrder.slice(1, -1))) {
    const verdict = await verdictOn(['rule', ...order, 'draw']);
    if (verdict.ok) valid.push(['rule', ...order, 'draw']);
    else expect(verdict.problem).toBe('LIST_INVALID');
  }
  expect(valid).toEqual([inOrder]);
});

test.each<Name>(['rule', 'draw'])('and the %s has one place among them', async (name) => {
  const others = inOrder.filter((one) => one !== name);
  const orders = inOrder.map((_, place) => others.toSpliced(place, 0, name));
  const verdicts = await Promise.all(orders.map(verdictOn));
  expect(orders.filter((_, n) => verdicts[n]?.ok)).toEqual([inOrder]);
});

test('the first list of the week is that of the first attempt, whichever attempt counts', async () => {
  const voids = [{ draw: 'd-2026-w47' }, { draw: 'd-2026-w47-r2' }];
  expect(await verdictOn(inOrder)).toMatchObject({ value: { first: 1, voids } });
});
