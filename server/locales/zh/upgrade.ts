/** Words of `sundial upgrade` and of a start with an older or newer database, in Chinese; the source of the catalogue. */
import type { DatabaseProblem } from '../../database/trouble.ts';
import type { Upgraded } from '../../database/upgrade.ts';

export const upgrade = {
  usage: `sundial upgrade [--without-backup]
  把数据库升级到本版程序。内置数据库先在旁边留一份副本；PostgreSQL 须有24小时内的备份（sundial backup）。
  --without-backup  不查备份（另有快照时用）
退出码：0 已是最新或已升级，1 未升级，2 用法或配置不对
`,
  trouble: (problem: DatabaseProblem): string => {
    switch (problem.code) {
      case 'NEWER':
        return `数据库是更新的版本（${problem.at}），本程序只到 ${problem.own}，不能降级运行。请换回新版程序，或恢复升级前的备份。`;
      case 'BEHIND':
        return `数据库还在 ${problem.at}，本程序需要 ${problem.own}。请停掉所有服务进程，做好备份（sundial backup），再运行 sundial upgrade。`;
      case 'SERVED':
        return `另一个 sundial serve 正在 ${problem.at} 上运行，内置数据库只能有一个服务进程。请先停掉它再试；要多个服务进程，请用 PostgreSQL。`;
      case 'COPY_FAILED':
        return `升级前要留的副本 ${problem.copy} 没有留成（${problem.why}），数据库没有动。请腾出空间或改好权限，再启动。`;
      case 'UPGRADE_FAILED':
        return `从 ${problem.at} 升级没有成功，已全部撤回，数据仍是升级前的样子（${problem.why}）。请换回旧版程序，并把这句话告诉开发者。`;
      case 'UPGRADE_DAMAGED':
        return `从 ${problem.at} 升级后检查不符（${problem.what}），已全部撤回，数据仍是升级前的样子${problem.copy === null ? '' : `；另有升级前的副本：${problem.copy}`}。请换回旧版程序，并把这句话告诉开发者。`;
    }
  },
  unopened: {
    FULL: (said: string): string =>
      `磁盘满了（${said}）：数据所在的，或者要写进去的文件夹所在的（restore --check 用 TMPDIR）。已经收下的都还在；请腾出空间，再启动。`,
    UNWRITABLE: (said: string): string =>
      `数据所在的磁盘写不进去（${said}）。已经收下的都还在；请看磁盘是否变成只读、服务用户有没有写权限，再启动。`,
    BUSY: (said: string): string => `数据库正忙（${said}）。请看是否有别的程序占着它，过一会儿再启动。`,
    AWAY: (said: string): string => `数据库没有应答（${said}）。请看它是否在运行、DATABASE_URL 对不对，再启动。`,
    DAMAGED: (said: string): string =>
      `数据库文件坏了（${said}）。先把文件原样另存，再用 sundial restore 恢复最近的备份。`,
  },
  denied: (path: string, user: string): string =>
    `用户 ${user} 打不开 ${path}。数据文件夹里的文件都要归服务的用户所有（chown -R），命令也用这个用户运行；改好再启动。`,
  misplaced: (path: string, code: string): string =>
    `用不了 ${path}（${code}）。请看路径对不对，该是文件的是不是文件、该是文件夹的是不是文件夹。`,
  unlistened: (at: string, code: string): string => {
    if (code === 'EADDRINUSE')
      return `${at} 已经有别的程序在用，也许是另一个 sundial serve。请停掉它，或用 PORT 换一个端口。`;
    if (code === 'EACCES') return `这个用户不能用 ${at}。请用 PORT 换一个1024以上的端口，由反向代理转过来。`;
    return `用不了 ${at}（${code}）。请看 HOST 是不是这台机器的地址，PORT 对不对。`;
  },
  done: ({ from, to, copy, leaves, audited }: Upgraded): string =>
    `数据库已从 ${from} 升级到 ${to}，检查无误：日志${leaves}条、审计${audited}条都在${copy === null ? '' : `；升级前的副本：${copy}`}。`,
  current: (at: string): string => `数据库已是最新（${at}），不用升级。`,
  noBackup: (at: string | null): string =>
    `${at === null ? '没有备份的记录' : `最近一次备份记的是 ${at}，不在这24小时之内`}。请先 sundial backup；另有快照时用 --without-backup。`,
  others: (count: number): string => `注意：还有${count}个连接在用这个数据库。请先停掉所有服务进程，旧程序不认得新表。`,
};

export type UpgradeWords = typeof upgrade;
