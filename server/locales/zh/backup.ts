/** `sundial backup` 与 `sundial restore` 的词句。 */
import type { BackupCode } from '../../backup/trouble.ts';

const trouble: Readonly<Record<BackupCode, (at: string) => string>> = {
  CLOSED: (at) => `打不开 ${at}：口令不对，或文件不是备份、开头已损坏。请核对口令，或换一份备份。`,
  DAMAGED: (at) => `备份不完整或被改动（${at}）。什么也没有恢复，请换一份备份。`,
  NEWER: (at) => `这份备份由更新的版本 ${at} 写成。请用那个版本或更新的版本恢复。`,
  EXISTS: (at) => `${at} 已经存在，不会覆盖。请换一个文件名，或用 --keep N 指定文件夹。`,
  UNREADABLE: (at) => `读不到 ${at}。请检查路径和权限。`,
  UNWRITABLE: (at) => `写不了 ${at}。没有留下半份备份；请腾出空间或检查权限后再试。`,
  PASSPHRASE_MISSING: (at) => `没有口令。请把口令写进只有本用户可读的文件，用 ${at} 指明；或在终端里运行。`,
  PASSPHRASE_GONE: (at) =>
    `没有口令文件 ${at}。请建好这个文件（只有本用户可读），或改正 SUNDIAL_BACKUP_PASSPHRASE_FILE。`,
  PASSPHRASE_ODD: (at) =>
    `口令里有照着纸上打不出来的字符：字节序标记、换行、首尾空格或别的编码。备份没有写。请把 ${at} 指明的文件存成不带 BOM 的 UTF-8，只有一行口令。`,
  PASSPHRASE_SHORT: (at) => `口令至少 ${at} 个字符，例如五个随意的词。`,
  PASSPHRASE_DIFFERS: () => '两次输入的口令不一样。请再来一次。',
  RUNNING: (at) => `另一个 sundial restore 正在往 ${at} 里恢复。这一个什么也没有动；请等那一个做完。`,
  FOLDER_FULL: (at) => `数据文件夹 ${at} 不是空的。恢复只写进空文件夹：请先把里面的东西移走。`,
  DATABASE_FULL: (at) => `数据库不是空的（${at}）。恢复只写进空数据库：请新建一个，或移走原来的文件。`,
  LOG_WRONG: (at) => `备份里的存证日志核验不通过（位置 ${at}）。什么也没有恢复，请换一份备份。`,
  KEY_WRONG: (at) =>
    `日志 ${at} 的最新日志头不是备份里的钥匙签的。钥匙若在签名机里，请照原服务器设置 SUNDIAL_LOG_SIGNER 和 SUNDIAL_LOG_VKEY。`,
  CONFIG_WRONG: (at) => `备份里的配置与现在的环境变量合不上（${at}）。请照原服务器设置环境变量。`,
  COUNT_WRONG: (at) => `数据库与备份清单不符（${at}）。什么也没有恢复，请换一份备份。`,
  AUDIT_WRONG: (at) => `审计记录的链条断在第 ${at} 行。什么也没有恢复，请换一份备份，并告知监督人员。`,
  SEEN_MISSING: () =>
    '备份之后，日志可能又长了，外面的人见过。请用 --seen 指明一份较新的公开树（网址或文件夹）、日志头文件或旁证的 witness.json；确信没有任何人见过更新的日志头，才用 --unseen。',
  SEEN_UNREADABLE: (at) => `${at} 里没有这个日志的有效日志头，或内容与它的日志头不符。请换一个来源。`,
  SEEN_AWAY: (at) => `读不到 ${at}：没有这个文件，或者网址没有回应。请看路径或网址对不对，再试一次；什么也没有改动。`,
  SEEN_UNBEGUN: (at) =>
    `${at} 的日志还没有开始，没有日志头可看。若此后也没有登记过组织部门的钥匙，请改用 --unseen；否则请换一个较新的来源。`,
  SEEN_OTHER: (at) =>
    `${at} 里的日志与备份里的不是同一条：两边都有签名，其中一边被改写过。请勿启动服务器，告知监督人员。`,
};

export const backup = {
  usage: `sundial backup FILE
sundial backup --keep N FOLDER
  口令取自 SUNDIAL_BACKUP_PASSPHRASE_FILE 指明的文件，或在终端输入。服务器可以照常运行。
  --keep N   写进文件夹，文件名带时间，只留最新 N 份
  --json     一行 JSON
退出码：0 已写好，1 没有写成，2 用法、配置或口令文件不对`,
  restoreUsage: `sundial restore FILE (--seen SOURCE … | --unseen)
sundial restore --check FILE
sundial restore --seen SOURCE
  写进空的数据文件夹和空数据库（SUNDIAL_DATA、DATABASE_URL）。
  --seen SOURCE  备份之后外面见过的日志：公开树的网址或文件夹、日志头文件、旁证的 witness.json
  --unseen       没有任何人见过比备份更新的日志头
  --check FILE   只核验，不写进任何地方
  没有 FILE 时，把已恢复的服务器的日志接到 SOURCE 那么长
  --json         一行 JSON
退出码：0 完成，1 没有做，2 用法、配置或口令文件不对，3 完成，但日志还缺几条`,
  prompt: '备份口令：',
  promptAgain: '再输一次：',
  reading: (table: string, rows: number) => `${table}：${rows} 行`,
  made: (path: string, bytes: number, rows: number, leaves: number, keys: number) =>
    `已写好 ${path}：${bytes} 字节，${rows} 行，日志 ${leaves} 条，钥匙 ${keys} 个。`,
  noKeys: '备份里没有钥匙文件：钥匙在签名机里，请另行备份。',
  dropped: (names: readonly string[]) => `已删除旧备份：${names.join('、')}`,
  proved: (at: string, rows: number, leaves: number, seals: number, audit: number, keys: number) =>
    `已核验 ${at} 的备份：${rows} 行逐表点过；存证日志 ${leaves} 条，每个日志头和签名都重新算过；封存 ${seals} 份；审计 ${audit} 行首尾相接；钥匙 ${keys} 个。`,
  carried: (leaves: number) => `日志从公开副本接上了 ${leaves} 条。`,
  missing: (leaves: number) =>
    `外面见过的日志比这里长 ${leaves} 条，那些条目还没有找到。服务器可以启动，草稿照常同步，但在接上之前不签日志、不出日志头。找到公开树的副本后运行：sundial restore --seen SOURCE`,
  epoch: (epoch: number) => `新纪元 ${epoch}：各设备下次同步时会把服务器忘掉的重新送来。`,
  reached: '日志已经接上，可以继续签了。',
  trouble,
};

export type BackupWords = typeof backup;
