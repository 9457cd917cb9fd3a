import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig, placesOf } from '../../server/config.ts';

const good = `{
  "name": { "zh": "晴湖新区", "en": "Qinghu" },
  "origin": "diary.example/log1",
  "units": [
    { "id": "u01", "kind": "department", "name": { "zh": "一局", "en": "One" } },
    { "id": "u02", "kind": "department", "name": { "zh": "二局", "en": "Two" } }
  ],
  "terms": [{ "id": "u01-1", "unit": "u01", "post": "局长", "from": "2026-01-01" }]
}`;

const load = (text: string | null, environment: Record<string, string> = {}) =>
  loadConfig({ SUNDIAL_DATA: '/srv/sundial', SUNDIAL_CONFIG: '/etc/sundial.json', ...environment }, (path) =>
    path === '/etc/sundial.json' ? text : null,
  );

/** `line field reason` of each problem. */
function problems(text: string | null, environment: Record<string, string> = {}): string[] {
  const config = load(text, environment);
  if (config.ok) throw new Error('nothing is wrong');
  return config.problem.map(({ line, field, reason, code }) => [line, field, reason || code].join(' '));
}

test('a short configuration is filled with the defaults that the design gives', () => {
  const config = load(good);
  if (!config.ok) throw new Error(JSON.stringify(config.problem));
  const { value } = config;
  expect(value).toMatchObject({
    zone: 'Asia/Shanghai',
    demo: false,
    host: '127.0.0.1',
    port: 8787,
    issuer: 'http://127.0.0.1:8787',
    databaseAddress: join('/srv/sundial', 'sundial.sqlite'),
    file: {
      deadlines: { moderationWorkingHours: 4, complexWorkingDays: 15, riskHours: 2, followUpWorkingDays: 5 },
      calendar: {
        receiptCutoff: '17:30',
        hours: [
          ['09:00', '12:00'],
          ['13:30', '17:30'],
        ],
      },
      moderation: { reviewFirst: true },
    },
    identity: { mode: 'open' },
  });
  expect(value.file.categories.map(({ id }) => id)).toContain('fieldVisit');
  expect(value.terms[0]?.to).toBeNull();
});

test('the environment says where to listen, where the data is and how users reach the server', () => {
  const config = load(good, {
    HOST: '0.0.0.0',
    PORT: '80',
    DATABASE_URL: 'postgres://db/x',
    SUNDIAL_ISSUER: 'https://diary.example',
  });
  expect(config.ok && config.value).toMatchObject({
    host: '0.0.0.0',
    port: 80,
    databaseAddress: 'postgres://db/x',
    issuer: 'https://diary.example',
  });
  expect(problems(good, { PORT: 'many' })).toEqual(['0  INTEGER_0_65535']);
  expect(problems(good, { SUNDIAL_ISSUER: 'https://diary.example/' })).toEqual(['0  ADDRESS_WITHOUT_SLASH']);
});

test('a variable that is set to nothing is not set: nothing listens everywhere, on another port or on another database', () => {
  const [bare, empty] = [load(good), load(good, { HOST: '', PORT: '', DATABASE_URL: '', SUNDIAL_ISSUER: '' })];
  const told = (config: typeof bare) => {
    if (!config.ok) return config.problem;
    const { host, port, issuer, dataFolder, databaseAddress } = config.value;
    return { host, port, issuer, dataFolder, databaseAddress };
  };
  expect(told(bare)).toEqual({
    host: '127.0.0.1',
    port: 8787,
    issuer: 'http://127.0.0.1:8787',
    dataFolder: '/srv/sundial',
    databaseAddress: '/srv/sundial/sundial.sqlite',
  });
  expect(told(empty)).toEqual(told(bare));
  expect(placesOf({ SUNDIAL_DATA: '' })).toEqual(placesOf({}));
  const beside = loadConfig({ SUNDIAL_CONFIG: '/etc/sundial.json', PORT: '', HOST: '' }, (path) =>
    path.endsWith('.env') ? 'PORT="8080"\nHOST=\n' : good,
  );
  expect(beside.ok && [beside.value.host, beside.value.port]).toEqual(['127.0.0.1', 8080]);
});

test.each([
  'mysql://db/sundial',
  'postgre://db/sundial',
  'Postgres://db/sundial',
  'sqlite:data/sundial.sqlite',
  'postgres:/db/sundial',
  'postgres://user:se#cret@db/sundial',
  'postgres://user:se/cret@db/sundial',
])('%s is no database: no file of that name begins in its place, and no word of it is said', (address) => {
  const environment = { SUNDIAL_DATA: '/srv/sundial', DATABASE_URL: address };
  expect(() => placesOf(environment)).toThrow('ENVIRONMENT_INVALID DATABASE_URL 0  POSTGRES_ADDRESS_OR_PATH');
});

test.each([
  'postgres://db/sundial',
  'postgresql:///sundial?host=/run/postgresql',
  '/srv/a.sqlite',
  'a:b.sqlite',
  'C:\\\\a.sqlite',
])('%s is a database', (address) => {
  expect(placesOf({ DATABASE_URL: address }).databaseAddress).toBe(address);
});

