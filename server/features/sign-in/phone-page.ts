/** The two forms of the window: a number, then the code that was sent to it. They work without script. */
import { signIn as en } from '../../locales/en/sign-in.ts';
import { signIn as zh } from '../../locales/zh/sign-in.ts';
import { escapeHtml } from '../../public/html.ts';
import { shell } from './page.ts';
import type { CodeStep, NumberStep } from './phone.ts';

/** `base`: where the addresses of the forms begin, `sign-in/` from the first page, empty from the others. */
export function phonePage(form: NumberStep | CodeStep, base: '' | 'sign-in/'): string {
  const words = form.lang === 'en' ? en : zh;
  const state = `<input type="hidden" name="state" value="${escapeHtml(form.state)}">`;
  const texts =
    form.kind === 'number'
      ? { wrong: words.numberWrong, busy: words.numberBusy, away: words.numberAway }
      : { wrong: words.codeWrong, busy: '', away: '' };
  const alert = form.trouble === null ? '' : `<p id="wrong" role="alert">${escapeHtml(texts[form.trouble])}</p>`;
  const described = form.trouble === null ? 'hint' : 'wrong hint';
  const invalid = form.trouble === 'wrong' ? ' aria-invalid="true"' : '';
  if (form.kind === 'number')
    return shell(
      words,
      words.title,
      `${alert}<form method="post" action="${base}number">${state}<label for="number">${escapeHtml(words.number)}</label>` +
        `<input id="number" name="number" type="tel" inputmode="tel" autocomplete="tel" required maxlength="40" autofocus` +
        ` aria-describedby="${described}"${invalid} value="${escapeHtml(form.typed)}">` +
        `<p id="hint">${escapeHtml(words.numberHint)}</p><button>${escapeHtml(words.sendCode)}</button></form>`,
    );
  return shell(
    words,
    words.title,
    `${alert}<p role="status">${escapeHtml(words.sent(form.ending))}</p>` +
      `<form method="post" action="${base}code">${state}<label for="code">${escapeHtml(words.code)}</label>` +
      `<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required maxlength="12" autofocus` +
      ` aria-describedby="${described}"${invalid}><p id="hint">${escapeHtml(words.codeHint)}</p>` +
      `<button>${escapeHtml(words.confirmCode)}</button></form>` +
      `<form method="post" action="${base}again">${state}<button class="plain">${escapeHtml(words.again)}</button></form>`,
  );
}
