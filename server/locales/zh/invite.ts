/** Words of `sundial invite`, in Chinese; the source of the catalogue. */
import { roles } from '../../../shared/organisation/role.ts';

export const invite = {
  usage: `用法：
  sundial invite --name 姓名 --role 角色 [--unit 单位编号]              邀请一位
  sundial invite --again --name 姓名 [--role 角色] [--unit 单位编号]    邀请丢了或过期了：给同一位再发一张，角色不变；还没有激活的旧邀请就此作废

角色：${roles.join('、')}；leader 和 handler 要写单位。姓名最多60字。邀请从标准输出给出，72小时内有效，只能用一次。
退出码：0 已给出邀请，1 没有邀请，2 用法不对。
`,
  until: (name: string, moment: string): string => `这是给${name}的邀请，${moment} 前有效，请只交给本人。`,
  replaced: '之前的邀请若还没有激活，就此作废；已激活的设备照常使用。',
  unitUnknown: (unit: string): string =>
    `没有“${unit}”这个单位。请核对编号；新单位可在组织设置里添加，或用 sundial import units 导入。`,
  noneBefore: (name: string): string =>
    `没有给“${name}”发过这样的邀请。请核对姓名和角色；第一次邀请不写 --again，写 --role。`,
  several: (name: string): string =>
    `叫“${name}”的不止一位。请用 --role、--unit 说明是哪一位；仍分不清时，请由组织部门在扩展的“人员与设备”里重新邀请。`,
  first: '存证日志还没有开始。第一张邀请请用 sundial init 重新取，旧的随之作废。',
};

export type InviteWords = typeof invite;
