/** Words of the window in which a reader signs in, in Chinese; the source of the catalogue. */

export const signIn = {
  lang: 'zh-CN',
  title: '登录后留言',
  handed: '已登录。请回到原来的网页继续，这个窗口可以关掉。',
  digits: (origin: string): string => `已登录。请把这8位数字填回 ${origin} 的留言框，三分钟内有效：`,
  digitsOnly: (origin: string): string => `只能填在 ${origin}。别的网页、电话或短信来要，都不要给。`,
  failed: '没有登录成功',
  number: '手机号',
  numberHint: '会收到一条短信验证码。手机号加密保存，不公开，承办单位和审核人员都看不到。',
  numberWrong: '这不像能收短信的手机号。请核对后再填，例如13800138000。',
  numberBusy: '短信发得太多了。请一小时后再试；您写的都还在。',
  numberAway: '短信没有发出去。请过一会儿再点一次；您写的都还在。',
  sendCode: '发送验证码',
  sent: (ending: string): string => `验证码已发到尾号 ${ending} 的手机，五分钟内有效。`,
  code: '短信里的6位验证码',
  codeHint: '没有收到，先等一分钟。',
  codeWrong: '验证码不对。请看最新一条短信再填；错五次要重新来。',
  confirmCode: '确认',
  again: '换号码，或者重发',
  message: (organisation: string, code: string, origin: string): string =>
    `【${organisation}】验证码 ${code}，用于在 ${origin} 登录留言，五分钟内有效。工作人员不会向您索要。`,
  denied: '登录被取消，或者账号系统没有同意。请关掉这个窗口，回到原来的网页重新登录。您写的都还在。',
  late: '这次登录已经用过，或者过了时间。请关掉这个窗口，回到原来的网页重新登录。您写的都还在。',
  origin: '这个网页没有获准使用登录。请到官方页面留言。',
  away: '账号系统没有应答。请关掉这个窗口，过一会儿再登录。您写的都还在。',
  busy: '登录的人太多。请关掉这个窗口，过一分钟再登录。您写的都还在。',
};
export type SignInWords = typeof signIn;
