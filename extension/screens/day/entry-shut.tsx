/** An entry of a shut week, to read; and the way to correct it. */
import { Fragment } from 'preact';
import { useState } from 'preact/hooks';
import type { EntryBody } from '../../../shared/api/journal.ts';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { placeInSeal } from '../../store/corrections.ts';
import { useLive } from '../../store/live.ts';
import type { Written } from '../../store/queries.ts';
import { ImageArea } from '../images/image-area.tsx';
import type { Journal } from '../use-journal.ts';
import { useKeptDrafts } from '../use-kept-drafts.ts';
import { CorrectionForm, correctionSurface } from './correction-form.tsx';

const shown = ['place', 'detail', 'thinking', 'result', 'next'] as const;

export function EntryShut({ entry, journal }: { readonly entry: Written<EntryBody>; readonly journal: Journal }) {
  const words = useWords();
  const { id, body } = entry;
  const threads = (body.threads ?? []).map(({ name }) => name);
  return (
    <>
      <dl class="dl">
        {shown.map((name) =>
          body[name] === undefined ? null : (
            <Fragment key={name}>
              <dt>{words.journal[name]}</dt>
              <dd class={name === 'thinking' ? 'prose song' : 'prose'}>{body[name]}</dd>
            </Fragment>
          ),
        )}
        {threads.length === 0 ? null : (
          <>
            <dt>{words.journal.threads}</dt>
            <dd>{threads.join(words.common.enumeration)}</dd>
          </>
        )}
      </dl>
      <ImageArea entry={entry} shut />
      {entry.correctedBy === undefined ? <Correcting key={id} entry={entry} journal={journal} /> : null}
    </>
  );
}

/** The link that begins a correction, or the form once it is begun; a begun one opens by itself. */
function Correcting({ entry, journal }: { readonly entry: Written<EntryBody>; readonly journal: Journal }) {
  const words = useWords();
  const [begun, setBegun] = useState(false);
  const drafts = useKeptDrafts();
  const { id, body } = entry;
  const place = useLive(() => placeInSeal(here.database, body.week, id), [body.week, id]);
  if (drafts === undefined || place === undefined) return null;
  if (place === null) return <p class="cap">{words.wording.correctElsewhere}</p>;
  if (begun || drafts.has(correctionSurface(id)))
    return <CorrectionForm entry={entry} journal={journal} onClose={() => setBegun(false)} />;
  return (
    <p class="row bt">
      <button type="button" class="link" onClick={() => setBegun(true)}>
        {words.wording.correct}
      </button>
    </p>
  );
}
