/** Words of the browser around it in English. */
import type { shell as zh, manifest as zhManifest } from '../zh/shell.ts';

export const manifest: typeof zhManifest = {
  name: 'Sundial 日晷',
  shortName: 'Sundial',
  description:
    'A working diary, one line an entry, sealed by its author each week; what the lot draws is shown word for word.',
  openWeek: 'Open this week',
  openPanel: 'Open the side panel',
};

export const shell: typeof zh = {
  logSelection: 'Log in Sundial',
  omniboxHint: 'Log an entry: 8:30-10:00 what you did',
  omniboxReads: (span, text) => `${span} ${text}: Enter saves`,
  omniboxAsks: 'Not clear yet: Enter takes it to the side panel',
  omniboxSaved: (span) => `Stored on this device: ${span}`,
  shortcuts: 'Keyboard',
  shortcutsHint: 'Press ? outside of a field to open this sheet',
  everywhere: 'In the browser',
  everyPage: 'On every page',
  inAddressBar: 'Type log and a blank in the address bar, then a line',
  openPopup: 'Open Sundial',
  openWeek: 'Open this week',
  openPanel: 'Open the side panel',
  thisSheet: 'Open this sheet',
  leave: 'Close a dialog or a list',
  unset: "Not set; the browser's page of extension shortcuts can set it",
  managed: 'Set by your organisation; it cannot be changed here',
  managedServer: (server) => `Server set by your organisation: ${server}. The code alone is enough.`,
  serverLocked: 'This link is for another server. Use a link of your organisation, or ask who manages this computer.',
};
