/** Words of the notice for readers, in Chinese; the source of the catalogue. */
import type { RetainedFrom, RetentionKind } from '../../retention.ts';

const kinds: Readonly<Record<RetentionKind, string>> = {
  originals: '没有遮过电话和证件号的留言原文（审核后即删，最迟到期）',
  refused: '没有公开或已撤下的留言：文字、昵称、申诉',
  mentions: '“日记里提到我”的说明和答复',
  contacts: '反映问题时留下的私人联系方式',
  identities: '登录身份（加密另存）',
  sessions: '登录会话',
  waves: '用来找出重复留言的指纹',
  repeats: '防止重复提交的记录',
  rates: '限制频率的计数',
  senders: '发帖、登录和输错回执时网络地址的加密摘要，只用于限制频率',
  tokens: '工作人员设备的登录凭据',
  images: '工作人员没有用上的图片',
  dossiers: '一把手的考核材料和本人的说明',
  notices: '发给工作人员的提醒记录',
  addresses: '离任工作人员的提醒邮箱',
};

const from: Readonly<Record<RetainedFrom, string>> = {
  written: '写下或上传起',
  decided: '审核决定起',
  answered: '答复起',
  ended: '工单办结起；没有立单的，从提交起',
  expired: '失效起',
  used: '最后一次起',
  sent: '发出起',
  left: '最后一台设备停用起',
};

export interface NoticeFacts {
  readonly organisation: string;
  readonly contact: string | null;
  readonly authority: string | null;
  /** Whether readers sign in; then for how many days the identity is kept. */
  readonly identityDays: number | null;
  /** Whether readers are known by a mobile number. */
  readonly byNumber: boolean;
  readonly backupDays: number;
}

export const privacy = {
  lang: 'zh-CN',
  title: '个人信息处理告知',
  who: '谁处理',
  whoText: ({ organisation, contact }: NoticeFacts): string =>
    `${organisation}是您个人信息的处理者。${contact === null ? '要查询、更正、删除或投诉，请找它的办公室。' : `联系方式：${contact}。`}`,
  what: '处理什么，为什么',
  whatList: ({ identityDays, byNumber }: NoticeFacts): readonly string[] => [
    '您写的文字、昵称、地点和照片：经您另外勾选同意后公开，并交承办单位办理。电话和证件号在公开前自动遮住。',
    '反映问题时自愿留下的电话或邮箱：只给承办这件工单的人看，每看一次都有记录；用来找您核实，不公开。',
    '“日记里提到我”的说明：只给保密审查人员看，不公开。',
    '举报留言时选的理由，和您浏览器里的一个随机号码的摘要：用来去掉重复的举报。',
    '回访时的评价和您说的话：用来判断办没办好。',
    '回执口令的摘要：凭口令认出是您本人，口令本身不在服务器上。',
    ...(identityDays === null
      ? []
      : [
          '您登录时的身份：和留言分开、加密保存，审核和承办的人都看不到；只有监督人员写明依据才能打开，每次都有记录。依据是法律对跟帖评论“后台实名”的要求。',
        ]),
    ...(byNumber ? ['您登录时填的手机号：为了发验证码，交给本单位委托的短信通道，只为这一条短信。'] : []),
  ],
  basis:
    '处理的依据是您的同意（《个人信息保护法》第十三条第一项），以及本机关履行法定职责的需要（第三项）。不同意公开，就不会公开；不留言也能看全部内容。',
  not: '不做什么',
  notList: [
    '不用Cookie，不装第三方脚本，不记您的网络地址，不做画像，也不用程序代替人作决定。',
    '不卖、不给广告商；承办单位以外的人看不到不公开的部分。',
    '信息存放在境内本单位的服务器上，不向境外提供。',
  ] as readonly string[],
  children: '未满十四周岁',
  childrenText: '提交前会问您是否已满十四周岁。未满的不要自己写，请父母或其他监护人来写。误收的，您说一声就删除。',
  keeping: '保存多久',
  keepingHead: ['什么', '多久', '从何时起'] as readonly string[],
  kinds,
  from,
  days: (days: number): string =>
    days === 0 ? '立即删除' : days < 1 ? `${Math.round(days * 24)}小时` : `${Math.round(days)}天`,
  keepingAfter: '公开的留言留到您撤回或要求删除为止。到期由程序自动删除。',
  rights: '您可以做什么',
  rightsList: [
    '查阅、复制：在“查办理进度”里填回执，点“导出我的数据”，得到一个文件，里面是回执下的全部内容。',
    '更正：等待审核时可以改。',
    '撤回同意：随时可以撤回，撤回前的公开不受影响。',
    '删除：填回执，点“删除我的数据”，立即删除，不需要说明理由。',
  ] as readonly string[],
  lost: '回执丢了，又没有登录，就认不出哪一条是您的；请写明哪一条、为什么，由审核人员处理。',
  complain: ({ authority }: NoticeFacts): string =>
    `认为处理不当，可以先找本单位，也可以向${authority ?? '履行个人信息保护职责的部门（网信部门）'}投诉、举报，或者向人民法院起诉。`,
  stays: '删除以后还会留下什么',
  staysList: ({ identityDays, backupDays }: NoticeFacts): readonly string[] => [
    '公开过的留言，原处留一行：什么时候由本人撤回。',
    '工单的经过：什么时候派给谁、怎么答复。您的原话、回访的话和双方的沟通都删除。',
    '操作记录：什么时候有人删除了一条留言，不写是谁、写了什么。',
    ...(identityDays === null ? [] : [`登录身份：法律要求留存，加密保存到${identityDays}天期满。`]),
    `备份：最多再留${backupDays}天，期间不用于别的。`,
  ],
  named: '日记里写到了您',
  namedText:
    '日记公开的是工作往来，没有担任公职的人名字会遮住。写到了您，您认为不妥，请在那一篇下面点“日记里提到我”，两个工作日内答复。',
};

export type PrivacyWords = typeof privacy;
