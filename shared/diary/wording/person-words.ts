// What the recogniser of people knows: surnames, characters of given names, what people without an office are called, and offices.
// Surnames and given characters are the common ones (national name report of the Ministry of Public Security, 2020).

const words = (line: string): readonly string[] => line.split(' ');

export const surnames =
  '王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范石廖贾夏付傅韦方' +
  '白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严赖覃洪武莫孔汤常康施牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿焦俞左柳甘祝包宁尚' +
  '符舒阮柯梅童凌毕单裴霍涂苗盛翁冉骆游辛靳管柴鲍华喻祁滕屈饶牟艾尤穆司卓古吉缪项连芦褚娄窦戚岑费卜席柏瞿佟应臧闵苟卞姬栾巫';

export const compoundSurnames = words('欧阳 上官 司马 东方 诸葛 皇甫 慕容 司徒 尉迟 夏侯 端木 令狐');

/** Characters that given names are made of. Where the surroundings say little, only these are read as a name. */
export const givenCharacters =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国玉兰红梅春海燕雪琴萍飞鑫波斌宇浩凯健俊帆婷雅倩颖琳晶莹欣怡佳慧玲珍凤莲翠香月菊芬荣' +
  '爱云雷辉鹏旭阳峰岩松森龙虎彪豪博文武德仁义礼智信忠孝诚贤良善福禄寿康宁贵昌盛兴旺庆祥瑞吉嘉美妮思梦雨晨曦子梓轩皓泽睿毅振晓宏鸿光炳灿耀辰' +
  '星宝根生柱栓贞淑娥彩素惠巧薇蕾蓉莉菲茜璐瑶琪琦珊瑾瑜璇冰洁清源润沛淼沁溪涵萌萱诗韵娇媛嫣妍婉婧宛琼瑛珠玮珂坤乾巍峻崇岳淮然俭朴勋友君卿' +
  '邦永恒承绍继启纯绪';

/** Characters that belong to other words and hardly to a given name. */
export const otherCharacters =
  '的了是在与及等到去来上下不有为个们会部局委办处科所站队组室员长书记主任市区县镇乡村街道路小楼幢栋号户家厂店院校园桥港公司集团银行项目工程代表' +
  '一二三四五六七八九十百千万亿两某并对就把被从向给听说提问题意见工作情况反映座谈走访慰问诉求信案件材料人士要能可以还也都更案法务全置度额元融';

/** Words that begin like a name. */
export const noNames = words(
  '文明 文化 文艺 高峰 高温 高龄 高效 高兴 高新 高质 高标 高明 马路 马上 黄金 白云 江南 江海 任期 任意 方便 方向 方式 方针 万元 万家 安康 安宁 安静 常年 常住 常态 付款 付费 付出 ' +
    '林业 林地 关心 关爱 左右 严格 严明 严重 严肃 连续 连心 程序 余额 易地 应急 应当 应对 洪水 雷雨 武警 武装 华东 华为 单独 单位 施工 包括 包干 管理 管线 管护 ' +
    '古城 古镇 古建 庄重 章程 尚未 符合 康复 康养 平安 石油 石化 田间 田头 陆续 于今 游客 游泳 游玩 费用 牛羊 牛奶 毛坯 龙舟 钱款 史料 齐心 梅雨 辛苦 盛夏 盛大 洪涝 安心 ' +
    '平均 孔明 叶片 夏收 夏令 夏季 江苏 江阴 常州 常熟 常德 温州 石家 马鞍 连云 张家 宁波 宁夏 海宁 左岸 苏州 苏北 苏南 鲁南 梅花 兰花 童车 席位 应聘 应征 项链',
);

/** What people without an office are called before their name. */
export const calledBefore = words(
  '居民 群众 村民 职工 企业主 患者 业主 老人 学生 家属 信访人 来访人 当事人 反映人 申请人 举报人 投诉人 租户 租客 商户 摊主 店主 住户 户主 司机 工人 员工 党员 志愿者 ' +
    '网格员 低保户 困难户 老兵 农户 市民 网友 骑手 保洁员 护工 家长 女儿 儿子 遗孀 烈属 军属 残疾人 老伴 邻居 房东 承租人',
);

/** What follows the name of a person and of nothing else. */
export const calledAfter = words(
  '同志 先生 女士 小姐 师傅 老人 大爷 大妈 大叔 大伯 大娘 阿姨 叔叔 奶奶 爷爷 夫妇 夫妻 母女 母子 父女 父子 一家 本人 家中 家里',
);

/** Verbs whose object is a person. */
export const towards = words('看望 慰问 探望 走访 约谈 家访 接访 约见 劝导 回访 帮扶 安抚');

/** Prepositions; they say little of what follows. */
export const prepositions = words('与 和 同 跟 向 为 找 陪 给 帮 替');

/** What is done with one person. */
export const doneWith = words(
  '谈心 谈话 谈了 面谈 交谈 座谈 见面 沟通 通话 通电话 商量 道歉 致歉 解释 说明情况 当面 核实 送去 送上 过生日 祝寿',
);

/** What goes on after the name of a person who was called one before it. */
export const goesOn = words('反映 提出 要求 来访 上门 来电 说 和 与 及 的 家 等 在 因 到 谈 诉求 遗属 一行 一户');

/** Offices. A name beside one of them is no private person's. */
export const offices = words(
  '书记 主任 局长 市长 区长 县长 镇长 乡长 省长 主席 部长 处长 科长 司长 厅长 院长 校长 园长 行长 所长 站长 队长 组长 社长 会长 理事长 秘书长 委员 常委 董事 经理 总裁 ' +
    '总监 总工 总师 工程师 厂长 店长 馆长 台长 检察长 庭长 法官 检察官 律师 教授 研究员 院士 专家 医生 护士长 老师 教练 代表 政委 司令 指挥 负责人 创始人 合伙人 调研员 ' +
    '巡视员 专员 干事 参事 顾问 大使 领事 记者',
);
