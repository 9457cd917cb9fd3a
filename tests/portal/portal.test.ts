/** The page at `/`: in the organisation's first language, under its own name, every link of it leading somewhere. */
import { expect, test } from 'vitest';
import type { SettingsInput } from '../../shared/organisation/config.ts';
import { openServer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { beginLog } from '../fixtures/people.ts';

eachDatabase((database, open) => {
  test.each([
    ['zh-CN', { name: { zh: '临湖区', en: 'Lakeside' } }, '临湖区', '工作日记抽签'],
    [
      'en',
      { name: { zh: '临湖区', en: 'Lakeside & Co' }, languages: ['en', 'zh-CN'] },
      'Lakeside &amp; Co',
      'The draw',
    ],
  ] satisfies [string, Partial<SettingsInput>, string, string][])(
    `on ${database} with a log, in %s`,
    async (lang, more, name, title) => {
      const server = await openServer(await open(), { more });
      await beginLog(server);
      for (const [path, element] of [
        ['/', 'sundial-feed'],
        ['/draw', 'sundial-draw'],
      ] as const) {
        const html = await (await server.send(path)).text();
        expect(html).toContain(`<html lang="${lang}">`);
        expect(html).toContain(`<strong>${name}</strong>`);
        expect(html).toMatch(
          new RegExp(`<${element} src="/public/" vkey="[^"]+" organiser="[^"]+"[^>]* lang="${lang}">`),
        );
        expect(html.match(/aria-current="page"/g)).toHaveLength(1);
        if (lang === 'en') expect(html).not.toMatch(/\p{Script=Han}/u);
        for (const [, to = ''] of html.matchAll(/(?:href|src)="([^"#]+)"/g))
          if (!to.includes('sundial-'))
            expect([to, (await server.send(to)).status]).toEqual([to, to === '/public/' ? 404 : 200]);
      }
      expect(await (await server.send('/draw')).text()).toContain(title);
      expect(server.reported).toEqual([]);
    },
  );
});
