/** Words of the domain in Chinese, one for each code; the source of the catalogue. `en.ts` has the type of this file, so a code without
 *  words in every language does not compile. Each table is exported by itself, so that a reader's page carries only those it shows. */
import type { RefusalCode } from '../api/refusal.ts';
import type { CommentKind, CommentState, RejectionReason } from '../feedback/comment.ts';
import type { ResolutionKind, RootCause, TicketClock, TicketState } from '../feedback/ticket.ts';
import type { Role } from '../organisation/role.ts';

type Each<Code extends string> = Readonly<Record<Code, string>>;
export type Ground = 'state-secret' | 'trade-secret' | 'privacy';
export type Mode = 'collective' | 'focused' | 'oneToOne' | 'emergency' | 'neutral';
export type UnitKind = 'department' | 'functionalZone' | 'subdistrict' | 'soe' | 'institution';
export type Stage = 'frozen' | 'locked' | 'drawn' | 'published' | 'void';

const role: Each<Role> = {
  leader: '一把手',
  organiser: '组织部门',
  reviewer: '保密审查',
  moderator: '留言审核',
  handler: '承办',
  auditor: '监督',
};

export const unitKind: Each<UnitKind> = {
  department: '部门',
  functionalZone: '功能区',
  subdistrict: '街道',
  soe: '国有企业',
  institution: '事业单位',
};

export const mode: Each<Mode> = {
  collective: '集体性活动',
  focused: '静心思考',
  oneToOne: '一对一谈话',
  emergency: '应急值守',
  neutral: '不计入比例',
};

export const ground: Each<Ground> = { 'state-secret': '国家秘密', 'trade-secret': '商业秘密', privacy: '个人隐私' };

export const commentKind: Each<CommentKind> = {
  sympathy: '点赞鼓励',
  question: '咨询',
  suggestion: '建议',
  complaint: '意见',
  report: '问题反映',
};

export const commentState: Each<CommentState> = {
  waiting: '等待审核',
  published: '已公开',
  rejected: '未公开',
  withdrawn: '本人已撤回',
  removed: '已撤下',
};

export const rejection: Each<RejectionReason> = {
  abuse: '含辱骂',
  advertising: '商业广告',
  unverifiedAccusation: '指向个人且没有事实',
  privacy: '涉及他人隐私',
  offTopic: '与日记内容无关',
  duplicate: '与已有留言重复',
  classified: '可能涉密',
};

export const ticketState: Each<TicketState> = {
  registered: '已登记',
  assigned: '已派单',
  disputed: '派单异议',
  accepted: '已签收',
  inProgress: '办理中',
  extended: '已延期',
  onHold: '暂缓',
  replied: '已答复待回访',
  reopened: '重新办理',
  supervised: '督办',
  closedLoop: '已闭环',
  closedUnsolved: '未解决办结',
  referred: '转法定渠道',
  merged: '并案',
};

export const resolutionKind: Each<ResolutionKind> = {
  explained: '宣传解释',
  fixed: '整改办结',
  planned: '纳入计划',
  notFeasible: '暂不具备条件',
  notOurs: '非本单位职责',
};

export const rootCause: Each<RootCause> = {
  informationGap: '信息不对称',
  workGap: '工作考虑不周',
  groupMissed: '未照顾到某群体',
  external: '外部因素',
};

const clock: Each<TicketClock> = { standard: '一般', complex: '复杂', risk: '涉及人身财产安全' };

const stage: Each<Stage> = {
  frozen: '名单已锁定',
  locked: '等待作证',
  drawn: '已抽签',
  published: '已晒出',
  void: '作废',
};

