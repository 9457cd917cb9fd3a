/** Place and photo of a report under review; the photo is fetched when it is asked for. */
import { useState } from 'preact/hooks';
import type { WaitingComment } from '../../../shared/api/comments.ts';
import { getWaitingPhoto } from '../../../shared/api/photos.ts';
import { Button } from '../../components/button.tsx';
import { Tick } from '../../components/choice.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { useAct } from '../use-act.ts';

export function ReportPhoto({
  comment,
  keep,
  onKeep,
}: {
  readonly comment: WaitingComment;
  readonly keep: boolean;
  readonly onKeep: (keep: boolean) => void;
}) {
  const text = useWords().comments.moderation;
  const [source, setSource] = useState<string | null>(null);
  const { busy, problem, act } = useAct();
  const { place, photo } = comment;
  return (
    <>
      {place ? <p>{text.place(place)}</p> : null}
      {photo ? (
        <div class="stack">
          {source === null ? (
            <p>
              <Button
                small
                disabled={busy}
                onClick={() =>
                  void act(async () => {
                    const { type, bytes } = await call(getWaitingPhoto, { params: { id: comment.id } });
                    setSource(`data:${type};base64,${bytes}`);
                  })
                }
              >
                {text.photoShow}
              </Button>
            </p>
          ) : (
            <img class="report-photo" src={source} width={photo.width} height={photo.height} alt={text.photo} />
          )}
          <Tick checked={keep} onChange={onKeep}>
            {text.photoKeep}
          </Tick>
          {problem === null ? null : (
            <Message tone="fail" role="alert">
              {problem}
            </Message>
          )}
        </div>
      ) : null}
    </>
  );
}
