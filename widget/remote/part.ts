// Parts that not every reader needs: a file each in the folder of the main file, loaded by a script element with integrity.
import { policy } from '../base/trusted.ts';
import { silenceMs } from './client.ts';
import { fileOf, integrityOf, lent, type PartName } from './lent.ts';

/** Address of a part: beside the main file of its own version, else beside any. */
export function partAddress(name: PartName): string {
  const file = fileOf(name);
  return new URL(file, mainScript(file)?.src ?? document.baseURI).href;
}

/** Grows with each file that never came: who asks for an address that the browser still waits for would wait with it. */
let late = '';

/** What a part hands over; null where page or network refuse it, or it does not come in time. A part leaves no global: what it borrows of
 *  the main file and what it hands over hang on its own script element. */
export function loadPart<T>(name: PartName): Promise<T | null> {
  const integrity = integrityOf[name] ?? '';
  const url = partAddress(name) + late;
  const script = document.createElement('script');
  return new Promise((resolve) => {
    const end = (): void => {
      script.remove();
      resolve(Reflect.get(script, 'sundial') ?? null);
    };
    const nonce = mainScript(fileOf(name))?.nonce ?? '';
    Object.assign(script, { integrity, nonce, lent: lent(), crossOrigin: '', onload: end, onerror: end });
    script.src = policy?.createScriptURL(url) ?? url;
    document.head.append(script);
    setTimeout(() => {
      if (!script.isConnected) return;
      late += '?';
      end();
    }, silenceMs);
  });
}

function mainScript(part: string): HTMLScriptElement | undefined {
  const scripts = [...document.scripts].filter(({ src }) => /\/sundial[-.\w]*\.js$/.test(src));
  const own = part.replace(/-[a-z]+\.js$/, '.js');
  return scripts.find(({ src }) => src.endsWith(`/${own}`)) ?? scripts[0];
}
