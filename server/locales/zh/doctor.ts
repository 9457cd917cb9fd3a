/** Words of `sundial doctor`, in Chinese; the source of the catalogue. */
import type { Check, Code, Level } from '../../doctor/finding.ts';
import type { JobState } from '../../jobs/state.ts';

type Fact = string | number;

const said: Readonly<Record<Code, (a: Fact, b: Fact, c: Fact) => string>> = {
  DISK_OK: (gb) => `数据所在的盘还有 ${gb} GB。`,
  DISK_LOW: (gb) => `数据所在的盘只剩 ${gb} GB。请清理或换一块大的盘；升级前的副本和备份也要占地方。`,
  DISK_FULL: (gb) =>
    `数据所在的盘快满了，只剩 ${gb} GB，随时可能写不进去。请马上腾出地方：旧备份、升级前的副本（sundial.sqlite.before-…）、系统日志，或者换一块大的盘。`,
  FILES_OK: (limit) => (limit === 0 ? '这个系统不限打开的文件数。' : `最多可打开 ${limit} 个文件。`),
  FILES_FEW: (limit) => `最多只能打开 ${limit} 个文件，读者一多就会连不上。请在服务单元里设 LimitNOFILE=65536。`,
  DATABASE_OK: (kind) => `${kind} 打得开。`,
  DATABASE_AWAY: (why) => `数据库打不开（${why}）。请看它在不在运行，DATABASE_URL 和 SUNDIAL_DATA 写得对不对。`,
  DATABASE_REFUSED: (code) => `PostgreSQL 不接受这个用户名或密码（${code}）。请核对 DATABASE_URL 和 pg_hba.conf。`,
  DATABASE_UNKNOWN: (code) =>
    `PostgreSQL 里没有 DATABASE_URL 写的这个库（${code}）。请核对库名；新装的先建库（createdb），丢了的用 sundial restore 从备份恢复到新建的空库。`,
  DATABASE_MISSING: (path) =>
    `没有数据库文件 ${path}。新装的请运行 sundial init；不是新装的，请核对 SUNDIAL_DATA 和 DATABASE_URL，文件真丢了就用 sundial restore 从备份恢复。`,
  DATABASE_DENIED: (path) =>
    `这个用户不能读写 ${path}。数据文件夹里的文件都要归服务的用户所有（chown -R），命令也用这个用户运行。`,
  DATABASE_DAMAGED: (what) => `数据库文件坏了：${what}。请停下服务器，另存这个文件，再用 sundial restore 从备份恢复。`,
  TABLES_OK: (at) => `表的版本 ${at}，和程序一致。`,
  TABLES_BEHIND: (at, own) => `表的版本是 ${at}，程序要 ${own}。请运行 sundial upgrade。`,
  TABLES_NEWER: (at, own) => `表已经升级到 ${at}，程序只到 ${own}。请装回新的程序，不要用旧的。`,
  TABLES_NONE: () => '库里还没有表。请运行 sundial init。',
  KEYS_OK: (ids) => `存证日志的钥匙在，签得出来：${ids}。`,
  KEYS_NONE: (folder) =>
    `${folder} 里没有存证日志的钥匙。新装的请运行 sundial init；不是新装的，请马上从备份里取回，不要另做一把。`,
  KEYS_DENIED: (path) =>
    `这个用户读不了 ${path}。数据文件夹里的文件都要归服务的用户所有（chown -R），命令也用这个用户运行。`,
  KEYS_WRONG: () => '钥匙不能用。',
  LOG_OK: (size) => `${size}条，最新的根和签名都对。要从头重算请加 --whole。`,
  LOG_WHOLE: (size, seals, rows) => `${size}条从头重算都对，封存${seals}次、审计${rows}条也都对得上。`,
  LOG_NONE: () => '还没有开始。',
  LOG_BEHIND: (size, seen) =>
    `这里有${size}条，外面见过${seen}条：接上之前不签日志、不出日志头。请找到较新的公开树副本，停下服务器，运行 sundial restore --seen 副本。`,
  LOG_WRONG: (at) =>
    `存证日志对不上：${at}。请停下服务器，不要再写；用 sundial restore --check 看备份，再决定恢复到哪一份。`,
  SHOWN_OK: (size) => `公开地址上是${size}条，和这里一致。`,
  SHOWN_NONE: () =>
    '公开地址上没有日志头（/public/checkpoint），读者核验不了。请看服务器在不在运行，反向代理和 CDN 放不放行 /public/。',
  SHOWN_OLD: (shown, size, minutes) =>
    `公开地址上还是${shown}条，这里已有${size}条，迟了 ${minutes} 分钟：读者看到的是旧的，已暂不公开的可能还在。请清掉反向代理或 CDN 的缓存，让它最多存一分钟（docs/deploy/nginx.conf）。`,
  SHOWN_OTHER: (shown, size) =>
    `公开地址上的日志头（${shown}条）不在这个库里（${size}条）：不是公开地址接到了另一台服务器，就是这个库旧了或被改过。请停下服务器，核对域名；确是这个库旧了，照 docs/for-operators.md“Restore”接上。`,
  CLOCK_OK: (seconds) => `和公开地址的钟差 ${seconds} 秒。`,
  IMAGES_OK: (count) => `${count}张图片都在。`,
  IMAGES_WRONG: (count, names) =>
    `${count}张图片丢失或损坏（${names}），读者看不到。请停下服务器，用 sundial restore 从有这些图片的备份恢复；用 --seen 接上备份之后的日志。`,
  CLOCK_OFF: (seconds) =>
    `和公开地址的钟差 ${seconds} 秒，设备会登录不上。请打开时间同步（timedatectl set-ntp true）。`,
  CLOCK_BEHIND: (seconds) => `日志里最新的一条比现在还晚 ${seconds} 秒：这台机器的钟慢了。请先校时，再写任何东西。`,
  CLOCK_ALONE: () => '没有别的钟可以比：公开地址没有应答。',
  CLOCK_FREE: () =>
    '这台机器没有和别的钟校时，会慢慢走偏，设备就登录不上。请打开时间同步（timedatectl set-ntp true）。',
  ADDRESS_OK: (address) => `${address} 有应答，是这套日志。`,
  ADDRESS_AWAY: (address, why) => `${address} 没有应答（${why}）。请看服务器在不在运行、反向代理和域名对不对。`,
  ADDRESS_OTHER: (address, origin) => `${address} 应答的是另一套日志（${origin}）。请核对域名和 SUNDIAL_ISSUER。`,
  WIDGET_OK: (name) => `${name} 和这里装的一样。`,
  WIDGET_AWAY: (address, why) => `${address} 取不到（${why}），网页上什么也不显示。升级后请重启服务器；再看反向代理。`,
  WIDGET_OTHER: (address) =>
    `${address} 和这里装的不一样，写了校验值的网页不运行它。请重启服务器，并清掉反向代理或 CDN 里的这个文件。`,
  CERTIFICATE_OK: (days) => `还有 ${days} 天。`,
  CERTIFICATE_SOON: (days) => `只剩 ${days} 天。请续期，并看自动续期为什么没有做。`,
  CERTIFICATE_OVER: (days) => `已过期 ${days} 天，浏览器都不接受。请马上续期，并看自动续期为什么没有做。`,
  CERTIFICATE_WRONG: (why, days) =>
    `浏览器不会接受（${why}，还有 ${days} 天）。请换成这个域名的证书，并带上中间证书；由本单位自己的机构签发的，用 NODE_EXTRA_CA_CERTS 指明它的根证书再看。`,
  CERTIFICATE_NONE: () => '公开地址不是 https：读者的浏览器不能核验，口令会被人看见。请配上证书。',
  BACKUP_OK: (days) => `最近一份在 ${days} 天前，钥匙都在里面。`,
  BACKUP_NONE: () => '还没有备份。请运行 sundial backup，并设成每天做。',
  BACKUP_OLD: (days) => `最近一份已是 ${days} 天前的。请看定时任务为什么没有做，先手工做一份。`,
  BACKUP_AHEAD: (moment) =>
    `最近一份记的时间是 ${moment}，还没有到：不是这台机器的钟现在慢了，就是做它时快了，它到底多旧不知道。请先核对时钟，再做一份。`,
  BACKUP_KEYS: (names) => `这些钥匙不在最近的备份里：${names}。丢了就再也找不回来，请马上运行 sundial backup。`,
  JOBS_OK: (count) => `${count}项定时任务都按时做了。`,
  JOBS_NONE: () => '还没有服务器做过定时任务。请启动 sundial serve。',
  JOBS_LATE: (names) => `这些任务到时没有做：${names}。请看服务器在不在运行；逐项看 sundial doctor --jobs。`,
  JOBS_FAILING: (names) =>
    `这些任务接连失败：${names}。原因在服务器的日志里；从什么时候起、几次，看 sundial doctor --jobs。`,
  NOTICES_OK: (count) => (count === 0 ? '没有积压。' : `${count}条正在发。`),
  NOTICES_STUCK: (count, minutes) => `${count}条发不出去，最早的等了 ${minutes} 分钟。请看邮件服务器和 webhook。`,
  NOTICES_GIVEN_UP: (count) => `${count}条已经放弃。sundial notices 列出原因，加 --retry 重发。`,
  MAIL_OK: () => '邮件服务器接受登录。',
  MAIL_OFF: () => '没有设邮件服务器，工作人员收不到邮件提醒。',
  MAIL_AWAY: (why) => `邮件服务器不接受（${why}）。请核对 SUNDIAL_SMTP_URL。`,
};

