/** The worker: wakes, syncs, gives acknowledgements, sets the badge, sleeps. It holds nothing between two events. */
import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { startAlarms, syncAlarm } from '../device/alarms.ts';
import { here } from '../device/context.ts';
import { isPageMessage } from '../device/messages.ts';
import { openPanel } from '../device/panel.ts';
import { listenToAddressBar } from '../worker/address-bar.ts';
import { listenToContextMenu, showContextMenu } from '../worker/context-menu.ts';
import { listenToNotices, tellNotices } from '../worker/notices.ts';
import { listenToUpdates, updateIfAlone } from '../worker/update.ts';
import { wakeAgain } from '../worker/wake-again.ts';

export default defineBackground(() => {
  browser.runtime.onInstalled.addListener(() => void startAlarms());
  browser.runtime.onStartup.addListener(() => void startAlarms());
  browser.alarms.onAlarm.addListener((alarm) => {
    if (alarm.name === syncAlarm) void onMinute();
  });
  browser.runtime.onMessage.addListener((message: unknown, _sender, answer: (value: boolean) => void) => {
    if (!isPageMessage(message)) return false;
    void wakeAgain(message.soon, here).then(answer);
    return true;
  });
  listenToAddressBar();
  listenToContextMenu();
  listenToNotices();
  browser.commands.onCommand.addListener((command, tab) => {
    if (command === 'open-panel') void openPanel(tab?.windowId);
    if (command === 'open-week') void browser.tabs.create({ url: new URL('/desk.html#/week', location.href).href });
  });
  listenToUpdates();
  void startAlarms();
  void showContextMenu();
});

async function onMinute(): Promise<void> {
  try {
    await wakeAgain(false, here);
  } finally {
    await tellNotices();
    await updateIfAlone();
  }
}
