/** Words about the checkpoint keys and `sundial log-key`, in Chinese; the source of the catalogue. */
import type { KeyProblem } from '../../log/key-trouble.ts';

const trouble: Readonly<Record<KeyProblem['code'], (at: string, more: string) => string>> = {
  FILE_OPEN: (path, mode) => `${path} 里的秘密别人也能读（权限 ${mode}）。请先 chmod 600 ${path}，再启动。`,
  FILE_NO_KEY: (path) => `${path} 不是这里要用的私钥。请换回原来的文件。`,
  VKEY_INVALID: (text, origin) =>
    `SUNDIAL_LOG_VKEY 里的 ${text} 不是 ${origin} 的公钥。请用 sundial log-key vkey 文件 算出来。`,
  P256_MISSING: () => 'SUNDIAL_LOG_VKEY 里没有 P-256 公钥，读者无从核验。请写上一个。',
  COMMAND_FAILED: (command, more) => `签名命令没有给出正确的签名：${command}（${more}）。日志没有动，修好后再试。`,
  KEY_GONE: (id) =>
    `日志最新一条是钥匙 ${id} 签的，这里没有它，新钥匙与它同签也不满60天。请把它放回 keys/，否则固定了它的网页都会报“存证日志的签名不对”。`,
};

export const logKey = {
  usage: `用法：sundial log-key              看现在用哪些钥匙
      sundial log-key next         造一把新钥匙，与旧的同时签名
      sundial log-key retire       新旧同签满60天后，停用旧的
      sundial log-key vkey 文件    从公钥文件（PEM）算出 vkey，填入 SUNDIAL_LOG_VKEY
退出码：0 完成，1 没有做，2 用法、配置或钥匙不对`,
  trouble,
  key: (vkey: string, since: string | null): string =>
    `${vkey}\n  ${since === null ? '最新一条还没有它的签名' : `${since} 起每一条都有它的签名`}`,
  twoAlready: '已经有两把钥匙在同时签名。请先停用旧的，再换下一把。',
  made: (pins: string): string =>
    `新钥匙已经造好，已公开的内容都补签了。下面两步现在就做：
1. 重启每一个服务进程，使新写入的也由两把钥匙同签。
2. 60天内，把嵌入网页的 vkey 改成（两个，中间一个空格）：
   vkey="${pins}"
满60天后运行 sundial log-key retire。`,
  tooEarly: (days: number, since: string | null): string =>
    since === null
      ? '不能停用：最新一条还没有新钥匙的签名。请确认每个服务进程都已重启，60天后再来。'
      : `不能停用：从 ${since} 起才每一条都有两把钥匙的签名，还差${days}天。`,
  nothingToRetire: '只有一把钥匙，没有可停用的。请先运行 sundial log-key next。',
  byHand: '旧钥匙在签名命令里：从 SUNDIAL_LOG_VKEY 里去掉它，再重启，即为停用。',
  retired: (paths: string, pins: string): string =>
    `旧钥匙已停用，移到：
${paths}
请重启每一个服务进程，然后销毁它。网页上今后只需：
   vkey="${pins}"`,
  noPublicKey: (path: string): string => `${path} 不是 P-256 或 Ed25519 的公钥（PEM）。`,
};

export type LogKeyWords = typeof logKey;
