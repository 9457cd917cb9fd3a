/** Words of `sundial audit`, in Chinese; the source of the catalogue. */
import type { ChainFault } from '../../../shared/proof/audit-chain.ts';

const faults: Readonly<Record<ChainFault['code'], (n: number, day: string) => string>> = {
  ROW_ALTERED: (n) => `第${n}条和它的哈希对不上：这一条或前一条被改过。`,
  ROW_MISSING: (n) => `第${n}条不见了。`,
  ANCHOR_DIFFERS: (n, day) => `到第${n}条为止，和${day}公开的哈希不同：那以后被改写过。`,
  ANCHOR_BEYOND: (n, day) => `${day}公开时有第${n}条，现在没有了。`,
};

export const audit = {
  usage: `用法：sundial audit [文件] [--anchors 来源] [--json]

核对审计记录：从第一条起逐条重算哈希，再和每天公开的哈希对。
  文件       审计页导出的 JSON（不带条件的全部）；不写就核对本机配置的数据库
  --anchors  另存的 audit.json，文件或网址。没有自己的一份，就只能和数据库里的对：
             能改数据库的人也能改它，所以请常存一份在别处
  --json     输出 JSON

退出码：0 对得上；1 有对不上的；2 用法不对或文件不能用。`,
  whole: (rows: number, anchored: number): string => `${rows}条都对得上，${anchored}个每日哈希也对得上。`,
  ownAnchors: '每日哈希取自同一个数据库。要证明没有被改写，请用别处另存的 audit.json：--anchors。',
  unlinked: (rows: number): string => `有${rows}条没有编进链里：不是本系统写的。`,
  fault: faults,
  unreadable: (name: string): string => `${name} 不能用。请换成审计页导出的 JSON，或服务器公开的 audit.json。`,
};

export type AuditWords = typeof audit;
