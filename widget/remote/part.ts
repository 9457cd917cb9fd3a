// Parts that not every reader needs: a file each in the folder of the main file, loaded by a script element with integrity.
import { policy } from '../base/trusted.ts';

/** What a part hands over; null where page or network refuse it. A part leaves no global: it hangs on its own script element. */
export function loadPart<T>(file: string, integrity: string): Promise<T | null> {
  const main = [...document.scripts].find(({ src }) => /\/sundial[-.\w]*\.js$/.test(src));
  const url = new URL(file, main?.src ?? document.baseURI).href;
  const script = document.createElement('script');
  return new Promise((resolve) => {
    const end = (): void => {
      script.remove();
      resolve(Reflect.get(script, 'sundial') ?? null);
    };
    Object.assign(script, { integrity, crossOrigin: '', onload: end, onerror: end });
    script.src = policy?.createScriptURL(url) ?? url;
    document.head.append(script);
  });
}
