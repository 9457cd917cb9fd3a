/** A person at the keyboard and the pointer, whose work is counted and timed by the keystroke-level model (Card, Moran & Newell, "The
 *  keystroke-level model for user performance time with interactive systems", Communications of the ACM 23(7), 1980): K 0.28 s for a typist
 *  who is no secretary, P 1.1 s, H 0.4 s, M 1.35 s; the press of a pointer's button is one K. What the system takes (R) is no work. */
import type { Locator, Page } from 'playwright-core';

const seconds = { key: 0.28, point: 1.1, home: 0.4, think: 1.35 } as const;

type Operator = keyof typeof seconds;
export type Work = Readonly<Record<Operator, number>> & { readonly seconds: number };

/** Most presses of Tab from one control to the next. */
const farthest = 150;

export class Hand {
  private readonly count: Record<Operator, number> = { key: 0, point: 0, home: 0, think: 0 };
  private at: 'keys' | 'pointer' = 'pointer';
  private readonly byKeyboard: boolean;

  /** `byKeyboard`: never touches the pointer; goes from control to control by Tab. */
  constructor(byKeyboard = false) {
    this.byKeyboard = byKeyboard;
    if (byKeyboard) this.at = 'keys';
  }

  /** Decides for a button, link or box, and presses it. */
  async press(page: Page, control: Locator): Promise<void> {
    this.count.think += 1;
    await control.waitFor();
    if (this.byKeyboard) {
      await this.tabTo(page, control);
      await this.strike(page, (await control.getAttribute('type')) === 'checkbox' ? 'Space' : 'Enter');
      return;
    }
    this.move('pointer');
    this.count.point += 1;
    this.count.key += 1;
    await control.click();
  }

  /** Decides what belongs into a field and types it over what stands there. `strokes`: what an input method takes for it, where not one key
   *  for each letter. */
  async type(page: Page, field: Locator, text: string, strokes: number | null = null): Promise<void> {
    await field.waitFor();
    if (this.byKeyboard) {
      this.count.think += 1;
      await this.tabTo(page, field);
    } else await this.press(page, field);
    this.move('keys');
    await this.strike(page, 'Control+A', 2);
    if (strokes === null) for (const letter of text) await this.strike(page, letter);
    else {
      this.count.key += strokes;
      await page.keyboard.insertText(text);
    }
  }

  /** Types a day into a date field, which takes it part by part in the order of the browser's language: year, month, day. */
  async typeDay(page: Page, field: Locator, day: string): Promise<void> {
    await field.waitFor();
    if (this.byKeyboard) {
      this.count.think += 1;
      await this.tabTo(page, field);
    } else await this.press(page, field);
    this.move('keys');
    // Six digits of the year are possible, so its end is said by the key to the right; ten strokes whatever the browser takes.
    this.count.key += day.length;
    await field.fill(day);
  }

  /** Chooses from a list: by pointer it is opened and pointed at, by keyboard the first letter or the arrow finds it. */
  async choose(page: Page, list: Locator, label: string): Promise<void> {
    await list.waitFor();
    this.count.think += 1;
    if (this.byKeyboard) {
      await this.tabTo(page, list);
      this.count.key += 2;
    } else {
      this.move('pointer');
      this.count.point += 2;
      this.count.key += 2;
    }
    await list.selectOption({ label });
  }

  /** Strikes one key where the focus is. */
  async strike(page: Page, key: string, keys = 1): Promise<void> {
    this.count.key += keys;
    await page.keyboard.press(key === ' ' ? 'Space' : key);
  }

  /** Reads so many things one by one, such as names on a list or numbers against a notice. */
  read(things: number): void {
    this.count.think += things;
  }

  /** All that was done, and the time that the model gives for it. */
  work(): Work {
    const operators = Object.keys(seconds) as Operator[];
    const time = operators.reduce((sum, each) => sum + this.count[each] * seconds[each], 0);
    return { ...this.count, seconds: Math.round(time * 10) / 10 };
  }

  private move(to: 'keys' | 'pointer'): void {
    if (this.at !== to) this.count.home += 1;
    this.at = to;
  }

  private async tabTo(page: Page, control: Locator): Promise<void> {
    for (let n = 0; n < farthest; n += 1) {
      if (await control.evaluate((element) => element === document.activeElement)) return;
      await this.strike(page, 'Tab');
    }
    throw new Error(`no way by keyboard to ${control}`);
  }
}

/** One line for a report. */
export const sayWork = (name: string, { key, point, home, think, seconds: time }: Work): string =>
  `${name}: ${key} keys and clicks, ${point} pointings, ${home} changes of hand, ${think} thoughts: ${time} s of work`;
