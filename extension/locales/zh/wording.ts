/** Words of the term base, secrecy words, names of people, the check list before the seal. */
const kind = { alias: '规范用语：', name: '没有职务的人，遮名字：' };

export const wording = {
  kind,
  proposals: '用语建议',
  whyMask: '没有职务的人，公开时不写全名。',
  adoptFor: (original: string, instead: string) => `采用“${instead}”，代替“${original}”`,
  spoken: (original: string, instead: string, digit: number | null) =>
    `“${original}”可写作“${instead}”${digit === null ? '' : `，按 Alt ${digit} 采用`}。`,
  rule: '不得录入涉密内容；不涉密请按',
  ruleEnd: '保存。',
  more: (count: number) => `还有${count}处`,
};
