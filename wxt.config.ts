/** How the extension is built: MV3 for Chromium and Firefox, no auto-imports, no third party at run time (design.md 2.8). */
import preact from '@preact/preset-vite';
import { defineConfig } from 'wxt';
import { manifest as en } from './extension/locales/en/shell.ts';
import { manifest as zh } from './extension/locales/zh/shell.ts';

/** The words of the manifest as the browser reads them, from the same catalogues as the screens. */
const messages = (words: Readonly<Record<string, string>>): string =>
  JSON.stringify(Object.fromEntries(Object.entries(words).map(([key, message]) => [key, { message }])), null, 2);

export default defineConfig({
  srcDir: 'extension',
  entrypointsDir: 'entrypoints',
  publicDir: 'extension/public',
  outDir: 'dist/extension',
  imports: false,
  manifestVersion: 3,
  hooks: {
    'build:publicAssets': (_, files) => {
      files.push(
        { relativeDest: '_locales/zh_CN/messages.json', contents: messages(zh) },
        { relativeDest: '_locales/en/messages.json', contents: messages(en) },
      );
    },
  },
  // Files of an extension lie on the disk: one of them may be large.
  vite: () => ({ plugins: [preact()], build: { target: 'chrome116', chunkSizeWarningLimit: 1200 } }),
  manifest: ({ browser }) => ({
    name: '__MSG_name__',
    short_name: '__MSG_shortName__',
    description: '__MSG_description__',
    default_locale: 'zh_CN',
    permissions: ['storage', 'unlimitedStorage', 'alarms', 'contextMenus', 'notifications'],
    // Pages load nothing but their own files. Servers answer with CORS, so no host permission is asked for; the address of the server is
    // the organisation's own and is not known when this is built.
    content_security_policy: {
      extension_pages:
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self' https: http:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
    },
    action: { default_title: '__MSG_name__' },
    omnibox: { keyword: 'log' },
    commands: {
      _execute_action: { suggested_key: { default: 'Alt+Shift+R' } },
      'open-panel': { suggested_key: { default: 'Alt+Shift+S' }, description: '__MSG_openPanel__' },
      'open-week': { suggested_key: { default: 'Alt+Shift+W' }, description: '__MSG_openWeek__' },
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'sundial@sundial.example',
              strict_min_version: '142.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : { minimum_chrome_version: '116', storage: { managed_schema: 'managed-schema.json' } }),
  }),
});
