/** Words of the window in which a reader signs in, in Chinese; the source of the catalogue. */

export const signIn = {
  lang: 'zh-CN',
  title: '登录后留言',
  handed: '已登录。请回到原来的网页继续，这个窗口可以关掉。',
  digits: (origin: string): string => `已登录。请把这8位数字填回 ${origin} 的留言框，三分钟内有效：`,
  digitsOnly: (origin: string): string => `只能填在 ${origin}。别的网页、电话或短信来要，都不要给。`,
  failed: '没有登录成功',
  denied: '登录被取消，或者账号系统没有同意。请关掉这个窗口，回到原来的网页重新登录。您写的都还在。',
  late: '这次登录已经用过，或者过了时间。请关掉这个窗口，回到原来的网页重新登录。您写的都还在。',
  origin: '这个网页没有获准使用登录。请到官方页面留言。',
  away: '账号系统没有应答。请关掉这个窗口，过一会儿再登录。您写的都还在。',
  busy: '登录的人太多。请关掉这个窗口，过一分钟再登录。您写的都还在。',
};
export type SignInWords = typeof signIn;
