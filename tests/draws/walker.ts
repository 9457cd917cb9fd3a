/** Does acts of the path on a real server, lets the model know what came of them, and compares the two after each. */
import { expect } from 'vitest';
import { actsOf } from '../../extension/screens/draws/situation.ts';
import { runJobs } from '../../server/jobs.ts';
import type { getDraws } from '../../shared/api/draws.ts';
import type { Answer } from '../../shared/api/endpoint.ts';
import type { Draw } from '../../shared/proof/records.ts';
import type { House } from './house.ts';
import { type Act, type Attempt, isAllowed, listFor, newWorld, offered, type Week, type World } from './path.ts';

const day = 86_400;
const numbers = [2, 5, 12, 8, 10, 30, 14];

export class Walker {
  readonly house: House;
  readonly world: World;
  private issue = 2_026_134;

  constructor(house: House) {
    this.house = house;
    this.world = newWorld(house.now());
  }

  /** Moves the clock; never back. */
  wait(until: number): void {
    this.world.now = Math.max(this.world.now, until);
    this.house.at(this.world.now);
  }

  /** A unit seals a week, unless it is frozen: the journal has its own tests. */
  async seal(unit: string, week: Week): Promise<void> {
    if (this.world.attempts.some((attempt) => attempt.week === week)) return;
    const rev = this.world.seals.filter((seal) => seal.unit === unit && seal.week === week).length + 1;
    const { index, hash } = await this.house.seal(unit, { week, rev, change: String(rev) });
    this.world.seals.push({ unit, week, index, seal: hash });
  }

  /** Tries an act as an honest person would do it; the server must accept it exactly where the model does, and a refusal changes nothing. */
  async try(act: Act): Promise<boolean> {
    const allowed = isAllowed(this.world, act);
    const before = (await this.house.leaves()).length;
    const answer = await this.send(act);
    expect({ act, accepted: answer.code === null, code: answer.code, reason: answer.reason }).toMatchObject({
      act,
      accepted: allowed,
    });
    const after = (await this.house.leaves()).length;
    const isLeaf = act.act !== 'lock' && act.act !== 'ack' && act.act !== 'publish';
    expect({ act, leaves: after - before }).toEqual({ act, leaves: allowed && isLeaf ? 1 : 0 });
    if (allowed) await this.note(act, before);
    return allowed;
  }

  /** By the reviewer, or by the job where the time of the review is over. */
  private async publish(draw: string): ReturnType<House['publish']> {
    const { db, context } = this.house;
    const columns = ['stage', 'review_due'] as const;
    const row = await db.selectFrom('draw').select(columns).where('draw', '=', draw).executeTakeFirst();
    const isOver = row?.stage === 'drawn' && row.review_due !== null && this.world.now >= row.review_due;
    if (!isOver) return this.house.publish(draw);
    await runJobs(context);
    return this.house.ask('org', 'GET', 'draws');
  }

  /** Holds what desk and public are shown against the model. */
  async compare(): Promise<void> {
    const { json } = await this.house.ask('org', 'GET', 'draws');
    const { rows } = json as Answer<typeof getDraws>;
    const shown = rows.map((row) => ({
      draw: row.draw,
      stage: row.stage,
      nonces: row.nonces,
      acks: row.acks,
      acts: actsOf(row, this.world.now),
    }));
    const expected = this.world.attempts.toReversed().map((attempt) => ({
      draw: attempt.draw,
      stage: attempt.stage,
      nonces: [...attempt.nonces].sort(),
      acks: [...attempt.acks].sort(),
      acts: offered(this.world, attempt),
    }));
    expect(shown).toEqual(expected);
    const index = (await (await this.house.get('index.json')).json()) as { draws: object[] };
    expect(index.draws).toMatchObject(expected.map(({ draw, stage }) => ({ draw, stage })));
    const [last] = expected;
    if (last === undefined) return;
    const file = await (await this.house.get(`draw/${last.draw}.json`)).json();
    expect(file).toMatchObject({ draw: last.draw, stage: last.stage, list: { draw: last.draw } });
    const lock = (file as { lock: { acks: string[] } | null }).lock;
    expect(lock?.acks ?? []).toEqual(last.acks);
  }