const check: Readonly<Record<Check, string>> = {
  disk: '磁盘',
  files: '文件数',
  database: '数据库',
  tables: '表',
  keys: '钥匙',
  log: '存证日志',
  shown: '对外日志',
  images: '图片',
  clock: '时钟',
  address: '公开地址',
  widget: '脚本',
  certificate: '证书',
  backup: '备份',
  jobs: '定时任务',
  notices: '提醒',
  mail: '邮件',
};

const level: Readonly<Record<Level, string>> = { ok: '好　', warn: '注意', fail: '要办' };

const jobState: Readonly<Record<JobState['state'], string>> = {
  ok: '好　　　',
  running: '在做　　',
  late: '到时没做',
  failing: '接连失败',
  new: '没做过　',
};

const time = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000', '');

export const doctor = {
  usage: `用法：sundial doctor [--whole | --jobs] [--json]

看一遍这套系统，逐项说怎么办；什么也不改，服务器开着关着都行。
  --whole  存证日志和审计记录从第一条起重算，图片逐张核对
  --jobs   只看定时任务：每项什么时候到时，上次何时做成，失败几次，为什么
  --json   输出 JSON

退出码：0 都好；1 有要注意的；2 有要办的，或者配置不对。`,
  check,
  level,
  said,
  job: ({ name, state, everySeconds, due, lastOk, lastError, lastErrorAt, attempts }: JobState): string =>
    [
      `${jobState[state]} ${name}：每${everySeconds}秒`,
      ...(due === null ? [] : [`到时 ${time(due)}`]),
      ...(lastOk === null ? [] : [`上次做成 ${time(lastOk)}`]),
      ...(attempts === 0 ? [] : [`此后试了${attempts}次`]),
      ...(lastError === null ? [] : [`最近一次失败 ${time(lastErrorAt ?? 0)}（${lastError}）`]),
    ].join('，'),
  end: (count: number): string => (count === 0 ? '都好。' : `${count}项要看。`),
};
export type DoctorWords = typeof doctor;
