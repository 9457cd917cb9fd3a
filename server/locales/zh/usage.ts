/** What `sundial` says of its commands, of `serve` and of `demo`, in Chinese; the source of the catalogue. */
export const usage = {
  commands: `用法：sundial 命令 [--help]

  serve    启动服务器
  init     问五个问题，写好配置，给出开始存证日志的邀请
  invite   给出一张邀请：sundial invite --name 姓名 --role 角色 [--unit 单位编号] | --again --name 姓名
  demo     演示：服务器、数据、门户页、扩展
  import   从文件导入单位、任期、术语库、旧日记，先预览：sundial import units 文件.csv [--apply]
  export   写出公开树，或一个年度的归档：sundial export [--archive 年份] 文件夹
  verify   核验一份公开树和它的存证日志：sundial verify 来源 --vkey 公钥 --organiser 钥匙编号 [--seen 文件]
  read     从标准输入读日程，一行一条，看读成什么：sundial read [--now 时间] [--zone 时区] [--json]
  embed    给出嵌入网页的代码，或检查已上线的网页：sundial embed 网址 | --check 网页
  audit    核对审计记录是否完整：sundial audit [文件] [--anchors 来源]
  notices  列出邮件提醒和回调的发送情况，把放弃的重新排队：sundial notices [--json] [--retry]
  witness  看对方的存证日志，签名证明看到了什么：sundial witness 网址 --vkey 公钥 [--name 名称] [--every 秒]
  backup   服务器照常运行，把一切写进一个加密的文件：sundial backup 文件 | --keep 份数 文件夹
  restore  核验一份备份并恢复：sundial restore 文件 (--seen 来源 | --unseen) | --check 文件
  log-key  列出签存证日志的钥匙，换钥匙：sundial log-key [next|retire|vkey 文件]
  upgrade  把数据库升级到本版程序：sundial upgrade [--without-backup]
  doctor   把整套系统看一遍，逐项说怎么办：sundial doctor [--whole | --jobs] [--json]
`,
  unknown: (word: string): string => `sundial：没有“${word}”这个命令。`,
  serve: `sundial serve
  启动服务器，直到叫它停下（SIGTERM、SIGINT）。
  地址和文件夹由这些变量定：HOST、PORT、DATABASE_URL、SUNDIAL_DATA、SUNDIAL_ISSUER、SUNDIAL_CONFIG、SUNDIAL_ENVIRONMENT、
  SUNDIAL_LOG_LEVEL、SUNDIAL_METRICS_PORT、SUNDIAL_DRAIN_SECONDS；全部变量见 docs/for-operators.zh.md。
退出码：0 已停下；2 配置、钥匙、数据库或端口不能用，没有启动
`,
  demo: `sundial demo [--fresh]
  生成演示数据并启动演示，直到叫它停下。数据在 SUNDIAL_DATA（默认 ./data），下次接着用。
  --fresh  删去这份演示数据，重新生成
退出码：0 已停下；2 用法不对，或者文件夹里是别的数据
`,
  notDemo: (folder: string): string =>
    `${folder} 里有别的数据，不是演示。演示会换掉整个文件夹，所以什么也没有动。看演示请用 SUNDIAL_DATA 指定一个新文件夹；启动真正的服务器用 sundial serve。`,
};
export type UsageWords = typeof usage;
