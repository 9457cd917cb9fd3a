// Categories of work and the modes they count as (design.md 4, marks of look.md 3).

/** How an entry was spent. Only `collective` and `focused` enter the ratio. */
export type Mode = 'collective' | 'focused' | 'oneToOne' | 'emergency' | 'neutral';

/** The modes in the order in which they are drawn. */
export const modes: readonly Mode[] = ['collective', 'focused', 'oneToOne', 'emergency', 'neutral'];

/** A category. `mode: null` means that it is taken from how the entry was done. `markZh` is one character, `markEn` one
 *  letter or sign, for the small seal beside the word. An organisation may rename categories and add its own. */
export type Category = {
  readonly id: string;
  readonly mode: Mode | null;
  readonly zh: string;
  readonly en: string;
  readonly markZh: string;
  readonly markEn: string;
};

/** The categories an organisation starts with. */
export const categories: readonly Category[] = [
  { id: 'meeting', mode: 'collective', zh: '会议', en: 'Meeting', markZh: '会', markEn: 'M' },
  { id: 'fieldVisit', mode: 'collective', zh: '调研走访', en: 'Field visit', markZh: '访', markEn: 'V' },
  { id: 'reception', mode: 'collective', zh: '接待会见', en: 'Reception', markZh: '待', markEn: 'R' },
  { id: 'ceremony', mode: 'collective', zh: '活动仪式', en: 'Ceremony', markZh: '仪', markEn: 'C' },
  { id: 'partyBuilding', mode: 'collective', zh: '党建', en: 'Party building', markZh: '党', markEn: 'P' },
  { id: 'paperwork', mode: 'focused', zh: '批阅签批', en: 'Paperwork', markZh: '批', markEn: 'W' },
  { id: 'planning', mode: 'focused', zh: '思考谋划', en: 'Planning', markZh: '谋', markEn: 'T' },
  { id: 'enterpriseService', mode: null, zh: '服务企业', en: 'Enterprise service', markZh: '企', markEn: 'E' },
  { id: 'publicService', mode: null, zh: '服务群众', en: 'Public service', markZh: '民', markEn: 'S' },
  { id: 'learning', mode: null, zh: '学习', en: 'Learning', markZh: '学', markEn: 'L' },
  { id: 'talk', mode: 'oneToOne', zh: '谈心谈话', en: 'One-to-one talk', markZh: '谈', markEn: '1' },
  { id: 'emergency', mode: 'emergency', zh: '应急值守', en: 'Emergency duty', markZh: '急', markEn: '!' },
  { id: 'travel', mode: 'neutral', zh: '在途', en: 'Travel', markZh: '途', markEn: '→' },
  { id: 'leave', mode: 'neutral', zh: '休假', en: 'Leave', markZh: '休', markEn: '–' },
];

/** The category with this id, or `null` when the table has none: a reader then shows the id as it is, mark 其 ·. */
export function categoryOf(id: string, table: readonly Category[] = categories): Category | null {
  return table.find((category) => category.id === id) ?? null;
}

/** Marks of a category that the table does not have. */
export const unknownMark = { markZh: '其', markEn: '·' } as const;

/** Is this word a mode? A sealed diary of a later version may carry another; it stands outside the ratio. */
export function isMode(word: string): word is Mode {
  return modes.some((mode) => mode === word);
}

/** The mode of an entry: its own where it has one, else that of its category, else `null` (not known). */
export function modeOf(
  entry: { readonly category?: string | null | undefined; readonly mode?: string | null | undefined },
  table: readonly Category[] = categories,
): Mode | null {
  if (typeof entry.mode === 'string') return isMode(entry.mode) ? entry.mode : null;
  return typeof entry.category === 'string' ? (categoryOf(entry.category, table)?.mode ?? null) : null;
}

/** The category that the words of an entry suggest, or `null`. Only a suggestion: the leader confirms by saving. Cues of a
 *  stronger kind win over weaker ones, earlier ones over later ones. */
