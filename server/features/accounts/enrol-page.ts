/** `/enrol`: the page behind an invitation link. The code is in the fragment, which no browser sends; the page has no script. */
import type { Hono } from 'hono';
import type { Context } from '../../context.ts';
import { enrol as en } from '../../locales/en/enrol.ts';
import { enrol as zh } from '../../locales/zh/enrol.ts';
import { plainPage, plainPageHeaders } from '../../public/plain-page.ts';

export function register(app: Hono, context: Context): void {
  const { name } = context.config;
  const page = plainPage(
    `${zh.title} · ${name.zh}`,
    (
      [
        [zh, name.zh],
        [en, name.en],
      ] as const
    ).map(([{ lang, title, lead, steps, note }, organisation]) => ({
      lang,
      title,
      parts: [{ text: organisation }, { text: lead }, { steps }, { text: note }],
    })),
  );
  app.get('/enrol', (hono) => hono.html(page, 200, plainPageHeaders));
}
