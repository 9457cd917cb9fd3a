/** Asks who is there before something is signed. One dialog for the whole page; screens ask through `usePerson`. */
import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useRef, useState } from 'preact/hooks';
import { type PersonCheck, personCheckOf } from '../../commands/person.ts';
import { here } from '../../device/context.ts';
import { isPersonSeen, notePersonSeen } from '../../device/person-seen.ts';
import { hasPlatformCheck } from '../../device/platform-check.ts';
import { PersonDialog } from './person-dialog.tsx';

/** Resolves to true once the person is known to be there, at once where that was confirmed within five minutes; to false where the dialog
 *  was closed. `anew`: for keys that somebody else will compare in person; how this device asks is then chosen again, so that a forgotten
 *  PIN has an end. */
export type AskPerson = (anew?: boolean) => Promise<boolean>;

const PersonContext = createContext<AskPerson | null>(null);

interface Asked {
  readonly check: PersonCheck | null;
  readonly platform: boolean;
  readonly answer: (confirmed: boolean) => void;
}

export function PersonGate({ children }: { readonly children: ComponentChildren }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const underway = useRef<Promise<boolean> | null>(null);
  const ask = useCallback(async (anew = false) => {
    if (await isPersonSeen(here.now())) return true;
    underway.current ??= askOnce(setAsked, anew).finally(() => {
      underway.current = null;
      setAsked(null);
    });
    return underway.current;
  }, []);
  return (
    <PersonContext.Provider value={ask}>
      {children}
      {asked === null ? null : <PersonDialog {...asked} />}
    </PersonContext.Provider>
  );
}

/** Asks for the person of this page. Throws outside of a page. */
export function usePerson(): AskPerson {
  const ask = useContext(PersonContext);
  if (ask === null) throw new Error('nobody can be asked here');
  return ask;
}

async function askOnce(show: (asked: Asked) => void, anew: boolean): Promise<boolean> {
  const [kept, platform] = await Promise.all([personCheckOf(), hasPlatformCheck()]);
  const check = anew ? null : kept;
  const confirmed = await new Promise<boolean>((answer) => show({ check, platform, answer }));
  if (confirmed) await notePersonSeen(here.now());
  return confirmed;
}
