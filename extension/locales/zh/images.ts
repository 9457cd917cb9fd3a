/** Words of images of an entry. */
import type { ImageProblem } from '../../device/image.ts';

/** Why a file became no image. */
const file: Readonly<Record<ImageProblem, string>> = {
  LARGE: '超过50MB，没有打开。请先缩小。',
  HEIC: '这个浏览器打不开HEIC。请在手机上存成JPEG再加。',
  UNREADABLE: '不是能读的图片，或文件坏了。可用JPEG、PNG、WebP。',
  DENSE: '压不到1MB以内。请先裁小。',
};

/** Why a command refused. */
const problem = {
  TOO_MANY: '一条最多20张图片。',
  ALT_MISSING: '写一句图里是什么。不要这张图，请点移除。',
};

export const images = {
  title: '图片',
  add: '加图片',
  addHint: '可拖入、可粘贴；拍摄地点等信息不会留下',
  dropHere: '松开就加到这一条',
  alt: '图里是什么',
  altHint: '一句话，写了才算加上',
  waits: (count: number) => `${count}张还没有说明，没有写进这一条`,
  working: (at: number, total: number) => `正在处理第${at}张，共${total}张`,
  stop: '停下',
  stopped: (left: number) => `已停下，还有${left}张没有处理。`,
  file,
  fileProblem: (name: string, sentence: string) => `${name}：${sentence}`,
  problem,
  earlier: '往前移',
  later: '往后移',
  remove: '移除',
  removed: (alt: string) => `已移除“${alt}”`,
  enlarge: (alt: string) => `放大：${alt}`,
  noAlt: '还没有说明',
  elsewhere: '图片在另一台设备上，还没有取到',
  fetch: '取图片',
  heldStay: '暂不公开的图片只留在这台设备和备份里。',
};
