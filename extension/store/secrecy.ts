/** Words that hint at classified content. The editor warns before such a text is saved: 不得录入涉密内容 (quick-entry.md). */

/** Sensible default where the organisation configured none. */
export const secrecyWords: readonly string[] = [
  '绝密',
  '机密',
  '秘密级',
  '涉密',
  '密级',
  '内部掌握',
  '不得外传',
  '演习代号',
  '作战',
  '布防图',
  '密码电报',
  '机要件',
  '未公开敏感',
  'top secret',
  'classified',
];

/** The first listed word in a text, null where there is none. Full-width letters and case make no difference. */
export function secrecyWordIn(text: string, words: readonly string[] = secrecyWords): string | null {
  const read = text.normalize('NFKC').toLowerCase();
  return words.find((word) => read.includes(word.toLowerCase())) ?? null;
}
