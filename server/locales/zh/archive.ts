/** README.txt of a year's archive, in Chinese; the source of the catalogue. */

export interface ArchiveFacts {
  readonly name: string;
  readonly year: string;
  readonly origin: string;
  readonly vkey: string;
  readonly organiser: string;
  readonly size: number;
  readonly root: string;
  readonly diaries: number;
  readonly draws: number;
  /** Name and address of the terms of reuse; null where nothing is said of them. */
  readonly licence: string | null;
}

export const archiveReadme = (at: ArchiveFacts): string => `${at.name} ${at.year}年度工作日记归档

内容：${at.diaries}篇晒出的日记，${at.draws}次抽签，存证日志的前${at.size}条。
没有抽中的日记和暂不公开的文字不在里面，日志里只有它们的摘要。
${at.licence === null ? '' : `使用许可：${at.licence}\n`}
核验
  sundial verify 这个文件夹 --vkey '${at.vkey}' --organiser '${at.organiser}'
  不用日晷：sha256sum -c tagmanifest-sha256.txt manifest-sha256.txt，再照 HOW-TO-CHECK.md 做。
  封存、日志、抽签的全部格式，供另写程序：FORMAT.md（英文）。
  两行公钥应与移交清单上的一致。清单上还应有 tagmanifest-sha256.txt 的 SHA-256。
  几个年度一起核验时加 --seen 文件，从早到晚，可以看出日志只增不改。

文件
  manifest-sha256.txt      data/ 里每个文件的 SHA-256
  tagmanifest-sha256.txt   其余文件的 SHA-256
  bag-info.txt             来源、日期、总量（BagIt，RFC 8493）
  data/archive.json        年份、公钥、日志的条数和根
  data/d/                  日记，网页，可直接打开和打印
  data/draw/               每次抽签，每篇日记的核验材料
  data/blob/               图片，文件名是 SHA-256
  data/data/               表格：diaries.csv、diaries.json
  data/checkpoint data/tile/   存证日志，C2SP tlog-tiles 格式
  data/index.json data/feed/   目录

日志  ${at.origin}
条数  ${at.size}
根    ${at.root}
`;
