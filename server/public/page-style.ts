/** Style of the plain page: a newspaper that can be printed (look.md 2, 4, 5, 7), without script and without outside files. */
export const pageStyle = `
:root{color-scheme:light dark;--paper:#fff;--sunk:#f5f5f2;--line:#dddcd6;--ink:#1b1c1e;--ink-2:#494b4f;--ink-3:#67696d;--accent:#1c4f91;
--collective:#2460a8;--focused:#b88100;--one-to-one:#4d1f63;--emergency:#bb3410;--neutral:#85868a;--held:#6f7075;--amber:#855300;
--hei:"PingFang SC","HarmonyOS Sans SC","MiSans","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC","Segoe UI",Roboto,sans-serif;
--song:"Songti SC","STZhongsong","Source Han Serif SC","Noto Serif SC","Noto Serif CJK SC",var(--hei);
--code:ui-monospace,"SF Mono",Menlo,Consolas,"Noto Sans Mono CJK SC",monospace}
@media (prefers-color-scheme:dark){:root{--paper:#17181a;--sunk:#202225;--line:#383a3e;--ink:#ececea;--ink-2:#bfc0c2;--ink-3:#9b9da1;--accent:#8fb8ee;
--collective:#4d8bd8;--focused:#ecc65f;--one-to-one:#dcc8f8;--emergency:#e0603a;--neutral:#8d8f94;--held:#a2a4a8;--amber:#e6b45a}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/26px var(--hei);text-autospace:normal;text-spacing-trim:trim-start;
line-break:strict;overflow-wrap:anywhere;-webkit-text-size-adjust:100%}
main{max-width:760px;margin:0 auto;padding:24px 16px 48px}
h1,h2,h3,p,ol,ul,dl,dd,figure{margin:0;padding:0}ol,ul{list-style:none}
a{color:var(--accent);text-underline-offset:3px}:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
time,.num,table{font-variant-numeric:tabular-nums lining-nums}.nb{white-space:nowrap}
.meta{font-size:13px;line-height:20px;color:var(--ink-3)}
.kicker{display:flex;flex-wrap:wrap;gap:2px 12px;font-size:14px;line-height:22px;color:var(--ink-2)}
.demo{font-size:12px;line-height:18px;color:var(--ink-3);border:1px solid var(--line);border-radius:2px;padding:0 6px;align-self:center}
h1{font:700 28px/40px var(--song);margin-top:4px;text-wrap:balance}.byline{font-size:14px;line-height:22px;color:var(--ink-2);margin-top:4px}
.hours{margin-top:24px;border-top:2px solid var(--ink);padding-top:8px}.hours strong{font:700 24px/34px var(--hei)}
.hours-top,.day-head{display:flex;flex-wrap:wrap;align-items:baseline;gap:0 16px}
.bar,.strip{display:block;width:100%;overflow:visible}.bar{height:20px;margin-top:8px}.strip{height:30px;margin-top:6px}
.strip text{font:11px/1 var(--hei);fill:var(--ink-3)}.base,.tick{stroke:var(--line)}
.collective{fill:var(--collective)}.focused{fill:var(--focused)}.oneToOne{fill:var(--one-to-one)}.emergency{fill:var(--emergency)}
.neutral{fill:var(--paper);stroke:var(--neutral);stroke-width:1.5}.held{fill:url(#held);stroke:var(--held)}
.p{stroke:var(--paper);fill:none}.pd{fill:var(--paper)}.ph{stroke:var(--held)}
h3{font:600 16px/26px var(--hei)}h3:not(.review *){margin-top:24px}h2+h3:not(.review *){margin-top:12px}table+.meta,section>p+.meta{margin-top:16px}section>h2+p{margin-top:8px}
.hours>.meta,.facts+.meta{margin-top:10px}table{border-collapse:collapse;width:100%;font-size:14px;line-height:22px;margin-top:8px}
th{text-align:start;font-weight:400;color:var(--ink-3)}th,td{padding:5px 8px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}
td.n,th.n{text-align:end;white-space:nowrap;padding-inline-end:0}
section{margin-top:36px}footer{margin-top:36px;border-top:1px solid var(--line);padding-top:8px}.day-head{border-top:2px solid var(--ink);padding-top:8px}h2{font:700 20px/30px var(--song)}
h2 small{font:400 14px/30px var(--hei);color:var(--ink-2);margin-inline-start:8px}.day-head .meta{margin-inline-start:auto}
.entry,.review{padding:14px 0;border-top:1px solid var(--line)}.strip+.items>:first-child,.day-head+.items>:first-child{border-top:0}
.when{display:flex;flex-wrap:wrap;align-items:center;gap:0 8px;font-size:13px;line-height:20px;color:var(--ink-2)}
.when time{font-weight:600;color:var(--ink)}
.cat{display:inline-flex;align-items:center}.mark{display:inline-grid;place-items:center;width:20px;height:20px;border:1.5px solid;border-radius:2px;font:600 12px/1 var(--hei);margin-inline-end:6px;flex:none}
.m-collective{color:var(--collective)}.m-oneToOne{color:var(--one-to-one);border:3px double}.m-emergency{color:var(--emergency);border-width:2.5px}
.m-focused{color:var(--amber);border-color:var(--focused);border-radius:50%}.m-neutral,.m-held,.m-none{color:var(--ink-3);border-style:dashed}
.text{font-size:17px;line-height:30px;margin-top:2px;white-space:pre-wrap;text-wrap:pretty}
.more{display:grid;grid-template-columns:minmax(3.6em,max-content) 1fr;gap:4px 8px;margin-top:8px}
.more dt{font-size:13px;line-height:26px;color:var(--ink-3)}.more dd{white-space:pre-wrap}.think{font-family:var(--song)}
.review h3{font:600 14px/30px var(--hei)}.review.whole{display:block}.review .text{font-family:var(--song)}
.unsealed{margin-top:16px;border:1px solid var(--amber);border-radius:4px;padding:8px 12px;font-size:14px;line-height:22px}.unsealed b{color:var(--amber)}
.withheld{margin-top:6px;border:1px dashed var(--held);border-radius:4px;padding:10px 12px 10px 22px;
background:linear-gradient(var(--paper),var(--paper)) 10px 0/100% 100% no-repeat,repeating-linear-gradient(135deg,var(--held) 0 1px,transparent 1px 5px)}
.withheld b{font-weight:600}.withheld p{font-size:13px;line-height:20px;color:var(--ink-2)}
figure{margin-top:8px}img{max-width:100%;height:auto;display:block}figcaption{font-size:13px;line-height:20px;color:var(--ink-3);margin-top:4px}
.facts{display:grid;grid-template-columns:auto 1fr;gap:4px 14px;font-size:14px;line-height:22px;padding-top:12px}.facts dt{color:var(--ink-3)}
code{font:12px/18px var(--code);overflow-wrap:anywhere}pre{background:var(--sunk);padding:10px 12px;border-radius:4px;white-space:pre-wrap;margin:8px 0 0}
@media (max-width:520px){h1{font-size:24px;line-height:34px}}
@media (min-width:640px){.entry,.review:not(.whole){display:grid;grid-template-columns:164px minmax(0,1fr);column-gap:20px}
.when{align-content:flex-start;gap:0 6px}.when time{flex-basis:100%;font-size:14px;line-height:30px}.text{margin-top:0}.withheld{margin-top:0}}
@media print{:root{color-scheme:light;--paper:#fff;--ink:#000;--ink-2:#222;--ink-3:#444;--accent:#000}body{font-size:13px;line-height:21px}
main{max-width:none;padding:0}.text{font-size:13px;line-height:22px}.entry,.review,.withheld{break-inside:avoid}h2{break-after:avoid}@page{size:A4;margin:18mm}}
@media (forced-colors:active){.collective,.focused,.oneToOne,.emergency{fill:CanvasText}}
`;
