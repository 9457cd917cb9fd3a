/** Words of stand-ins and of handing over. */
import type { StandInRow } from '../../../shared/api/stand-ins.ts';

const state: Readonly<Record<StandInRow['state'], string>> = { coming: '未开始', running: '代理中', over: '已结束' };

export const standIns = {
  title: '代理',
  intro: '某人在若干天里代办另一人的事。代理人用自己的设备和自己的身份编号，审计里分得清。',
  limits:
    '组织部门和保密审查要用自己的签名钥匙：先邀请代理人登记这个身份，再在这里定日期。日记只能由本人写，不能代理。',
  signs:
    '他这个身份以后只在这些天里有用；停止代理以后就没有用了，要再用就再安排。自己单位的日记、自己抽的签，代理审查也不能审。',
  add: '安排代理',
  empty: '没有代理。',
  colWho: '代理人',
  colRole: '身份',
  colFor: '代谁',
  colDays: '日期',
  colState: '状态',
  colAct: '办理',
  state,
  days: (from: string, to: string) => `${from}至${to}`,
  since: (from: string) => `${from}起`,
  untilEnded: '直到停止',
  end: '停止',
  endOf: (name: string) => `停止代理：${name}`,
  ended: (name: string) => `${name}的代理已停止。`,
  begun: (name: string) => `已安排${name}代理。`,
  addTitle: '安排代理',
  person: '代理人',
  personHint: '有启用的设备的人',
  role: '身份',
  unit: '单位',
  instead: '代谁',
  insteadNobody: '不写明',
  from: '从',
  to: '到（含当天）',
  toHint: '不填则直到停止',
  confirm: '确认安排',
  seen: '对方下次登录时看到，最迟半小时。',
  handOver: '把他的工作交给',
  handOverHint: (count: number) => `本单位未结的工单有${count}件，一并交给接手的人。`,
  handOverNobody: '不移交',
  handedOver: (name: string, to: string, tickets: number) => `${name}的设备已停用，${tickets}件未结工单已交给${to}。`,
  orphan: '除了他，没有别人承办本单位的工单。请选一个接手的人。',
};