export function suggestCategory(text: string): string | null {
  const said = text.normalize('NFKC').toLowerCase();
  for (const cues of cuesByStrength) {
    let best: { readonly at: number; readonly category: string } | null = null;
    for (const [category, pattern] of cues) {
      const at = said.search(pattern);
      if (at >= 0 && (best === null || at < best.at)) best = { at, category };
    }
    if (best !== null) return best.category;
  }
  return null;
}

type Cue = readonly [category: string, pattern: RegExp];

// Strongest first: what an entry is whatever else it says; the verb it begins with; a word anywhere in it.
const cuesByStrength: readonly (readonly Cue[])[] = [
  [
    ['leave', /休假|年休|公休|请假|病假|\b(?:annual|sick) leave\b|\bday off\b|\bon leave\b/],
    ['talk', /谈心|谈话|\bone[- ](?:to|on)[- ]one\b|\b1:1\b/],
    ['learning', /中心组|学习会|集体学习|自学|研读|\btraining\b|\bcourse\b/],
    ['partyBuilding', /主题党日|党课|组织生活会|民主生活会|党建/],
    [
      'publicService',
      /接访|接待日|接待群众|网友留言|信访接待|恳谈会|议事会|听证会|居民会|窗口轮值|看望|慰问|\bresidents?\b/,
    ],
    ['emergency', /应急响应|[ⅰⅱⅲⅳiv]+级响应|带班值守|值守|值班|抢险|转移安置|\bon duty\b|\bemergency\b/],
    ['ceremony', /揭牌|开工仪式|启动仪式|开幕|闭幕|颁奖|晚会|仪式(?!不)|\bceremony\b/],
  ],
  [
    ['reception', /^(?:与|和|会)某?.{0,8}(?:企业|公司|客商|投资方)(?:洽谈|谈)/],
    [
      'enterpriseService',
      /^(?:走访|服务|帮扶?|协调|陪|电话[帮回协][访调]?|到|与).{0,9}(?:企业|公司|工厂|商户|海澜)|^企业/,
    ],
    ['reception', /^(?:陪同?.{0,6}(?:考察|来访|团)|接待|会见|约见|与.{0,8}洽谈|receiv|reception|host)/],
    ['paperwork', /^(?:补?批阅|签|审阅|审改|审核|审签|审|修改|改|批|会签|复核|草拟|review|sign|draft|edit|approv)/],
    ['planning', /^(?:谋划|思考|想|写|梳理|盘点|列(?!席)|算|重?画|重排|反复算|对照|把|plan|think)/],
    ['learning', /^(?:学习|读|看.{0,10}(?:案例|解释|口径)|read|learn|study)/],
    [
      'meeting',
      /^(?:召开|参加|列席|部署|研究|主持|会商|听取|复盘|碰头|专题会|.{0,12}(?:例会|碰头会|专题会议?|推进会|调度会|座谈会|联席会|会议|会商|晨会)|meeting|stand-?up|call\b|attend|chair)/,
    ],
    ['fieldVisit', /^(?:赴|走访|实地|调研|踏勘|暗访|检查|查|巡|夜查|沿|看|到|走|visit|inspect|field|tour)/],
    ['travel', /^(?:乘|赶赴|返程|途中|在途|出差|飞往|travel|flight|train to|drive)/],
  ],
  [
    ['emergency', /响应|值守|调度|指挥|险情|灾情|转移/],
    [
      'meeting',
      /会议|例会|碰头|座谈|研究讨论|研究部署|会商|专题会|调度会|对接|连线|\bmeeting\b|\bstand-?up\b|\bcall\b/,
    ],
    ['meeting', /[^，,]会(?=[，,（(]|$)|联审|联调|讲评|约谈|夜谈/],
    ['reception', /接待|会见|陪同|考察团/],
    [
      'fieldVisit',
      /走访|实地|调研|踏勘|暗访|检查|巡查|复查|抽查|现场|护学|回头看|(?:^|[，,高班日])[看查]|\bvisit\b|\binspection\b/,
    ],
    ['paperwork', /签批|审阅|修改|批阅|文件|整理|核对|汇总|\breview\b/],
    ['planning', /谋划|思考|\bplan(?:ning)?\b/],
    ['learning', /学习|培训/],
  ],
];