  /** Honest values for an attempt. */
  private valuesOf({ draw }: Pick<Attempt, 'draw'>): Draw['values'] {
    return [{ kind: 'lottery', name: 'ssq', issue: this.issues.get(draw) ?? '0', value: numbers }];
  }

  private readonly issues = new Map<string, string>();

  private async send(act: Act): ReturnType<House['ask']> {
    const { house, world } = this;
    switch (act.act) {
      case 'rule':
        return house.setRule();
      case 'freeze': {
        const list = listFor(world, act.week, String(this.issue), world.now + day);
        this.issues.set(list.draw, String(this.issue));
        this.issue += 1;
        const asked = await house.askFreeze(act.week);
        const answer = await house.log('org', 'wd-list+jwt', list);
        // What the server proposes and what it accepts are the same thing.
        expect((asked.code === null) === (answer.code === null), JSON.stringify([list, asked, answer])).toBe(true);
        return answer;
      }
      case 'lock':
        return house.lock(act.draw);
      case 'nonce':
        return house.reveal(act.unit, act.draw, weekOf(act.draw));
      case 'ack': {
        const row = await this.row(act.draw);
        return house.ack(act.unit, { size: row?.lock_size ?? 0, root: row?.lock_root ?? `${'A'.repeat(43)}=` });
      }
      case 'record': {
        const row = await this.row(act.draw);
        if (row === undefined)
          return house.log('org', 'wd-draw+jwt', { ...bare(act.draw), values: this.valuesOf(act) });
        // Before the lock there is no head to name: one that looks like it.
        const unlocked = { lock: { size: row.list_idx + 1, root: `${'A'.repeat(43)}=` } };
        return house.draw(act.draw, this.valuesOf(act), row.lock_size === null ? unlocked : {});
      }
      case 'publish':
        return this.publish(act.draw);
      case 'void': {
        const row = await this.row(act.draw);
        return house.log('org', 'wd-draw+jwt', { draw: act.draw, list: row?.list_idx ?? 0, void: '试验' });
      }
    }
  }

  private row(draw: string) {
    return this.house.db.selectFrom('draw').selectAll().where('draw', '=', draw).executeTakeFirst();
  }

  private async note(act: Act, index: number): Promise<void> {
    const { world } = this;
    if (act.act === 'rule') world.rule = index;
    else if (act.act === 'freeze') {
      const list = listFor(world, act.week, '', 0);
      const candidates = list.list.map(({ unit }) => unit);
      world.attempts.push({
        draw: list.draw,
        week: act.week,
        list: index,
        rule: list.rule,
        candidates,
        notBefore: world.now + day,
        stage: 'frozen',
        nonces: new Set(),
        acks: new Set(),
        drawn: [],
      });
    } else {
      const attempt = world.attempts.find(({ draw }) => draw === act.draw);
      if (attempt === undefined) throw new Error(`no attempt ${act.draw}`);
      if (act.act === 'nonce') attempt.nonces.add(act.unit);
      else if (act.act === 'ack') attempt.acks.add(act.unit);
      else {
        attempt.stage = ({ lock: 'locked', record: 'drawn', publish: 'published', void: 'void' } as const)[act.act];
        if (act.act === 'record') attempt.drawn = await this.drawnOf(attempt.draw);
      }
    }
  }

  private async drawnOf(draw: string): Promise<readonly string[]> {
    const record = (await this.row(draw))?.record ?? '';
    return (JSON.parse(record) as Draw).drawn.map(({ unit }) => unit);
  }
}

const weekOf = (draw: string): string => draw.slice(2, 10).toUpperCase();

const bare = (draw: string) => ({
  draw,
  list: 0,
  lock: { size: 1, root: `${'A'.repeat(43)}=` },
  nonces: [],
  drawn: [],
});
