/** The fingerprint of a key: 16 characters in fours, in the code face, to be read aloud. */
import { fingerprintOf } from '../../commands/accounts.ts';

export function Fingerprint({ label, kid }: { readonly label: string; readonly kid: string }) {
  return (
    <div class="finger">
      <dt>{label}</dt>
      <dd>
        {fingerprintOf(kid).map((four, n) => (
          <span key={n} class="four">
            {four}
          </span>
        ))}
      </dd>
    </div>
  );
}
