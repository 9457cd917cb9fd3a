/** How readers are known: shown here, set by the operator. */
import type { Answer } from '../../../shared/api/endpoint.ts';
import type { getSettings } from '../../../shared/api/settings.ts';
import { useWords } from '../../locales/use-words.ts';

export function IdentitySection({ identity }: { readonly identity: Answer<typeof getSettings>['identity'] }) {
  const text = useWords().organisation;
  const modes: Readonly<Record<string, string>> = text.identityMode;
  return (
    <section class="stack">
      <h2 class="h">{text.identity}</h2>
      <dl class="facts">
        <dt>{text.identityHow}</dt>
        <dd>{modes[identity.mode] ?? identity.mode}</dd>
        {identity.issuer === null ? null : (
          <>
            <dt>{text.identityAt}</dt>
            <dd class="code">{identity.issuer}</dd>
          </>
        )}
        <dt>{text.identityKept}</dt>
        <dd>{text.identityKeptDays(identity.keptDays)}</dd>
      </dl>
      <p class="cap">{text.identityFile}</p>
    </section>
  );
}
