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

/** The page; without a log yet the widget shows its own empty state, unpinned. */
export function portalPage({ name, demo, script, integrity, vkey, organiser }: PortalValues): string {
  const title = escapeHtml(name);
  const pins = organiser === null ? '' : ` vkey="${escapeHtml(vkey)}" organiser="${escapeHtml(organiser)}"`;
  const guard = integrity === null ? '' : ` integrity="${integrity}" crossorigin`;
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>主要负责人工作日记 - ${title}</title>
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
<p class="crumb">当前位置：首页 &gt; 政务公开 &gt; 工作日记</p>
<div class="main">
<aside class="side"><h2>政务公开</h2><ul>
<li><a href="#main">机构职能</a></li><li><a href="#main">规划计划</a></li><li><a href="#main" aria-current="page">工作日记</a></li><li><a href="#main">财政信息</a></li><li><a href="#main">依申请公开</a></li>
</ul></aside>
<main class="article" id="main">
<h1>主要负责人工作日记</h1>
<p>每周抽签，抽到哪篇晒哪篇。您可以核验、留言、反映问题，办理结果在原条目下公开。</p>
<sundial-feed src="/public/"${pins} lang="zh-CN"></sundial-feed>
<noscript><p>您的浏览器没有运行脚本。请看<a href="/public/feed.atom">日记清单</a>，每一篇都有纯文字版。</p></noscript>
</main>
</div>
</div>
<footer class="foot">主办：${title}${demo ? ' · 演示网站' : ''}</footer>
</body>
</html>
`;
}
