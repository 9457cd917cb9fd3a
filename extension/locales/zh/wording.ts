/** Words of the term base, secrecy words, names of people, the check list before the seal. */
const kind = { alias: '规范用语：', name: '遮去姓名：' };

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
  threadHint: '脉络名，回车加上',
  dropThread: (name: string) => `去掉脉络“${name}”`,
  correct: '更正…',
  corrected: '更正后的内容',
  saveCorrection: '存为更正',
  correctionGoes: (week: string) =>
    `原来的一条照旧公开，注明已更正；更正作为新的一条记入${week}，随那一周封存，用时以更正为准。`,
  correctElsewhere: '要更正，请在封存这一周的设备上操作。',
  correction: '更正',
  wasCorrected: '已更正',
  toCorrection: '看更正',
  check: {
    look: '去看',
    nth: (at: number, of: number) => `（${at}/${of}）`,
    pair: (original: string, instead: string) => `${original}→${instead}`,
    quoted: (word: string) => `“${word}”`,
    unsent: (count: number) => `${count}条还没有送达，送达后才能封存`,
    uncategorised: (count: number) => `${count}项没有类别：`,
    noSecrecy: '没有涉密提示词',
    secrecy: (count: number) => `${count}处涉密提示词：`,
    noAliases: '没有别称',
    aliases: (count: number) => `${count}处别称：`,
    noNames: '没有要遮的人名',
    names: (count: number) => `${count}处没有职务的人名：`,
    noOverlaps: '没有两件事同时',
    overlaps: (count: number) => `${count}处两件事同时：`,
    noBlanks: '没有半小时以上的空白',
    blanks: (count: number, duration: string) => `${count}段空白，共${duration}：`,
    drafts: (count: number) => `${count}处草稿还没有保存，不会封进去：`,
    hold: (ground: string, basis: string) => `${ground}，依据${basis}`,
    late: (late: number, corrections: number) =>
      [late === 0 ? '' : `${late}条补录`, corrections === 0 ? '' : `${corrections}条更正`].filter(Boolean).join('，'),
    secrecyRead: (words: string) => `这些词都看过了，不涉密：${words}`,
    secrecyUnread: '请先逐处看过。涉密的内容请删去，不涉密的勾上。',
  },
};
