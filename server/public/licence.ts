/** Under which terms the public data may be used again, as pages and feeds say it. What was brought in from older records is under those of its
 *  source, whatever the organisation grants of its own. */
import type { Context } from '../context.ts';
import type { PageWords } from '../locales/zh/page.ts';
import { escapeHtml } from './html.ts';

/** `name` in one language; `address` https, ASCII alone. */
export interface ShownLicence {
  readonly name: string;
  readonly address: string;
}

/** Null where the organisation says nothing of it. */
export const licenceIn = ({ config }: Context, language: 'zh' | 'en'): ShownLicence | null =>
  config.licence === null ? null : { name: config.licence.name[language], address: config.licence.address };

/** The line at the foot of a page (HTML, link type `license`); empty where nothing is said. */
export const licenceLine = (licence: ShownLicence | null, page: PageWords): string =>
  licence === null
    ? ''
    : `<footer class="meta">${page.licence}${page.colon}<a rel="license" href="${escapeHtml(licence.address)}">${escapeHtml(licence.name)}</a></footer>\n`;

/** The header of a file that has no place for words of its own (RFC 8288, link relation `license`); empty where nothing is said. */
export const licenceHeader = ({ config }: Context): Readonly<Record<string, string>> =>
  config.licence === null ? {} : { link: `<${config.licence.address}>; rel="license"` };
