/** The desk's page of people and keys in a document without a browser, over a real profile and server. */
import { Window } from 'happy-dom';
import { h, render } from 'preact';
import { act } from 'preact/test-utils';
import { expect, vi } from 'vitest';
import type { Context } from '../../extension/device/context.ts';
import { zh } from '../../extension/locales/zh.ts';
import { DeskProvider, deskOf } from '../../extension/screens/desk/use-desk.ts';
import { PeopleScreen } from '../../extension/screens/people/people-screen.tsx';
import { PersonGate } from '../../extension/screens/person/person-gate.tsx';
import { profileOf } from '../../extension/store/database.ts';

export type Page = Awaited<ReturnType<typeof openPage>>;

/** Opens the page of this profile in Chinese. */
export async function openPage(context: Context) {
  const window = new Window({ url: 'https://desk.example/' });
  const { document } = window;
  for (const [name, value] of Object.entries({
    window,
    document,
    HTMLElement: window.HTMLElement,
    requestAnimationFrame: (run: () => void) => setTimeout(run, 0),
  }))
    vi.stubGlobal(name, value);
  const root = document.createElement('div');
  document.body.append(root);
  const desk = deskOf(await profileOf(context.database), context.now(), 0, zh, 'zh');
  const container = root as unknown as Element;
  await act(() => {
    render(h(DeskProvider, { value: desk, children: h(PersonGate, { children: h(PeopleScreen, {}) }) }), container);
  });
  const settle = () => act(async () => void (await new Promise((resolve) => setTimeout(resolve, 20))));

  /** The one element of a kind that a person finds under this name. */
  const named = (kind: string, name: string) => {
    const scope = document.querySelector('dialog') ?? document.body;
    const found = [...scope.querySelectorAll(kind)].filter((one) => {
      const label = one.id === '' ? null : document.querySelector(`label[for="${one.id}"]`);
      const around = one.closest('label');
      const said = one.getAttribute('aria-label') ?? label?.textContent ?? around?.textContent ?? one.textContent ?? '';
      return said.trim().startsWith(name);
    });
    if (found.length !== 1) throw new Error(`${found.length} × ${kind} ${name} in\n${scope.textContent}`);
    const [one] = found;
    if (one === undefined) throw new Error(name);
    return one;
  };
  const fill = async (kind: string, name: string, value: string, event: string) => {
    await act(() => {
      const field = named(kind, name) as unknown as HTMLInputElement;
      field.value = value;
      field.dispatchEvent(new window.Event(event, { bubbles: true }) as unknown as Event);
    });
  };
  return {
    /** All that can be read. */
    text: () => document.body.textContent ?? '',
    dialog: () => document.querySelector('dialog')?.textContent ?? null,
    /** Waits until a text stands on the page. */
    until: (text: string) =>
      expect
        .poll(
          async () => {
            await settle();
            return document.body.textContent;
          },
          { timeout: 10_000 },
        )
        .toContain(text),
    press: async (name: string) => {
      await act(() => (named('button', name) as unknown as HTMLElement).click());
      await settle();
    },
    tick: async (name: string) => {
      await act(() => (named('input[type=checkbox]', name) as unknown as HTMLElement).click());
    },
    choose: (name: string, value: string) => fill('select', name, value, 'change'),
    type: (name: string, value: string) => fill('input', name, value, 'input'),
    close: async () => {
      await act(() => render(null, container));
      await window.happyDOM.close();
      vi.unstubAllGlobals();
    },
  };
}
