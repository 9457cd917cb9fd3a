/** Words of `sundial verify`, in Chinese; the source of the catalogue. */
import { words as shared } from '../../../shared/locales/zh.ts';
import type { TreeFailureCode } from '../../public/verify-tree.ts';

const failure: Readonly<Record<TreeFailureCode, string>> = {
  ...shared.failure,
  LOG_INCOMPLETE: '存证日志没有取全',
  LIST_OMITS_SEAL: '名单漏了已封存的单位，或用了旧的封存',
  LIST_DUPLICATED: '同一次抽签有两份名单',
  DRAW_DUPLICATED: '同一次抽签有两个结果',
  DRAW_ABANDONED: '有名单没有结果就换了下一次',
  REST_WRONG: '轮播的休息名单不对',
  NONCE_OMITTED: '有单位交了随机数却没有用',
  KEY_HISTORY_CONFLICT: '有单位换了钥匙却没有说明',
  TREE_INCOMPLETE: '公开的文件缺失或格式不对',
  IMAGE_ALTERED: '图片与本人签名时不一致',
  IMAGE_MISSING: '图片没有取到',
  ARCHIVE_MALFORMED: '归档的清单或说明不合规范',
  ARCHIVE_ALTERED: '文件与归档清单不一致',
  ARCHIVE_INCOMPLETE: '归档清单上的文件没有了',
  ARCHIVE_SURPLUS: '归档里有清单上没有的文件',
};

export const verify = {
  usage: `用法：sundial verify 来源 --vkey 钥匙 --organiser 指纹 [--seen 文件] [--json]
      sundial verify --vectors 文件

来源是网址（https://…/public/）或文件夹（sundial export 写出的，或一个年度的归档）。
  --vkey       存证日志的公钥，可写两个，用空格隔开
  --organiser  组织部门第一把钥匙的编号，可写两个，用空格隔开
  --seen       记住上次看到的日志，下次核对它只增不改
  --json       输出 JSON
  --vectors    用一份测试数据核对本程序

退出码：0 全部通过；1 有一项不通过；2 用法不对或读不到；3 通过，但未固定钥匙。`,
  archive: ({ year, files, bytes }: { year: string | null; files: number; bytes: number }): string =>
    `${year ?? '年份不明'}${year === null ? '' : '年度'}归档，${files}个文件，${bytes}字节。`,
  imported: (diaries: number): string => `另有${diaries}篇从旧记录导入，未经封存：没有签名，无法核验。`,
  checked: (diaries: number, draws: number, leaves: number): string =>
    `核验了${diaries}篇日记、${draws}次抽签、${leaves}条存证。`,
  images: (images: number): string => `核对了${images}张图片。`,
  passed: '全部通过。',
  failed: (count: number): string => `${count}项不通过：`,
  failure,
  notice: shared.notice,
  notPinned: '未固定钥匙：只核对了内部是否一致。用到的钥匙如下，请从可信的地方核对，再用 --vkey 和 --organiser 固定。',
  awaited: (draw: string): string => `${draw} 已抽签，还没有晒出。`,
  reading: (leaves: number): string => `已读取${leaves}条存证`,
  verifying: (diaries: number): string => `已核验${diaries}篇日记`,
  again: (seconds: number): string => `有几处不对。也许读的时候正在更新，${seconds}秒后再读一遍：`,
  unreadable: (source: string): string => `读不到 ${source}。请检查网址或文件夹。`,
  noVkey: (text: string): string =>
    `“${text}” 不是存证日志的公钥，也许少抄了字符：公钥自带校验。请从原处再抄一次，两个之间用空格隔开。`,
  noKid: (text: string): string => `“${text}” 不是钥匙的编号（43个字符）。请从原处再抄一次。`,
  noTree: '来源里没有目录。请写公开文件的网址（https://…/public/）或 sundial export 写出的文件夹。',
  seenDamaged: (file: string): string => `${file} 不是 sundial verify 写下的文件。请换一个文件名。`,
};

export type VerifyWords = typeof verify;
