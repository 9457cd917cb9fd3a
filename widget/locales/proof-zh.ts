/** Words of the opened check in Chinese; they load with it. `proof-en.ts` has the type of this file. */
export const proofWords = {
  witness: (name: string): string => `旁证 ${name}`,
  seenTo: (size: number, time: string): string => `见证到第${size}条，${time}`,
  noWitness: '没有能在这里核对的签名',
  digest: '封存摘要',
  here: '核验在您的浏览器里进行，不依赖本网站的说法。',
  material: '核验材料',
  steps: '看每一步',
  promise: ['本人签名', '一条不少', '存证未改', '名单先锁', '抽签公正', '抽中即晒'],
  open: { notReached: '没有核对到', running: '正在核对', amber: '没能在这里核对' },
  signed: '正文与本人设备签名时一字不差。',
  complete: (items: number, shown: number): string =>
    items === shown
      ? `${items}条都在，每条都有正文。`
      : `${items}条都在：${shown}条有正文，${items - shown}条写明了不公开的依据。`,
  logged: (seen: boolean): string =>
    seen ? '这份材料在存证日志里；日志自您上次来访后只增不改。' : '这份材料在存证日志里，日志的签名正确。',
  locked: (candidates: number, absent: number, acks: number): string =>
    `${candidates}个单位的候选名单先锁定、后开奖${absent === 0 ? '' : `，另${absent}个单位未参加`}；${acks}台设备作证。`,
  fair: (units: string): string => `按公开算法重算一遍，抽中的正是${units}。`,
  shown: (n: number): string => `抽中的${n}篇都已公开。`,
  step: [
    '材料齐全',
    '日志头由固定的钥匙签名',
    '日志只增不改',
    '每份记录都在日志里',
    '签名人的钥匙已登记、没有作废，签名都对',
    '正文与封存的摘要逐字对上',
    '没有正文的条目都有依据和办理人',
    '候选名单合规，这一篇在名单里',
    '名单先于开奖锁定，多数设备作证',
    '随机数来源与名单事先写明的一致',
    '重算一遍，结果相同',
    '抽中的都已公开',
  ],
};

export type ProofWords = typeof proofWords;
