/** Words of `sundial init` in English. */
import type { InitWords } from '../zh/init.ts';

export const init: InitWords = {
  usage: `sundial init [--yes] [--name Chinese/English] [--address URL] [--zone Z] [--database URL] [--pages URL,URL]
  Without a configuration: asks five questions, writes sundial.config.json and sundial.env (mode 0600, addresses and passwords), and prints
  the first invitation. With one: prints the first invitation, as often as you like before the log begins. Never overwrites a file.
  --yes  takes the defaults for what is not given, and asks nothing
Exit codes: 0 printed, 1 the log has begun already, 2 wrong usage, configuration or answer
`,
  defaultName: '本单位 / Our office',
  question: {
    name: '1/5 Name of the organisation (Chinese / English; one alone serves for both)',
    address: '2/5 Public address (what people type; the log is named after it, for ever)',
    zone: '3/5 Time zone',
    database: '4/5 Database (Enter: embedded; or postgres://user:password@host/name)',
    pages: '5/5 Pages that embed Sundial (origins, commas between; Enter: none yet)',
  },
  prompt: (question, fallback) => `${question}${fallback === '' ? '' : ` [${fallback}]`}: `,
  problem: {
    NAME_EMPTY: 'A name is needed. Write it like: 晴湖区 / Qinghu District',
    NAME_LONG: 'The name is too long: at most 60 characters in each language. Write a short form.',
    ADDRESS_UNREADABLE: 'This is no web address. Write it like https://diary.example.gov',
    ADDRESS_WITH_PATH: 'Scheme, host and port only, without a path. Write it like https://diary.example.gov',
    ZONE_UNKNOWN: 'There is no such time zone. Write a name like Asia/Shanghai.',
    DATABASE_UNREADABLE:
      'This is no address of PostgreSQL. Write postgres://user:password@host/name, or press Enter for the embedded one.',
    PAGE_UNREADABLE: 'One of them is no web address. Write them like https://www.example.gov, commas between.',
  },
  unreachable: (why) =>
    `The database does not answer (${why}). Check address, password and firewall, or create the database first.`,
  ended: 'Not all was answered, so nothing was written. Run sundial init on a terminal, or give --yes and options.',
  exists: (path) =>
    `There is a configuration already, ${path}; it stays as it is. Edit it by hand, or run sundial init without options for the invitation.`,
  taken: (path) => `${path} is there already and stays as it is. Move it away, then run sundial init again.`,
  written: (config, environment) =>
    `Written:\n  ${config}\n  ${environment} (mode 0600: addresses and passwords, keep it to yourself)`,
  invitation: (until) => `This is the organiser's first invitation, valid until ${until}.`,
  next: (environment) => `Next:
  1. ${environment}npm run -s sundial -- serve     starts the server
  2. paste the invitation above into the browser extension: with it the log begins
Units, terms of office and categories are added on the organisation pages of the extension.`,
  begun: 'The log has begun: an organiser invites from the extension.',
};
