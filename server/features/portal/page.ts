/** HTML of the portal page: values in, text out. */
import { escapeHtml } from '../../public/html.ts';

export interface PortalValues {
  readonly name: string;
  readonly demo: boolean;
  readonly script: string;
  /** `sha384-…` of the script, null where the widget is not built. */
  readonly integrity: string | null;
  readonly vkey: string;
  readonly organiser: string | null;
}

interface PortalSection {
  readonly heading: string;
  readonly lead: string;
  readonly element: string;
  /** Further attributes. */
  readonly more: string;
  readonly without: string;
}

const sections = {
  diaries: {
    heading: '主要负责人工作日记',
    lead: '每周抽签，抽到哪篇晒哪篇。您可以核验、留言、反映问题，办理结果在原条目下公开。',
    element: 'sundial-feed',
    more: ' draws="/draw"',
    without: '您的浏览器没有运行脚本。请看<a href="/public/feed.atom">日记清单</a>，每一篇都有纯文字版。',
  },
  draw: {
    heading: '工作日记抽签',
    lead: '哪个单位的日记公开，由抽签决定。这里可以看名单、核对号码，把最近一签重抽一遍。',
    element: 'sundial-draw',
    more: '',
    without: '您的浏览器没有运行脚本。请看<a href="/public/feed.atom">日记清单</a>，每一篇都有纯文字版。',
  },
} satisfies Record<string, PortalSection>;

/** The page with the feed, or with the newest draw; without a log yet the widget shows its own empty state, unpinned. */
export function portalPage(
  { name, demo, script, integrity, vkey, organiser }: PortalValues,
  section: keyof typeof sections = 'diaries',
): string {
  const { heading, lead, element, more, without } = sections[section];
  const here = (one: keyof typeof sections): string => (one === section ? ' aria-current="page"' : '');
  const title = escapeHtml(name);
  const pins = organiser === null ? '' : ` vkey="${escapeHtml(vkey)}" organiser="${escapeHtml(organiser)}"`;
  const guard = integrity === null ? '' : ` integrity="${integrity}" crossorigin`;
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${heading} - ${title}</title>
<link rel="stylesheet" href="/portal.css">
<link rel="icon" href="/mark.svg">
<script type="module" src="${script}"${guard}></script>
</head>
<body>
<header class="top"><div class="inner"><strong>${title}管理委员会</strong>${demo ? '<small>演示网站，单位和内容均为虚构（演示数据）</small>' : ''}</div></header>
<nav class="nav" aria-label="网站导航"><ul>
<li><a href="#main">首页</a></li><li><a href="#main" aria-current="page">政务公开</a></li><li><a href="#main">办事服务</a></li><li><a href="#main">互动交流</a></li>
</ul></nav>
<div class="inner">
<p class="crumb">当前位置：首页 &gt; 政务公开 &gt; ${heading}</p>
<div class="main">
<aside class="side"><h2>政务公开</h2><ul>
<li><a href="#main">机构职能</a></li><li><a href="#main">规划计划</a></li><li><a href="/"${here('diaries')}>工作日记</a></li><li><a href="/draw"${here('draw')}>日记抽签</a></li><li><a href="/public/moderation.html">留言审核公开</a></li><li><a href="#main">财政信息</a></li><li><a href="#main">依申请公开</a></li>
</ul></aside>
<main class="article" id="main">
<h1>${heading}</h1>
<p>${lead}</p>
<${element} src="/public/"${pins}${more} lang="zh-CN"></${element}>
<noscript><p>${without}</p></noscript>
</main>
</div>
</div>
<footer class="foot">主办：${title}${demo ? ' · 演示网站' : ''} · <a href="/privacy">个人信息处理告知</a></footer>
</body>
</html>
`;
}
