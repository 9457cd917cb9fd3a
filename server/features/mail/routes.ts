/** An official's own address for notices, and the page to which mails point. */
import type { Hono } from 'hono';
import { deleteMail, getMail, postMailCode, putMailAddress, putMailKinds } from '../../../shared/api/mail.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { letter as en } from '../../locales/en/letter.ts';
import { letter as zh } from '../../locales/zh/letter.ts';
import { plainPage, plainPageHeaders } from '../../public/plain-page.ts';
import { forget, nameAddress, prove, setKinds, show } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, getMail, ({ session }) => show(context, session));
  route(app, context, putMailAddress, ({ session, body }) => nameAddress(context, session, body));
  route(app, context, postMailCode, ({ session, body }) => prove(context, session, body.code));
  route(app, context, putMailKinds, ({ session, body }) => setKinds(context, session, body));
  route(app, context, deleteMail, ({ session }) => forget(context, session));

  const { name } = context.config;
  const page = plainPage(
    `${zh.deskTitle} · ${name.zh}`,
    [zh, en].map(({ lang, deskTitle, deskLead, deskSteps, deskNote }) => ({
      lang,
      title: deskTitle,
      parts: [{ text: deskLead }, { steps: deskSteps }, { text: deskNote }],
    })),
  );
  app.get('/desk', (hono) => hono.html(page, 200, plainPageHeaders));
}
