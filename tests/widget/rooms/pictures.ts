/** Pictures of an element, compared point by point. */
import type { Locator, Page } from 'playwright-core';

export interface Difference {
  readonly sizes: readonly [string, string];
  /** Points of which some channel differs by more than 8 of 255. */
  readonly points: number;
  /** The first of them from the top. */
  readonly at: readonly [number, number] | null;
}

/** The element as it is painted, laid on whole pixels so that letters are drawn alike, and away from shadows of the page. */
export async function pictureOf(element: Locator): Promise<Buffer> {
  await element.evaluate((one) => {
    const whole = (value: number): number => Math.ceil(value) - value;
    const place = one.closest('#diary, #feed') ?? (one.getRootNode() as ShadowRoot).host ?? one;
    const { left, top } = place.getBoundingClientRect();
    const moved = new CSSStyleSheet();
    moved.replaceSync(
      `html body #${place.id} { margin: ${40 + whole(top + scrollY)}px 0 40px ${whole(left + scrollX)}px !important; }`,
    );
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, moved];
  });
  return element.screenshot({ animations: 'disabled', caret: 'hide' });
}

/** Compares two pictures on a blank page. */
export function compare(blank: Page, first: Buffer, second: Buffer): Promise<Difference> {
  return blank.evaluate(
    async (both) => {
      const read = async (encoded: string): Promise<ImageData> => {
        const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const paper = new OffscreenCanvas(image.width, image.height).getContext('2d');
        if (paper === null) throw new Error('no canvas');
        paper.drawImage(image, 0, 0);
        return paper.getImageData(0, 0, image.width, image.height);
      };
      const [a, b] = await Promise.all([read(both[0]), read(both[1])]);
      const sizes: [string, string] = [`${a.width}x${a.height}`, `${b.width}x${b.height}`];
      let points = 0;
      let at: [number, number] | null = null;
      const end = Math.min(a.data.length, b.data.length);
      const [wholeA, wholeB] = [new Uint32Array(a.data.buffer), new Uint32Array(b.data.buffer)];
      for (let n = 0; n < end; n += 4) {
        if (wholeA[n / 4] === wholeB[n / 4]) continue;
        const isOther = [0, 1, 2].some(
          (channel) => Math.abs((a.data[n + channel] ?? 0) - (b.data[n + channel] ?? 0)) > 8,
        );
        if (!isOther) continue;
        points += 1;
        at ??= [(n / 4) % a.width, Math.floor(n / 4 / a.width)];
      }
      return { sizes, points, at };
    },
    [first.toString('base64'), second.toString('base64')] as const,
  );
}
