/** `/privacy`: the full notice for readers in two languages, filled from the settings and from the table of retention. */
import type { Hono } from 'hono';
import type { Context } from '../../context.ts';
import { privacy as en } from '../../locales/en/privacy.ts';
import { type NoticeFacts, type PrivacyWords, privacy as zh } from '../../locales/zh/privacy.ts';
import { type PlainPart, plainPage, plainPageHeaders } from '../../public/plain-page.ts';
import { keptDays, retention, retentionKinds } from '../../retention.ts';

export function register(app: Hono, context: Context): void {
  const page = plainPage(`${zh.title} · ${context.config.name.zh}`, [
    { lang: zh.lang, title: zh.title, parts: partsOf(context, zh, 'zh') },
    { lang: en.lang, title: en.title, parts: partsOf(context, en, 'en') },
  ]);
  app.get('/privacy', (hono) => hono.html(page, 200, plainPageHeaders));
}

function partsOf({ config }: Context, words: PrivacyWords, lang: 'zh' | 'en'): readonly PlainPart[] {
  const { contact, authority, backupDays } = config.privacy;
  const signsIn = config.identity.mode !== 'open';
  const facts: NoticeFacts = {
    organisation: config.name[lang],
    contact: contact?.[lang] ?? null,
    authority: authority?.[lang] ?? null,
    identityDays: signsIn ? config.identity.keptDays : null,
    byNumber: config.identity.mode === 'phone',
    backupDays,
  };
  const kept = retentionKinds.filter((kind) => signsIn || (kind !== 'identities' && kind !== 'sessions'));
  return [
    { heading: words.who },
    { text: words.whoText(facts) },
    { heading: words.what },
    { list: words.whatList(facts) },
    { text: words.basis },
    { heading: words.not },
    { list: words.notList },
    { heading: words.children },
    { text: words.childrenText },
    { heading: words.keeping },
    {
      head: words.keepingHead,
      rows: kept.map((kind) => [
        words.kinds[kind],
        words.days(keptDays(kind, config)),
        words.from[retention[kind].from],
      ]),
    },
    { text: words.keepingAfter },
    { heading: words.rights },
    { list: words.rightsList },
    { text: words.lost },
    { text: words.complain(facts) },
    { heading: words.stays },
    { list: words.staysList(facts) },
    { heading: words.named },
    { text: words.namedText },
  ];
}
