/** Words of the page behind an invitation link, in Chinese; the source of the catalogue. */

export const enrol = {
  lang: 'zh-CN',
  title: '加入日晷',
  lead: '这是一条邀请链接。请在日晷扩展里打开它。',
  steps: [
    '安装日晷浏览器扩展。没有安装包时，请向发给您链接的组织部门索取。',
    '点开扩展，选“登记这台设备”。',
    '把浏览器地址栏里的整条链接（包括 # 后面的部分）复制，粘贴到扩展里。',
    '按扩展的提示，把指纹当面念给组织部门核对。',
  ] as readonly string[],
  note: '链接72小时内有效，只能用一次。# 后面的口令只留在您的浏览器里，打开本页时没有发给服务器；请不要转发。',
};
export type EnrolWords = typeof enrol;
