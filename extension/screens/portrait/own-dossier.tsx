/** A dossier about oneself: read before anyone, with what one says of it, and handed over. */
import { useState } from 'preact/hooks';
import { type Dossier, getOwnDossier } from '../../../shared/api/dossiers.ts';
import { noteDossier, releaseDossier } from '../../commands/dossiers.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { AnswerForm } from '../desk/answer-form.tsx';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useDraft } from '../use-draft.ts';
import { DossierSheet } from './dossier-sheet.tsx';
import { ExportDossier } from './export-dossier.tsx';
import { useOneReading } from './use-one-reading.ts';

export function OwnDossier({ id }: { readonly id: string }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.portrait;
  const { answer, again, replace } = useOneReading(() => call(getOwnDossier, { params: { id } }), id);
  const draft = useDraft(`dossier.${id}`);
  return (
    <Loaded answer={answer} again={again} clock={desk.clock}>
      {(dossier) => (
        <>
          <div class="stack no-print">
            <PageHead title={text.dossier} about={text.asAssessor}>
              <a href={hrefOf('portrait')}>{words.desk.back}</a>
            </PageHead>
            {dossier.state === 'waiting' ? <Message>{text.until(desk.moment(dossier.openAt))}</Message> : null}
            <ExportDossier dossier={dossier} />
          </div>
          <DossierSheet dossier={dossier} opens={false} />
          <section class="stack narrow no-print">
            <AnswerForm
              draft={draft}
              label={text.addNote}
              hint={text.noteHint}
              most={2000}
              word={text.sendNote}
              send={async (said) => replace(await noteDossier(id, said))}
              done={() => Promise.resolve()}
            />
            {dossier.state === 'released' ? null : <Release dossier={dossier} replace={replace} />}
          </section>
        </>
      )}
    </Loaded>
  );
}

function Release({ dossier, replace }: { readonly dossier: Dossier; readonly replace: (value: Dossier) => void }) {
  const words = useWords();
  const text = words.portrait;
  const [asks, setAsks] = useState(false);
  const { busy, problem, act } = useAct();
  return (
    <>
      <p>
        <Button onClick={() => setAsks(true)}>{text.release}</Button>
      </p>
      {asks ? (
        <Dialog
          title={text.release}
          onClose={() => setAsks(false)}
          footer={
            <>
              <Button onClick={() => setAsks(false)}>{words.common.cancel}</Button>
              <Button
                kind="primary"
                disabled={busy}
                onClick={() =>
                  void act(async () => replace(await releaseDossier(dossier.id))).then((isDone) => {
                    if (isDone) setAsks(false);
                  })
                }
              >
                {text.releaseYes}
              </Button>
            </>
          }
        >
          <p>{text.releaseAsk}</p>
          {problem === null ? null : (
            <Message tone="fail" role="alert">
              {problem}
            </Message>
          )}
        </Dialog>
      ) : null}
    </>
  );
}
