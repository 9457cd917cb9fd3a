/** Words of the browser around it: its store page, menus, shortcuts, managed settings. */

/** What the manifest shows; the build writes them into `_locales` (wxt.config.ts). */
export const manifest = {
  name: '日晷 Sundial',
  shortName: '日晷',
  description: '一行写一条工作日志，每周本人签名封存；抽中的原样晒出，读者的话有回音。',
  openWeek: '打开本周',
  openPanel: '打开侧边栏',
};

export const shell = {
  logSelection: '记到日晷',
  omniboxHint: '记一条：8:30-10:00 做了什么',
  omniboxReads: (span: string, text: string) => `${span} ${text}，回车保存`,
  omniboxAsks: '读不全，回车到侧边栏接着写',
  omniboxSaved: (span: string) => `已存本机：${span}`,
  shortcuts: '键盘操作',
  shortcutsHint: '在输入框外按 ? 随时打开这张表',
  everywhere: '在浏览器里',
  everyPage: '每一页',
  inAddressBar: '在地址栏打 log 和空格，再写一行',
  openPopup: '打开日晷',
  openWeek: '打开本周',
  openPanel: '打开侧边栏',
  thisSheet: '打开这张表',
  leave: '关闭对话框、名单',
  unset: '没有设，可在浏览器的扩展快捷键里设',
  managed: '由单位统一设置，不能在这里改',
  managedServer: (server: string) => `服务器由单位统一设置：${server}。只填邀请码也行。`,
  serverLocked: '这个链接是别的服务器的。请用本单位的邀请链接，或找管理电脑的人。',
};