/** Sentences for a person: what happened, then what to do. */
export const refusal: Each<RefusalCode> = {
  MALFORMED: '请求的格式不对，没有处理。请更新扩展后再试。',
  FIELD_INVALID: '有一项填写不合要求，没有提交。请按提示改好再提交。',
  TOKEN_MISSING: '还没有登录。请打开扩展重新连接。',
  TOKEN_EXPIRED: '登录已过期。扩展会自动重新登录，您写的都还在。',
  DEVICE_REVOKED: '这台设备已被停用。您写的都还在本机，可以导出；请联系组织部门。',
  DEVICE_PENDING: '组织部门还没有核对指纹。请把指纹当面念给组织部门，核对后自动启用。',
  ASSERTION_INVALID: '登录凭据没有通过。请检查本机时间后再试。',
  RECEIPT_INVALID: '编号或口令不对。请对照回执再填一次。',
  SIGN_IN_NEEDED: '这里要先登录才能提交，登录30分钟内有效。您写的都还在，请登录后再提交。',
  SIGN_IN_INVALID: '这次登录没有通过，或者已经过了时间。请重新登录。',
  NOT_AUTHOR: '只有本人能写自己的日志。',
  NOT_ALLOWED: '您的身份不能办这件事。',
  ORIGIN_REFUSED: '这个网页没有获准提交留言。请到官方页面提交。',
  NOT_FOUND: '没有找到。可能已经撤下，或地址不对。',
  EPOCH_CHANGED: '服务器恢复过数据，正在重新同步。您写的都还在。',
  SEAL_STALE: '封存前有改动没有同步。请再看一遍正文，重新封存。',
  WEEK_SEALED: '这一周已经封存。要改，请先重新打开。',
  WEEK_FROZEN: '候选名单已锁定，这一周不能再改。可在本周写一条更正。',
  NOT_SEALED: '这一周还没有封存。',
  VERSION_STALE: '别人刚刚处理过。请看过最新的情况再决定。',
  MOVE_NOT_ALLOWED: '现在这一步不能这样办。请看可以走的下一步。',
  OUT_OF_ORDER: '还没到这一步。请先完成前面的步骤。',
  ALREADY_DONE: '已经办过了，没有重复办理。',
  LOG_ABSENT: '存证日志还没有开始。请先由组织部门启用第一台设备。',
  RECORD_REFUSED: '签名的内容没有通过核对，没有写入存证日志。',
  SCHEMA_TOO_OLD: '扩展版本太旧。请更新扩展；您写的都还在，更新后会送达。',
  INVITATION_INVALID: '邀请链接不对、已用过或已过期。请向组织部门要一个新的。',
  GONE: '这个版本已经不提供。',
  BATCH_TOO_BIG: '一次送的太多，正在分批重送。',
  TOO_LARGE: '内容太大，没有提交。请缩短文字或压缩图片。',
  ENCODING_REFUSED: '服务器不收压缩过的内容，没有提交。请更新扩展或页面后重试。',
  IDEMPOTENCY_REUSED: '同一次提交的内容变了。请重新提交。',
  RATE_LIMITED: '提交得太快。您写的都还在，请稍后再试。',
  INTERNAL: '服务器出了故障，没有办成。您写的都还在，请稍后再试。',
  UNAVAILABLE: '服务器暂时不能用。您写的都还在，请稍后再试。',
};

/** Failures of a reader's check (verification.md 9). */
export const failure = {
  BUNDLE_MALFORMED: '核验材料不完整',
  CHECKPOINT_INVALID: '存证日志的签名不对',
  LOG_REWRITTEN: '存证日志被改写过',
  NOT_IN_LOG: '这份材料不在存证日志里',
  KEY_NOT_VALID: '签名人的钥匙未登记或已作废',
  SIGNATURE_INVALID: '签名不对',
  TEXT_ALTERED: '正文与本人签名时不一致',
  DIARY_INVALID: '日记的格式不合规范',
  HOLD_INVALID: '不公开的理由或办理人不合规',
  ENTRY_MISSING: '有条目被去掉且没有说明',
  LIST_INVALID: '候选名单不合规',
  SEAL_LATE: '封存晚于名单锁定',
  SEAL_NOT_LISTED: '展示的不是参加抽取的那一份',
  LIST_NOT_LOCKED: '不能证明名单先于开奖锁定',
  RANDOMNESS_INVALID: '随机数来源不对',
  DRAW_MISMATCH: '按公开算法重算，结果不符',
  NOT_DRAWN: '这一篇没有被抽中',
  DRAWN_NOT_PUBLISHED: '抽中的没有全部公开',
} as const;

/** Notices beside the tick (verification.md 9). */
const notice = {
  HELD_AFTER_SEAL: '封存后审查隐去',
  HELD_AFTER_DRAW: '抽中后才隐去',
  NONCE_NOT_REVEALED: '有单位未交随机数',
  LOCK_MINORITY: '见证不足半数',
  FROZEN_EARLY: '名单早于公布的截止时间锁定',
  DRAW_RERUN: '曾作废重抽',
  KEY_REPLACED: '换过钥匙',
  KIND_UNKNOWN: '有本页面不认识的条目',
  VALUE_TO_COMPARE: '请与官方开奖公告核对期号和号码',
  DRAND_UNCHECKED: '随机信标的签名没有核对',
} as const;

export const words = {
  role,
  unitKind,
  mode,
  ground,
  commentKind,
  commentState,
  rejection,
  ticketState,
  resolutionKind,
  rootCause,
  clock,
  stage,
  refusal,
  failure: failure as Each<keyof typeof failure>,
  notice: notice as Each<keyof typeof notice>,
};

export type Words = typeof words;
