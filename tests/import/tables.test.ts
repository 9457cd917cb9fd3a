/** `sundial import units | terms-of-office | terms`: the preview writes nothing, `--apply` writes everything or nothing, mistakes are named by line. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { run } from '../../server/commands/import.ts';
import { termsOf, unitsOf } from '../../server/organisation/read.ts';
import { fromB64 } from '../../shared/base/bytes.ts';
import { settings } from '../fixtures/app.ts';
import { eachDatabase, type OpenedDatabase } from '../fixtures/databases.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** What the command prints and gives when it is run beside the server of a database, on a table with this content. */
async function command(opened: OpenedDatabase, content: string | Uint8Array, ...args: readonly string[]) {
  const config = join(opened.folder, 'sundial.config.json');
  if (!existsSync(config)) writeFileSync(config, JSON.stringify(settings));
  vi.stubEnv('SUNDIAL_CONFIG', config);
  vi.stubEnv('SUNDIAL_DATA', opened.folder);
  vi.stubEnv('DATABASE_URL', opened.address.startsWith('postgres') ? opened.address : undefined);
  const file = join(opened.folder, 'table.csv');
  writeFileSync(file, content);
  const said: string[] = [];
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((chunk) => said.push(String(chunk)) > 0);
  const code = await run([args[0] ?? '', file, ...args.slice(1)]);
  vi.restoreAllMocks();
  return { code, said: said.join('') };
}

const acts = async ({ database: { db } }: OpenedDatabase) =>
  (await db.selectFrom('audit').select(['actor', 'action', 'subject']).orderBy('id').execute()).map(
    ({ actor, action, subject }) => `${actor} ${action} ${subject}`,
  );

// By iconv 2.41: 编号,类别,名称,职务,任期起 / u11,街道,"斜塘, 街道",党工委书记,2026/1/5 / u12,国有企业,"园区""国控""",, with CR LF.
const gb =
  'seC6xSzA4LHwLMP7s8Ys1rDO8SzIzsbaxvANCnUxMSy91rXALCLQsczBLCC91rXAIiy1s7mkzq/K6bzHLDIwMjYvMS81DQp1MTIsufrT0Mbz0rUsItSwx/giIrn6v9giIiIsLA0K';