test('a mistake is named by line and member', () => {
  expect(problems(good.replace('"diary.example/log1"', '"Diary Example"'))).toEqual(['3 origin LOG_ORIGIN']);
  expect(problems(good.replace('"id": "u02"', '"id": "U 02"')).at(0)).toMatch(/^6 units\[1\]\.id /);
  expect(problems(good.replace('"id": "u02"', '"id": "h-02"'))).toEqual(['6 units[1].id ID_RESERVED']);
  expect(problems(good.replace('"id": "u02"', '"id": "u01"'))).toEqual(['4 units ID_TWICE']);
  expect(
    problems(
      good.replace('"kind": "department", "name": { "zh": "二局"', '"kind": "office", "name": { "zh": "二局"'),
    )[0],
  ).toMatch(/^6 units\[1\]\.kind /);
  expect(problems(good.replace('"unit": "u01"', '"unit": "u09"'))).toEqual(['8 terms UNIT_UNKNOWN']);
  expect(problems(good.replace('"origin"', '"zone": "Mars/Olympus",\n  "origin"'))).toEqual(['3 zone ZONE_UNKNOWN']);
  expect(problems(good.replace('"origin"', '"orign": 1,\n  "origin"'))).toEqual(['3 orign UNKNOWN_MEMBER']);
  expect(problems(good.replace(/"name": \{.*\},\n\s*"origin"/, '"origin"'))[0]).toMatch(/^1 name /);
});

test('terms of reuse have a name in one or both languages and an https address that a header can carry', () => {
  const withLicence = (licence: unknown) =>
    good.replace('"origin"', `"licence": ${JSON.stringify(licence)},\n  "origin"`);
  const read = (licence: unknown) => {
    const config = load(withLicence(licence));
    return config.ok ? config.value.licence : config.problem;
  };
  const address = 'https://creativecommons.org/licenses/by/4.0/';
  expect(read({ name: 'CC BY 4.0', address })).toEqual({ name: { zh: 'CC BY 4.0', en: 'CC BY 4.0' }, address });
  expect(read({ name: { zh: '许可', en: 'Licence' }, address: `${address}#a` })).toMatchObject({
    name: { zh: '许可', en: 'Licence' },
  });
  expect(load(good)).toMatchObject({ value: { licence: null } });
  expect(read(null)).toBeNull();
  for (const wrong of [
    'http://creativecommons.org/licenses/by/4.0/',
    'https://许可.example/',
    'https://',
    'https://portal.example/a b',
    'https://portal.example/>; rel="next", <x',
    'https://portal.example/\r\nSet-Cookie: a=b',
    'javascript:alert(1)//https://portal.example/',
  ])
    expect(problems(withLicence({ name: 'A', address: wrong }))).toEqual(['3 licence.address HTTPS_ADDRESS']);
  expect(problems(withLicence({ name: { zh: '许可' }, address }))[0]).toMatch(/^3 licence\.name/);
  expect(problems(withLicence({ name: '', address }))[0]).toMatch(/^3 licence\.name /);
  expect(problems(withLicence({ address }))[0]).toMatch(/^3 licence\.?/);
  expect(problems(withLicence({ name: 'A', address, url: address }))).toEqual(['3 licence.url UNKNOWN_MEMBER']);
});

test('a file that is missing or no JSON is said so, with the line', () => {
  expect(problems(null)).toEqual(['0  FILE_MISSING']);
  const none = loadConfig({ SUNDIAL_DATA: '/srv/sundial' }, () => null);
  expect(none.ok ? [] : none.problem).toMatchObject([{ at: '/srv/sundial/sundial.config.json' }]);
  expect(problems(good.replace('"terms"', 'terms'))).toEqual(['8  JSON']);
  expect(problems('')).toEqual(['1  JSON']);
  const missing = loadConfig({}, () => null);
  expect(!missing.ok && missing.problem[0]?.at).toBe(resolve('data/sundial.config.json'));
});

test('trusted proxies are addresses and blocks; the switch that trusted everybody is refused with its successor', () => {
  const withMore = (more: string) => good.replace(/}$/, `  , ${more}\n}`);
  const config = load(withMore('"trustedProxies": ["127.0.0.1", "10.0.0.0/8", "::1", "2001:db8::/32"]'));
  if (!config.ok) throw new Error(JSON.stringify(config.problem));
  expect(['10.2.3.4', '11.2.3.4', '2001:db8::9'].map(config.value.isTrustedHop)).toEqual([true, false, true]);
  for (const wrong of ['proxy.example', '10.0.0.0/33', '10.0.0/8', '::/129', '::1/', '10.0.0.0/8/8', '010.0.0.1', ''])
    expect([wrong, problems(withMore(`"trustedProxies": ["::1", "${wrong}"]`))]).toEqual([
      wrong,
      ['9 trustedProxies[1] ADDRESS_OR_CIDR'],
    ]);
  expect(problems(withMore('"trustProxy": true'))).toEqual(['9 trustProxy USE_TRUSTED_PROXIES']);
});

test('files that an editor of Windows saved say the same, to the first variable', () => {
  const windows = (text: string): string => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
  const environment = 'SUNDIAL_ISSUER="https://diary.example"\nPORT="8080"\nSUNDIAL_DATA="/srv/日晷 数据"\n';
  const loaded = (saved: (text: string) => string) =>
    loadConfig({ SUNDIAL_CONFIG: '/etc/sundial.json' }, (path) =>
      path.endsWith('.json') ? saved(good) : saved(environment),
    );
  const plain = loaded((text) => text);
  const found = loaded(windows);
  if (!plain.ok || !found.ok) throw new Error(JSON.stringify([plain, found]));
  expect(found.value).toMatchObject({ issuer: 'https://diary.example', port: 8080 });
  expect(JSON.stringify(found.value)).toBe(JSON.stringify(plain.value));
});
