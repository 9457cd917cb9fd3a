/** Words of `sundial notices` in Chinese; the source of the catalogue. */
export const outbox = {
  usage: `sundial notices [--json] [--retry]
  列出邮件提醒和回调的发送情况：每个渠道等待、已送、放弃的数量，和放弃的原因。不显示邮箱。
  --retry  把放弃的重新排队
退出码：0 没有放弃的，1 有，2 用法或配置不对
`,
  state: { waiting: '等待', sent: '已送', givenUp: '放弃', dropped: '收信人已不在' } as Readonly<
    Record<string, string>
  >,
  count: (channel: string, state: string, count: number): string => `${channel}  ${state} ${count}`,
  oldest: (channel: string, minutes: number): string => `${channel}  最早的一件等了${minutes}分钟`,
  failed: (id: string, channel: string, kind: string, tries: number, problem: string): string =>
    `${id}  ${channel}  ${kind}  试了${tries}次  ${problem}`,
  none: '还没有提醒。',
  off: '没有设置邮件和回调（SUNDIAL_SMTP_URL、webhooks）。',
  revived: (count: number): string => `${count}件重新排队，运行中的服务器会在十秒内发送。`,
};

export type OutboxWords = typeof outbox;
