/** Words of `sundial export`, in Chinese; the source of the catalogue. */

export const exportWords = {
  usage: `用法：sundial export 文件夹 [--json]
      sundial export --archive 年份 文件夹 [--json]

把公开的文件写进文件夹，可以放到任何网站。只写有变化的，已经撤下的会删掉。
  --archive  写一个年度的归档：日记、抽签、图片、存证日志、公钥和每个文件的 SHA-256，
             不靠本系统也能核验。年份按抽签那一周所在的年。文件夹须是空的或还没有。
  --json     输出 JSON
退出码：0 已写好，2 用法或配置不对，或者写不成`,
  done: (files: number, written: number, removed: number, folder: string): string =>
    `${folder} 共${files}个文件，写入${written}个，删除${removed}个。`,
  archived: (year: string, files: number, bytes: number, folder: string): string =>
    `${folder} ${year}年度归档，${files}个文件，${bytes}字节。`,
  archivedWhat: (diaries: number, draws: number, leaves: number): string =>
    `${diaries}篇日记、${draws}次抽签、${leaves}条存证。`,
  notOver: (year: string): string =>
    `${year}年还没有结束，后面的不在里面。这一年最后一周抽签、晒出以后，请再写一份，移交那一份。`,
  deed: '移交清单请写上下面三行，日后用它们核验：',
  archiveProblem: {
    NOT_EMPTY: (folder: string): string => `${folder} 不是空的。请换一个文件夹。`,
    YEAR_EMPTY: (_: string, year: string): string => `${year}年没有抽签，不用归档。`,
    BUSY: (): string => '写归档的时候存证日志一直在变，没有写成。请过一会儿再试。',
  },
  behind:
    '这里的存证日志比外面见过的短，没有导出任何东西：要靠一份较长的公开树副本来接上。请找到副本，停下服务器，运行 sundial restore --seen 副本。',
  foreign: (folder: string, example: string): string =>
    `${folder} 里有别的文件（${example}），占着公开树的位置，会被当成已经撤下的删掉，所以什么也没有写。请用一个新的或空的文件夹。`,
  running: (folder: string): string => `另一个 sundial export 正在写 ${folder}。这一个什么也没有写；请等那一个做完。`,
  writing: (files: number): string => `已处理${files}个文件`,
};

export type ExportWords = typeof exportWords;