eachDatabase((name, open) => {
  test('units from a table in GB 18030 with quotes: nothing before --apply, then units, terms and their audit rows, and nothing twice', async () => {
    const opened = await open();
    const bytes = fromB64(gb) ?? new Uint8Array();
    const preview = await command(opened, bytes, 'units');
    expect(preview.code).toBe(0);
    expect(preview.said).toContain('第2行  新增  u11 斜塘, 街道 党工委书记 2026-01-05');
    expect(preview.said).toContain('第3行  新增  u12 园区"国控"');
    expect(preview.said).toContain('--apply');
    const before = await unitsOf(opened.database.db);
    expect(before.map(({ id }) => id)).toEqual(['u01', 'u02', 'u03']);
    expect((await command(opened, bytes, 'units', '--apply')).said).toContain('已全部写入');
    const units = await unitsOf(opened.database.db);
    expect(units.slice(3)).toEqual([
      { id: 'u11', kind: 'subdistrict', name: { zh: '斜塘, 街道', en: '斜塘, 街道' } },
      { id: 'u12', kind: 'soe', name: { zh: '园区"国控"', en: '园区"国控"' } },
    ]);
    const written = ['operator unit.change u11', 'operator term.change u11-20260105', 'operator unit.change u12'];
    expect(await acts(opened)).toEqual(written);
    expect((await command(opened, bytes, 'units', '--apply')).said).toContain('没有要写的');
    expect(await acts(opened)).toEqual(written);
  });

  // What follows is judged before the database is asked.
  if (name === 'PostgreSQL') return;

  test('a table with one mistake is not written at all, and every mistake is named with its line', async () => {
    const opened = await open();
    const table =
      '\ufeffid,kind,zh\nu11,department,甲\nU12,department,乙\n\nu13,castle,丙\nu11,department,丁\norg1,department,戊\n';
    const { code, said } = await command(opened, table, 'units', '--apply', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(said)).toMatchObject({
      applied: false,
      mistakes: [
        { line: 3, code: 'ID_INVALID' },
        { line: 5, code: 'KIND_UNKNOWN' },
        { line: 6, code: 'ID_TWICE' },
        { line: 7, code: 'ID_RESERVED' },
      ],
    });
    expect(await unitsOf(opened.database.db)).toHaveLength(3);
    vi.stubEnv('LC_ALL', 'en_GB.UTF-8');
    const english = await command(opened, table, 'units', '--apply');
    expect(english.said).toContain('line 5  No such kind.');
    expect(english.said).toContain('Nothing was written.');
  });

  test('terms of office: old ones in any order of time, a new one ends the running one the day before, overlaps are refused', async () => {
    const opened = await open();
    const offices =
      '单位编号,职务,任期起,任期止\nu01,老局长,2019年3月1日,2021-12-31\nu01,前局长,2022/1/1,2025.12.31\nu02,新局长,2026-09-01,\n';
    expect((await command(opened, offices, 'terms-of-office', '--apply')).code).toBe(0);
    const terms = await termsOf(opened.database.db);
    expect(
      terms.flatMap(({ unit, post, from, to }) => (unit === 'u03' ? [] : `${unit} ${post} ${from} ${to}`)),
    ).toEqual([
      'u01 老局长 2019-03-01 2021-12-31',
      'u01 前局长 2022-01-01 2025-12-31',
      'u01 u01局长 2026-01-01 null',
      'u02 u02局长 2026-01-01 2026-08-31',
      'u02 新局长 2026-09-01 null',
    ]);
    const wrong =
      'unit,post,from,to\nu01,甲,2025-06-01,2025-07-01\nu09,乙,2020-01-01,\nu03,丙,2020-02-30,\nu03,丁,2020-02-03,2020-01-01\nu03,,2021-01-01,2021-02-01\n';
    const { code, said } = await command(opened, wrong, 'terms-of-office', '--apply', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(said).mistakes).toEqual([
      { line: 2, code: 'TERMS_OVERLAP' },
      { line: 3, code: 'UNIT_UNKNOWN' },
      { line: 4, code: 'DAY_INVALID' },
      { line: 5, code: 'DAY_ORDER' },
      { line: 6, code: 'POST_INVALID' },
    ]);
    const moved = await command(
      opened,
      'unit,post,from,to\nu02,新局长,2026-09-01,\nu01,书记,局长,2027-01-01,\n',
      'terms-of-office',
      '--apply',
      '--json',
    );
    expect(JSON.parse(moved.said).mistakes).toEqual([{ line: 3, code: 'CELLS_TOO_MANY' }]);
    expect(await termsOf(opened.database.db)).toEqual(terms);
  });

  test('the term base grows as one version of the setting; a line without its term is a mistake', async () => {
    const opened = await open();
    const table = 'preferred,aliases,definition\r\n工作例会,例会、碰头会,"每周一次,\r\n通报进展"\r\n接待来访,接访,\r\n';
    expect((await command(opened, table, 'terms', '--apply')).code).toBe(0);
    const row = await opened.database.db
      .selectFrom('setting')
      .select(['name', 'value', 'actor'])
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({ name: 'termBase', actor: 'operator' });
    expect(JSON.parse(row.value ?? '')).toEqual([
      { id: 't1', preferred: '工作例会', aliases: ['例会', '碰头会'], definition: '每周一次,\r\n通报进展' },
      { id: 't2', preferred: '接待来访', aliases: ['接访'], definition: '' },
    ]);
    expect((await command(opened, table, 'terms', '--apply')).said).toContain('没有要写的');
    const wrong = `规范用语,别名\n,例会\n调研,走访\n调研,下基层\n${'长'.repeat(201)},短\n`;
    const { code, said } = await command(opened, wrong, 'terms', '--apply', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(said).mistakes).toEqual([
      { line: 2, code: 'PREFERRED_MISSING' },
      { line: 4, code: 'PREFERRED_TWICE' },
      { line: 5, code: 'TERM_TOO_LONG' },
    ]);
    const unclosed = await command(opened, '规范用语,别名\n调研,"走访\n接访,接待\n', 'terms', '--apply', '--json');
    expect(JSON.parse(unclosed.said).mistakes).toEqual([{ line: 2, code: 'QUOTE_BROKEN' }]);
    expect(await acts(opened)).toEqual(['operator setting.change termBase']);
  });
});
