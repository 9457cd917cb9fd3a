import { expect, it } from 'vitest';
import { en } from '../../extension/locales/en.ts';
import { zh } from '../../extension/locales/zh.ts';

it('a lottery that a rule names by its short name is called by its own; any other name stays as it was written', () => {
  expect(zh.draws.freeze.issue('ssq')).toBe('双色球期号');
  expect(zh.draws.values.of('dlt', '26001')).toBe('大乐透第26001期的号码');
  expect(zh.draws.sourceName('体育馆抽号')).toBe('体育馆抽号');
  expect(en.draws.freeze.date('ssq')).toBe('Date of the lot (Double Colour Ball)');
  expect(en.draws.sourceName('constructor')).toBe('constructor');
});
