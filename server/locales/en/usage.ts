/** What `sundial` says of its commands, of `serve` and of `demo`, in English. */
import type { UsageWords } from '../zh/usage.ts';

export const usage: UsageWords = {
  commands: `sundial <command> [--help]

  serve    runs the server
  init     asks five questions, writes the configuration, prints the invitation that begins the log
  invite   prints an invitation: sundial invite --name N --role R [--unit U] | --again --name N
  demo     the demonstration: server, data, portal page, extension
  import   units, terms of office, term base or old diaries from a file, a preview at first: sundial import units FILE.csv [--apply]
  export   writes the public tree, or one year of it for an archive: sundial export [--archive YEAR] DIR
  verify   checks a public tree and its log: sundial verify SOURCE --vkey V --organiser K [--seen FILE]
  read     reads quick-entry lines from standard input: sundial read [--now ISO] [--zone Z] [--json]
  embed    prints what goes into a web page, or checks a live one: sundial embed URL | --check PAGE
  audit    checks that the audit trail is whole: sundial audit [FILE] [--anchors SOURCE]
  notices  shows how mail and webhooks stand, and tries anew what was given up: sundial notices [--json] [--retry]
  witness  watches another's log and signs what it saw: sundial witness URL --vkey V [--name N] [--every SECONDS]
  backup   writes everything into one sealed file, while the server runs: sundial backup FILE | --keep N FOLDER
  restore  proves a backup and puts it in place: sundial restore FILE (--seen SOURCE | --unseen) | --check FILE
  log-key  shows the keys that sign the log, and rotates them: sundial log-key [next|retire|vkey FILE]
  upgrade  brings the database up to this version: sundial upgrade [--without-backup]
  doctor   looks at everything and says what to do: sundial doctor [--whole | --jobs] [--json]
`,
  unknown: (word) => `sundial: no command ${JSON.stringify(word)}`,
  serve: `sundial serve
  Runs the server until it is told to stop (SIGTERM, SIGINT).
  Addresses and folders are told by variables: HOST, PORT, DATABASE_URL, SUNDIAL_DATA, SUNDIAL_ISSUER, SUNDIAL_CONFIG, SUNDIAL_ENVIRONMENT,
  SUNDIAL_LOG_LEVEL, SUNDIAL_METRICS_PORT, SUNDIAL_DRAIN_SECONDS; docs/for-operators.md has them all.
Exit codes: 0 stopped; 2 configuration, keys, database or port cannot be used, and it did not begin
`,
  demo: `sundial demo [--fresh]
  Makes the demonstration and runs it until it is told to stop. It lies in SUNDIAL_DATA (./data) and is kept for the next time.
  --fresh  deletes that demonstration and makes it anew
Exit codes: 0 stopped; 2 wrong usage, or a folder with other data
`,
  notDemo: (folder) =>
    `${folder} has other data than the demonstration, which would take the place of the whole folder; nothing was touched. For the demonstration name a new folder in SUNDIAL_DATA; a real server is started by sundial serve.`,
};
