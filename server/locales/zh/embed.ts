/** Words of `sundial embed` and of the page that writes the snippet, in Chinese; the source of the catalogue. */
import type { Facts, FindingCode } from '../../embed/finding.ts';

export const embedWords = {
  lang: 'zh-CN',
  usage: `用法：sundial embed 地址 [--element feed|diary|carousel|thread|draw|rates|ticket|comments] [--draw 抽签] [--unit 单位]
               [--thread 脉络] [--lang zh-CN|en] [--theme plain|uswds|govuk|dsfr] [--div] [--json]
      sundial embed --check 网页 [--json]

第一种打印要复制到网页里的代码：脚本带版本和校验值，两把钥匙读自该地址的 index.json。
  --div    用于会删去生僻标签的编辑器
第二种打开一个已经上线的网页，说出哪里用不了：内容安全策略、旧脚本、校验值、旧钥匙、属性。
  退出码：0 没有问题；1 有读者看得到的问题；3 能用，但有可以改好的；2 打不开或用法不对`,
  noTree: {
    NO_ANSWER: (address: string): string => `${address} 没有读到 index.json。请写日晷服务器或公开文件夹的地址。`,
    ODD: (address: string): string => `${address} 的 index.json 不是日晷的格式。`,
  },
  noScript: (tree: string): string => `${tree} 旁边没有脚本。请把 dist/widget 里的几个文件放到它的上一级目录。`,
  needs: (element: string, attribute: string): string => `${element} 还要写 --${attribute}。`,
  unpinned: '存证日志还没有开始，没有钥匙可以固定。等组织部门登记以后再取一次代码。',
  comparePins: '钥匙是从服务器上读来的。上线以前，请和组织部门当面给的核对：',
  pageTrouble: {
    NO_ANSWER: (address: string): string => `${address} 连不上。`,
    TIMEOUT: (address: string): string => `${address} 15秒没有答复。`,
    TOO_LARGE: (address: string): string => `${address} 超过5 MB，没有看。`,
    STATUS: (address: string, status: number): string => `${address} 答复${status}，看不到网页。`,
  },
  looked: (address: string, scripts: number, elements: number): string =>
    `${address} 有脚本${scripts}处、元素${elements}处。`,
  fine: '没有发现问题。',
  level: { broken: '要改', weak: '可改' },
  at: (line: number): string => (line === 0 ? '' : `第${line}行 `),
  finding: {
    PAGE_HTTP: () => '网页不是 https，浏览器不让核验，读者看到的是“没有核验”。把网页换成 https。',
    MIXED_CONTENT: ({ address }) => `网页是 https，${address} 却是 http，浏览器会拦下。把它也换成 https。`,
    SCRIPT_MISSING: () => '没有找到日晷的脚本。照 sundial embed 打印的第一行加上。',
    SCRIPT_TWICE: ({ address, value }) => `脚本有两个地址：${value} 和 ${address}。只留新的一个。`,
    SCRIPT_NO_ANSWER: ({ address, value }) => `脚本 ${address} 取不到（${value || '地址不对'}）。`,
    SCRIPT_TYPE: ({ address, value }) =>
      `脚本 ${address} 的类型是“${value}”，浏览器不运行。让服务器答 text/javascript。`,
    SCRIPT_CORS: ({ address }) => `脚本 ${address} 在另一台主机，没有 Access-Control-Allow-Origin，浏览器不运行。`,
    SCRIPT_OLD: ({ address, value, wanted }) => `脚本是${value}版，已有${wanted}版：${address}。校验值要一起换。`,
    INTEGRITY_MISSING: ({ wanted }) => `脚本没有校验值。加上 integrity="${wanted}" crossorigin。`,
    INTEGRITY_WRONG: ({ value, wanted }) => `校验值和文件不符，浏览器不运行。现在是${value}，文件是${wanted}。`,
    INTEGRITY_MOVES: ({ address }) => `${address} 会随版本变，带校验值下次更新就用不了。改用带版本号的文件。`,
    CROSSORIGIN_MISSING: () => '脚本在另一台主机，带校验值就要写 crossorigin，否则浏览器不运行。',
    CSP_NO_SCRIPTS: () => '内容安全策略的 sandbox 不准运行脚本。加上 allow-scripts。',
    CSP_SCRIPT: ({ address, wanted }) => `内容安全策略不准运行 ${address}。在 script-src 加上 ${wanted}。`,
    CSP_CONNECT: ({ address, wanted }) => `内容安全策略不准读取 ${address}。在 connect-src 加上 ${wanted}。`,
    CSP_TRUSTED_TYPES: ({ wanted }) => `内容安全策略不准建立名为 sundial 的 Trusted Types 策略。改成 ${wanted}。`,
    CSP_PARTS: ({ wanted }) =>
      `内容安全策略只认这一个脚本，它的部件（留言、脉络、轮播、核验细节等）载入不了。在 script-src 加上 ${wanted}。`,
    ELEMENT_MISSING: () => '没有找到日晷的元素。照 sundial embed 打印的第二行加上；由程序插入的，本命令看不到。',
    ELEMENT_UNKNOWN: ({ name }) => `没有 ${name} 这种元素。`,
    ELEMENT_OPEN: ({ name }) => `${name} 没有结束标签，后面的网页都被装进去，不再显示。补上结束标签。`,
    ATTRIBUTE_MISSING: ({ name, value }) => `${name} 缺少 ${value}。`,
    ATTRIBUTE_WRONG: ({ name, value }) => `${name} 的 ${value} 不对，或没有这一个。`,
    ATTRIBUTE_UNKNOWN: ({ name, value }) => `${name} 不认识 ${value}，写了也没有用。`,
    TREE_NO_ANSWER: ({ address }) => `${address} 读不到 index.json。`,
    TREE_ODD: ({ address }) => `${address} 的 index.json 不是日晷的格式。`,
    TREE_CORS: ({ address }) => `${address} 在另一台主机，没有 Access-Control-Allow-Origin: *，浏览器读不到。`,
    PIN_MISSING: ({ name, value, wanted }) =>
      `${name} 没有固定 ${value}，读者看到的是“没有固定核验钥匙”。核对以后加上 ${value}="${wanted}"。`,
    PIN_WRONG: ({ name, value, wanted }) => `${name} 的 ${value} 和日志的钥匙都不符，核验不会通过。现在的是${wanted}。`,
    PIN_OTHER: ({ name, value }) => `${name} 的 ${value} 不是现在的钥匙：换钥匙完成以后删掉。`,
  } satisfies Record<FindingCode, (facts: Facts) => string> as Record<FindingCode, (facts: Facts) => string>,
  page: {
    title: '放进网页',
    lead: '选好要放的内容，就看得到真的样子和要复制的代码。',
    other: 'English',
    element: '放什么',
    elements: {
      feed: '日记列表',
      diary: '一篇日记',
      carousel: '轮播',
      thread: '脉络',
      draw: '抽签',
      rates: '办理数字',
      ticket: '凭回执查办理',
      comments: '一篇日记的留言',
    },
    diary: '哪一篇',
    unit: '单位',
    anyUnit: '全部单位',
    thread: '哪一条脉络',
    anyThread: '全部脉络',
    lang: '文字',
    langs: { '': '随网页', 'zh-CN': '中文', en: 'English' },
    theme: '外观',
    themes: { none: '本来的样子', plain: '普通政务网页', uswds: 'USWDS', govuk: 'GOV.UK', dsfr: 'DSFR' },
    scheme: '明暗',
    schemes: { light: '浅色', dark: '深色' },
    schemeHint: '元素跟随网页的 color-scheme，代码里不用写。',
    show: '更新',
    preview: '实际样子',
    snippet: '要复制的代码',
    forDiv: '编辑器会删去生僻标签时用这一段',
    copy: '复制',
    copyOf: (name: string): string => `复制：${name}`,
    copied: '已复制。',
    notCopied: '没有复制成。请选中代码自己复制。',
    updated: '代码和样子已更新。',
    asking: '正在取代码。',
    missed: '服务器没有答复，代码和样子还是上一次的，先不要复制。网络好了按“更新”。',
    compare: '两把钥匙是这台服务器说的。上线以前，请和组织部门当面给的核对。',
    noScript: '脚本还没有构建，先运行 npm run build。',
    policy: '网页有内容安全策略时，加上这几项（trusted-types 只在原来就有时加）',
    check: '上线以后检查一遍',
  },
};

export type EmbedWords = typeof embedWords;
