/** `moderation.html`: the numbers of the review and the lines that stand in the place of comments, as a plain page without script. */
import type { ModerationMonth, PublicStub } from '../../shared/api/public-moderation.ts';
import { rejectionReasons } from '../../shared/feedback/comment.ts';
import type { Words as DomainWords } from '../../shared/locales/zh.ts';
import { civilOf, dateOfDay, dayOf, type ZoneOffset } from '../../shared/time/civil.ts';
import type { PageWords } from '../locales/zh/page.ts';
import { escapeHtml } from './html.ts';
import { licenceLine, type ShownLicence } from './licence.ts';
import { pageStyle } from './page-style.ts';

export interface ModerationSetting {
  readonly organisation: string;
  readonly demo: boolean;
  readonly offset: ZoneOffset;
  readonly licence: ShownLicence | null;
  readonly unitName: (unit: string) => string;
}

/** `stubs`: newest first. */
export function moderationPage(
  months: readonly ModerationMonth[],
  stubs: readonly PublicStub[],
  { organisation, demo, offset, licence, unitName }: ModerationSetting,
  page: PageWords,
  domain: DomainWords,
): string {
  const { moderation: words } = page;
  const day = (at: number): string => {
    const date = dateOfDay(dayOf(civilOf(at, offset)));
    return words.date(date);
  };
  return `<!doctype html>
<html lang="${page.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${words.title} · ${escapeHtml(organisation)}</title>
<link rel="alternate" type="application/json" href="moderation.json">
<style>${pageStyle}</style>
</head>
<body>
<main>
<header>
<p class="kicker">${demo ? `<span class="demo">${page.demo}</span>` : ''}<span>${escapeHtml(organisation)}</span></p>
<h1>${words.title}</h1>
<p class="byline">${words.lead}</p>
</header>
<section><h2>${words.numbers}</h2>
${months.length === 0 ? `<p>${words.none}</p>` : months.map((month) => monthTable(month, page, domain)).join('\n')}
<p class="meta">${words.how}</p>
</section>
<section><h2>${words.stubs}</h2>
${
  stubs.length === 0
    ? `<p>${words.noStubs}</p>`
    : `<table><thead><tr><th>${words.when}</th><th>${words.where}</th><th class="nb">${words.what}</th><th>${words.why}</th></tr></thead><tbody>${stubs
        .map(
          ({ draw, unit, item, state, reason, at }) =>
            `<tr><td class="nb">${day(at)}</td><td><a href="d/${draw}/${unit}.html">${escapeHtml(unitName(unit))} ${escapeHtml(page.week(Number(draw.slice(2, 6)), Number(draw.slice(8, 10))))}</a>${item === null ? '' : ` ${words.item(item + 1)}`}</td><td>${domain.commentState[state]}</td><td>${reason === null ? '' : domain.rejection[reason]}</td></tr>`,
        )
        .join('')}</tbody></table>`
}
<p class="meta">${words.files} <a href="moderation.json">moderation.json</a>${months.map(({ month }) => ` <a class="nb" href="moderation/${month}.json">${month}</a>`).join('')}</p>
</section>
${licenceLine(licence, page)}</main>
</body>
</html>
`;
}

function monthTable(month: ModerationMonth, page: PageWords, domain: DomainWords): string {
  const { moderation: words } = page;
  const [year, of] = month.month.split('-').map(Number);
  const rows = rejectionReasons.flatMap((reason) => {
    const rejected = month.rejected[reason] ?? 0;
    const removed = month.removed[reason] ?? 0;
    return rejected + removed === 0
      ? []
      : [
          `<tr><th scope="row">${domain.rejection[reason]}</th><td class="n">${rejected}</td><td class="n">${removed}</td></tr>`,
        ];
  });
  const table =
    rows.length === 0
      ? ''
      : `<table><thead><tr><th>${words.why}</th><th class="n">${words.rejected}</th><th class="n">${words.removed}</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
  const { granted, refused } = month.appeals;
  return `<h3>${words.month(year ?? 0, of ?? 1)}</h3>
<p>${words.sums(month.published, month.withdrawn, granted, refused)}</p>
${table}`;
}
