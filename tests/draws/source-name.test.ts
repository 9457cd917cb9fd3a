import { expect, it } from 'vitest';
import { nameInRule } from '../../extension/commands/lottery.ts';
import { en } from '../../extension/locales/en.ts';
import { zh } from '../../extension/locales/zh.ts';

it('a lottery that a rule names by its short name is called by its own; any other name stays as it was written', () => {
  expect(zh.draws.freeze.issue('ssq')).toBe('双色球期号');
  expect(zh.draws.values.of('dlt', '26001')).toBe('大乐透第26001期的号码');
  expect(zh.draws.sourceName('体育馆抽号')).toBe('体育馆抽号');
  expect(en.draws.freeze.date('ssq')).toBe('Date of the lot (Double Colour Ball)');
  expect(en.draws.sourceName('constructor')).toBe('constructor');
});

it('a rule has the short name of a lottery whose balls readers are shown, however it was typed', () => {
  expect(nameInRule({ kind: 'lottery', name: ' 双色球 ' })).toBe('ssq');
  expect(nameInRule({ kind: 'lottery', name: 'Super Lotto' })).toBe('dlt');
  expect(nameInRule({ kind: 'lottery', name: '快乐8' })).toBe('快乐8');
  expect(nameInRule({ kind: 'stage', name: '双色球' })).toBe('双色球');
});
