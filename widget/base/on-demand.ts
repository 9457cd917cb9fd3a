// Parts that load when they are wanted: the check after the text is painted, the forms when a reader opens one. Each is a script beside the
// main file, bound to it by its hash; what the main file lends and what the part gives back travel on the script element, so that no
// global is made (design.md 6).
import { css, html, LitElement, nothing, svg } from 'lit';
import { policy } from './trusted.ts';

/** File and integrity of each part; the build puts them in. */
const parts = { check: 'sundial:check', talk: 'sundial:talk', en: 'sundial:en' };
const asked = new Map<string, Promise<unknown>>();
const own = ownAddress();

/** What a part gives, loaded once. Rejects (`RangeError`) where it cannot be had: then the next call tries again. */
export function part(name: keyof typeof parts): Promise<unknown> {
  const known = asked.get(name);
  if (known !== undefined) return known;
  const loading = load(parts[name]);
  asked.set(name, loading);
  loading.catch(() => asked.delete(name));
  return loading;
}

function load(described: string): Promise<unknown> {
  const [file = '', integrity = ''] = described.split(' ');
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    Object.assign(script, { sundial: { lit: { css, html, LitElement, nothing, svg }, give: resolve } });
    script.integrity = integrity;
    script.crossOrigin = 'anonymous';
    script.nonce = own.nonce;
    const address = new URL(file, own.address).href;
    Reflect.set(script, 'src', policy?.createScriptURL(address) ?? address);
    script.onload = () => script.remove();
    script.onerror = () => {
      script.remove();
      reject(new RangeError(`${file} was not loaded`));
    };
    document.head.append(script);
  });
}

// A module has no current script, but every stack names the file it comes from.
function ownAddress(): { readonly address: string; readonly nonce: string } {
  const script = document.currentScript;
  const [address = document.baseURI] = /https?:\/\/[^\s)]+?(?=:\d+:\d+)/.exec(new Error().stack ?? '') ?? [];
  const tag = script instanceof HTMLScriptElement ? script : document.querySelector<HTMLScriptElement>('script[nonce]');
  return {
    address: script instanceof HTMLScriptElement && script.src !== '' ? script.src : address,
    nonce: tag?.nonce ?? '',
  };
}
