// @vitest-environment happy-dom
/** What the desk puts on the clipboard for an article. */
import { describe, expect, it } from 'vitest';
import { articleParts } from '../../extension/screens/diaries/article-parts.ts';

const parse = (html: string): Document => new DOMParser().parseFromString(html, 'text/html');

const page = `<!doctype html><html><body><p class="hint">点一下正文</p><main>
<section style="font-size:16px"><h1 style="margin:0">有“风”度</h1><p style="margin:0">9月14日 周一</p><p style="margin:0">听取渡口汇报，<br>看便桥</p></section>
</main></body></html>`;

describe('an article for the clipboard', () => {
  it('is the article with its inline looks, without the hint of the page', () => {
    const parts = articleParts(page, parse);
    expect(parts?.html).toBe(
      '<section style="font-size:16px"><h1 style="margin:0">有“风”度</h1><p style="margin:0">9月14日 周一</p><p style="margin:0">听取渡口汇报，<br>看便桥</p></section>',
    );
  });

  it('has the same words as plain text, line by line', () => {
    expect(articleParts(page, parse)?.text).toBe('有“风”度\n9月14日 周一\n听取渡口汇报，\n看便桥');
  });

  it('is nothing for another page', () => {
    expect(articleParts('<p>404</p>', parse)).toBeNull();
  });
});
