/** Copies a published diary as an article, for the editor of a public account or of any content system. */
import { useState } from 'preact/hooks';
import { Refusal } from '../../../shared/api/refusal.ts';
import { fromUtf8 } from '../../../shared/base/bytes.ts';
import { Button } from '../../components/button.tsx';
import { useWords } from '../../locales/use-words.ts';
import { publicBytes } from '../../remote/client.ts';
import { useAct } from '../use-act.ts';
import { type ArticleParts, articleParts } from './article-parts.ts';

export function CopyArticle({ draw, unit }: { readonly draw: string; readonly unit: string }) {
  const words = useWords();
  const text = words.comments.diaries;
  const [copied, setCopied] = useState(false);
  const { busy, problem, act } = useAct();
  return (
    <>
      <Button
        disabled={busy}
        onClick={() => {
          setCopied(false);
          void act(() => copyArticle(draw, unit)).then(setCopied);
        }}
      >
        {text.copyArticle}
      </Button>
      <span class="meta" role="status">
        {copied ? text.articleCopied : problem}
      </span>
    </>
  );
}

/** The clipboard is asked at once, while the click still counts; what it takes comes when it is read. Throws where the diary is not there. */
async function copyArticle(draw: string, unit: string): Promise<void> {
  const parts = readArticle(draw, unit);
  const blob = async (type: string, of: (parts: ArticleParts) => string): Promise<Blob> =>
    new Blob([of(await parts)], { type });
  const item = new ClipboardItem({
    'text/html': blob('text/html', ({ html }) => html),
    'text/plain': blob('text/plain', ({ text }) => text),
  });
  // What was wrong with the reading says more than the clipboard's own refusal of it.
  await Promise.all([parts, navigator.clipboard.write([item])]);
}

async function readArticle(draw: string, unit: string): Promise<ArticleParts> {
  const bytes = await publicBytes(`article/${draw}/${unit}.html`);
  const page = bytes === null ? null : fromUtf8(bytes);
  const parts = page === null ? null : articleParts(page, (html) => new DOMParser().parseFromString(html, 'text/html'));
  if (parts === null) throw new Refusal('NOT_FOUND');
  return parts;
}
