/** Words of `sundial export`, in Chinese; the source of the catalogue. */

export const exportWords = {
  usage: `用法：sundial export 文件夹 [--json]

把公开的文件写进文件夹，可以放到任何网站。只写有变化的，已经撤下的会删掉。`,
  done: (files: number, written: number, removed: number, folder: string): string =>
    `${folder} 共${files}个文件，写入${written}个，删除${removed}个。`,
  writing: (files: number): string => `已处理${files}个文件`,
};

export type ExportWords = typeof exportWords;
