/** Words of `sundial init` in Chinese; the source of the catalogue. */
import type { AnswerProblem, Question } from '../../init/questions.ts';

const question: Readonly<Record<Question, string>> = {
  name: '1/5 机构名称（中文 / 英文，只写一个则两处同用）',
  address: '2/5 公开网址（大家输入的网址；存证日志以它命名，以后不能改）',
  zone: '3/5 时区',
  database: '4/5 数据库（回车用内置的；或 postgres://用户:密码@主机/库）',
  pages: '5/5 嵌入日晷的网页来源（几个之间用逗号；回车表示还没有）',
};
const problem: Readonly<Record<AnswerProblem, string>> = {
  NAME_EMPTY: '名称不能为空。请写机构名称，如：晴湖区 / Qinghu District',
  NAME_LONG: '名称太长，每种语言最多60字。请写简称。',
  ADDRESS_UNREADABLE: '这不是网址。请写成 https://diary.example.gov.cn',
  ADDRESS_WITH_PATH: '只要协议、域名和端口，后面不带路径。请写成 https://diary.example.gov.cn',
  ZONE_UNKNOWN: '没有这个时区。请写成 Asia/Shanghai 这样的名称。',
  DATABASE_UNREADABLE: '这不是 PostgreSQL 地址。请写成 postgres://用户:密码@主机/库，或直接回车用内置的。',
  PAGE_UNREADABLE: '有一个不是网址。请写成 https://www.example.gov.cn，几个之间用逗号。',
};

export const init = {
  usage: `sundial init [--yes] [--name 中文/English] [--address URL] [--zone Z] [--database URL] [--pages URL,URL]
  没有配置时：问五个问题，写下 sundial.config.json 和 sundial.env（权限0600，地址与密码在这里），再给出第一张邀请。
  已有配置时：只给出第一张邀请（日志开始之前可以反复运行）。已有的文件从不改写。
  --yes  没有给出的都用默认值，不提问
退出码：0 给出了邀请，1 日志已经开始，2 用法、配置或回答不对
`,
  defaultName: '本单位 / Our office',
  question,
  prompt: (question: string, fallback: string): string => `${question}${fallback === '' ? '' : ` [${fallback}]`}：`,
  problem,
  unreachable: (why: string): string => `连不上这个数据库（${why}）。请检查地址、密码和防火墙，或先建好库。`,
  ended: '没有答完，什么也没有写。可以在终端里运行 sundial init，或用 --yes 和各个选项。',
  exists: (path: string): string =>
    `已有配置 ${path}，不改写。要改请直接编辑它；只要邀请请运行不带选项的 sundial init。`,
  taken: (path: string): string => `${path} 已经有了，不改写。请先移走它，再运行 sundial init。`,
  written: (config: string, environment: string): string =>
    `已写下：\n  ${config}\n  ${environment}（权限0600，地址与密码在这里，请勿外传）`,
  invitation: (until: string): string => `这是组织部门的第一张邀请，${until} 前有效。`,
  next: (environment: string): string => `下一步：
  1. ${environment}npm run -s sundial -- serve     启动服务
  2. 在浏览器扩展里粘贴上面的邀请，存证日志就此开始
单位、任职、类别等在扩展的“组织设置”里添加。`,
  begun: '存证日志已经开始，请由组织部门在扩展里邀请。',
};

export type InitWords = typeof init;
