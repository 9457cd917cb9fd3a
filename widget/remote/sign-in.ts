// Where the window of a reader's sign-in is.
import { b64u } from '../../shared/base/bytes.ts';
import { sha256Text } from './sha256.ts';

/** Address of the window: it learns a hash of what only this page has, and for which origin the code is. */
export function windowAddress(api: string, verifier: string, lang: string): string {
  const url = new URL('../../sign-in', api);
  const challenge = b64u(sha256Text(verifier));
  url.search = `${new URLSearchParams({ challenge, origin: location.origin, lang: lang.startsWith('zh') ? 'zh' : 'en' })}`;
  return url.href;
}
