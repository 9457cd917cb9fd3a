/** The address bar's keyword: a line typed behind `log` is read while it is typed. What is read without a doubt is saved by Enter;
 *  everything else goes to the side panel's line, where its author decides. */
import { browser } from 'wxt/browser';
import { secrecyWordIn, wordBook } from '../../shared/diary/wording.ts';
import { formatDay } from '../../shared/time/civil.ts';
import { addEntries, type EntryInput } from '../commands/journal.ts';
import { here } from '../device/context.ts';
import { handOver } from '../device/handed.ts';
import { showNotification } from '../device/notifications.ts';
import { languageOf, type Words, wordsOf } from '../locales/use-words.ts';
import { readAll } from '../screens/quick-line/read-all.ts';
import { entryOf, newThreadIds, noChoice } from '../screens/quick-line/reading.ts';
import { profileOf } from '../store/database.ts';
import { newId } from '../store/ops.ts';
import { tableOf, zoneOf } from '../store/organisation-facts.ts';
import { knownThreads, writesJournal } from '../store/queries.ts';
import { wallClock, workingDayOf } from '../store/today.ts';

/** Entries of a line that leave nothing to ask; null where anything does. `writes`: whether this device takes any. */
export interface Understood {
  readonly entries: readonly EntryInput[] | null;
  readonly writes: boolean;
  readonly words: Words;
}

/** Listens to what is typed behind the keyword. */
export function listenToAddressBar(): void {
  const { omnibox } = browser;
  omnibox.onInputChanged.addListener((text) => void describe(text));
  omnibox.onInputEntered.addListener((text) => void enter(text));
}

async function describe(text: string): Promise<void> {
  const { entries, writes, words } = await understand(text);
  const [first] = entries ?? [];
  const description = !writes
    ? words.journal.noJournal
    : text.trim() === ''
      ? words.shell.omniboxHint
      : first === undefined
        ? words.shell.omniboxAsks
        : words.shell.omniboxReads(spanOf(first, words), first.text ?? '');
  browser.omnibox.setDefaultSuggestion({ description: withoutMarkup(description) });
}

async function enter(text: string): Promise<void> {
  const { entries, writes, words } = await understand(text);
  if (!writes) {
    await browser.tabs.create({ url: new URL('/desk.html#/home', location.href).href });
    return;
  }
  if (text.trim() === '') return;
  const [first] = entries ?? [];
  if (entries === null || first === undefined) {
    await handOver(text);
    await browser.tabs.create({ url: new URL('/sidepanel.html', location.href).href });
    return;
  }
  await addEntries(entries);
  await showNotification('address-bar', words.common.product, words.shell.omniboxSaved(spanOf(first, words)));
}

/** A proposed end, two possible days, several lines, a listed word: all these are its author's to decide. */
async function understand(text: string): Promise<Understood> {
  const { database } = here;
  const profile = await profileOf(database);
  const words = wordsOf(languageOf(profile.language, navigator.language));
  const writes = await writesJournal(database, profile);
  const now = wallClock(zoneOf(profile), here.now());
  const today = formatDay(workingDayOf(now));
  const readings = readAll(text, { day: null, today, now, threads: await knownThreads(database) });
  const isClear = readings.every(({ end, asks }) => end !== null && asks === undefined);
  if (!isClear || secrecyWordIn(text, wordBook(profile.organisation)) !== null) return { entries: null, writes, words };
  const threadId = newThreadIds(() => newId(here));
  const entries = readings.flatMap((reading) => entryOf(reading, noChoice, tableOf(profile), threadId) ?? []);
  return { entries: entries.length === readings.length && entries.length > 0 ? entries : null, writes, words };
}

const spanOf = ({ start, end }: EntryInput, words: Words): string => words.time.span(start, end);

/** Chromium reads a suggestion as XML; full-width signs look the same and mean nothing there. */
const withoutMarkup = (text: string): string => text.replaceAll('&', '＆').replaceAll('<', '＜').replaceAll('>', '＞');
