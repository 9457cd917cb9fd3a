// What a notice says depends on when it is read.
import { expect, test } from 'vitest';
import { sayNotice } from '../../extension/locales/say-notice.ts';
import { zh } from '../../extension/locales/zh.ts';
import { at } from './watch.ts';

// 2026-W30 ends on Sunday 26 July; its last day lasts until 05:00 of Monday.
test.each([
  ['2026-07-26T09:00', '2026年第30周，今天是最后一天'],
  ['2026-07-27T04:59', '2026年第30周，今天是最后一天'],
  ['2026-07-27T05:00', '2026年第30周还没有封存'],
  ['2026-07-28T21:00', '2026年第30周还没有封存'],
])('at %s the last day of a week is called %s', (now, title) => {
  const notice = { id: 'lastDay:2026-W30', kind: 'lastDay', about: '2026-W30', at: 0, until: null } as const;
  expect(sayNotice(notice, 'Asia/Shanghai', at(now), zh).title).toBe(title);
});
