/** Enter in a dialog whose buttons stand in its footer. */
import { Window } from 'happy-dom';
import { type ComponentChildren, h, render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, expect, test, vi } from 'vitest';
import { Button } from '../../extension/components/button.tsx';
import { Dialog } from '../../extension/components/dialog.tsx';
import { TextArea, TextField } from '../../extension/components/field.tsx';

afterEach(() => vi.unstubAllGlobals());

/** What happens after a key in the field that is found by a selector. */
async function after(field: ComponentChildren, selector: string, key: object, disabled = false): Promise<string[]> {
  const window = new Window();
  const { document, HTMLElement, Element } = window;
  for (const [name, value] of Object.entries({ window, document, HTMLElement, Element })) vi.stubGlobal(name, value);
  const done: string[] = [];
  const button = (kind: 'quiet' | 'primary', name: string) =>
    h(Button, { kind, disabled: kind === 'primary' && disabled, onClick: () => done.push(name), children: name });
  const footer = [button('quiet', 'cancel'), button('primary', 'save')];
  const shown = h(Dialog, { title: '换届', onClose: () => done.push('closed'), footer, children: field });
  await act(() => render(shown, document.body as unknown as Element & globalThis.Element));
  const found = document.querySelector(selector);
  if (found === null) throw new Error(selector);
  const event = { key: 'Enter', bubbles: true, cancelable: true, ...key };
  await act(() => void found.dispatchEvent(new window.KeyboardEvent('keydown', event)));
  return done;
}

const line = h(TextField, { label: '职务' });

test('Enter in a line of text does what the main button does, once', async () => {
  expect(await after(line, 'input', {})).toEqual(['save']);
  expect(await after(h(TextField, { label: '从哪天', type: 'date' }), 'input', {})).toEqual(['save']);
});

test('it does nothing while that button waits, while characters are being composed, and where Enter means something else', async () => {
  expect(await after(line, 'input', {}, true)).toEqual([]);
  expect(await after(line, 'input', { isComposing: true })).toEqual([]);
  expect(await after(line, 'input', { keyCode: 229 })).toEqual([]);
  expect(await after(line, 'input', { key: 'a' })).toEqual([]);
  expect(await after(h(TextArea, { label: '事由' }), 'textarea', {})).toEqual([]);
  // The link that is shown once: Enter must not put it away.
  expect(await after(h(TextField, { label: '邀请链接', readOnly: true }), 'input', {})).toEqual([]);
  expect(await after(h('form', {}, line), 'input', {})).toEqual([]);
  expect(await after(h('input', { type: 'checkbox' }), 'input', {})).toEqual([]);
});
