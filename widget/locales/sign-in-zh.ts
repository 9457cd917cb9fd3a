/** Words of the readers' sign-in in Chinese; `sign-in-en.ts` has the type of this file. */
export const signInWords = {
  button: '登录后留言',
  digits: '窗口里的8位数字',
  says: {
    idle: (label: string): string => `要先用${label}登录，别人看不到您是谁。您写的都会留着。`,
    open: () => '登录窗口已打开，请在那里登录。',
    cut: () => '登录窗口给出8位数字的，请填在这里；没有给出的，请再登录一次。',
    blocked: () => '浏览器拦住了登录窗口。请允许弹出窗口，再按一次。',
    sending: () => '正在核对登录。',
    wrong: () => '登录没有通过，或者过了时间。请核对数字，或者再登录一次。',
    away: () => '连不上服务器，登录没有完成。请稍后再登录一次。',
    done: () => '已登录，30分钟内有效。现在可以提交。',
  },
};

export type SignInWords = typeof signInWords;
