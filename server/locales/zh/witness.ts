/** Words of `sundial witness`, in Chinese; the source of the catalogue. */
import type { WitnessProblem } from '../../../shared/api/witness.ts';
import type { WitnessKeyProblem } from '../../witness/key.ts';

const refusals: Readonly<Record<WitnessProblem, string>> = {
  WITNESS_UNKNOWN: '对方的配置里还没有这把公钥。请把上面的 vkey 交给对方，写进 sundial.config.json 的 witnesses。',
  HEAD_UNKNOWN: '对方说没有这一条。',
  SIGNATURE: '对方说签名与那一条对不上：对方手里的日志与展示的不同。',
  CLOCK: '两边的时钟相差超过10分钟。请校准本机时钟。',
  OLDER: '对方已有本旁证更新的签名。是否有另一个进程在用同一把钥匙？',
};

const keyProblems: Readonly<Record<WitnessKeyProblem, (file: string) => string>> = {
  KEY_FILE_OPEN: (file) => `${file} 别人也能读。请先 chmod 600 ${file}。`,
  KEY_FILE_DAMAGED: (file) => `${file} 不是旁证的钥匙。请换回原来的文件，或另指一个。`,
  NAME_INVALID: () => '名称里不能有空格和加号，最多100个字符。',
};

export const witness = {
  usage: `用法：sundial witness 网址 --vkey 公钥 [--name 名称] [--key 文件] [--state 文件] [--every 秒] [--once]

网址是对方服务器的地址（https://diary.example），公钥是对方存证日志的 vkey，可写两个，用空格隔开。
  --name    读者看到的旁证名称，例如 archive.example；第一次运行时定下，默认是本机名
  --key     本旁证的钥匙，默认 witness.key，没有就造一把
  --state   记住签过的最新一条，默认 witness.json；丢了它，日志改写就可能看不出来
  --every   每隔几秒看一次，默认60，最长86400（一天）
  --once    只看一次

退出码：0 已签或正常停止；1 日志被改写过；2 用法不对或文件不能用；3 （--once）这一次没有签成。`,
  own: (vkey: string): string => `本旁证的公钥（交给对方，也请登在自己的网站上）：\n${vkey}`,
  keyProblem: keyProblems,
  named: (file: string, name: string): string =>
    `${file} 里的钥匙名叫 ${name}，这次仍用这个名称。要换名称，请用 --key 另造一把。`,
  noVkey: (text: string): string =>
    `“${text}” 不是存证日志的公钥，也许少抄了字符：公钥自带校验。请从对方公布的地方再抄一次。`,
  signed: (size: number): string => `已见证到第${size}条。`,
  known: (size: number): string => `没有新的，已见证到第${size}条。`,
  refused: (size: number, reason: string): string =>
    `第${size}条没有收下（${reason}）。${new Map(Object.entries(refusals)).get(reason) ?? ''}`,
  older: (size: number, signed: number): string =>
    `对方展示到第${size}条，比已见证的第${signed}条旧，可能是缓存。这次不签。`,
  unsigned: '对方给的不是这把公钥签的日志。这次不签。请核对 --vkey 和网址。',
  empty: '对方的日志还没有开始。',
  damaged: (file: string): string => `${file} 坏了，或不是旁证写下的。为免对同一条签两次，现在停下。请从备份恢复。`,
  running: (file: string): string =>
    `另一个 sundial witness 正在用 ${file}。一把钥匙、一份记录只能有一个旁证进程；请先停下那一个，或用 --key 和 --state 另指一套。`,
  rewritten: (signed: number, file: string): string =>
    `！！存证日志被改写过！！已见证的第${signed}条与对方现在展示的日志对不上。本旁证不签，也不再继续。两份日志头已存为 ${file}，各带对方的签名，任何人都能核对。请妥善保存并公开。`,
  away: (why: string, seconds: number): string => `连不上（${why}），${seconds}秒后再试。`,
  awayOnce: (why: string): string => `连不上（${why}）。`,
};

export type WitnessWords = typeof witness;
