/** Words of the page at `/`, in Chinese; the source of the catalogue. */
export const portal = {
  lang: 'zh-CN',
  demo: '演示网站，单位和内容均为虚构（演示数据）',
  nav: '网站导航',
  diaries: '工作日记',
  diariesTitle: '主要负责人工作日记',
  diariesLead: '每周抽签，抽到哪篇晒哪篇。您可以核验、留言、反映问题，办理结果在原条目下公开。',
  draw: '日记抽签',
  drawTitle: '工作日记抽签',
  drawLead: '哪个单位的日记公开，由抽签决定。这里可以看名单、核对号码，把最近一签重抽一遍。',
  moderation: '留言审核公开',
  without: (link: string): string => `您的浏览器没有运行脚本。请看${link}，每一篇都有纯文字版。`,
  list: '日记清单',
  host: (organisation: string): string => `主办：${organisation}`,
  privacy: '个人信息处理告知',
};

export type PortalWords = typeof portal;
