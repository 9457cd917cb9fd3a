/** Templates for answers of the organisation: a list, changed in place, and one more. */
import { useState } from 'preact/hooks';
import { getReplyTemplates, type ReplyTemplate } from '../../../shared/api/reply-templates.ts';
import { gapsOf, templateLimits } from '../../../shared/feedback/reply-template.ts';
import { removeReplyTemplate, setTemplate } from '../../commands/tickets.ts';
import { Button } from '../../components/button.tsx';
import { TextArea, TextField } from '../../components/field.tsx';
import { focusInvalid } from '../../components/focus-invalid.ts';
import { Empty, Loaded } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAct } from '../use-act.ts';
import { useAnswer } from '../use-answer.ts';

export function TemplatesPage() {
  const words = useWords();
  const desk = useDesk();
  const text = words.tickets;
  const [open, setOpen] = useState<string | null>(null);
  const read = useAnswer(() => call(getReplyTemplates), []);
  const manages = desk.may('tickets.dispatch');
  const done = async () => {
    setOpen(null);
    await read.again();
  };
  return (
    <>
      <PageHead title={text.templates}>
        <a class="btn text" href={hrefOf('tickets')}>
          {text.back}
        </a>
      </PageHead>
      <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
        {({ rows }) => (
          <div class="stack reading-width">
            <p class="meta">{text.templatesHint}</p>
            {rows.length === 0 ? <Empty title={text.templatesNone} /> : null}
            <ul class="stack">
              {rows.map((row) => (
                <li key={row.id}>
                  {open === row.id ? (
                    <TemplateForm template={row} done={done} />
                  ) : (
                    <Shown row={row} manages={manages} change={() => setOpen(row.id)} done={done} />
                  )}
                </li>
              ))}
            </ul>
            {manages && open === null ? <TemplateForm key={rows.length} template={null} done={done} /> : null}
          </div>
        )}
      </Loaded>
    </>
  );
}

function Shown({
  row,
  manages,
  change,
  done,
}: {
  readonly row: ReplyTemplate;
  readonly manages: boolean;
  readonly change: () => void;
  readonly done: () => Promise<void>;
}) {
  const words = useWords();
  const { busy, problem, act } = useAct();
  return (
    <>
      <h2 class="h">{row.name}</h2>
      <p class="prose">{row.text}</p>
      {manages ? (
        <p class="row">
          <button type="button" class="link" aria-label={`${words.common.change} ${row.name}`} onClick={change}>
            {words.common.change}
          </button>
          <button
            type="button"
            class="link danger"
            disabled={busy}
            aria-label={`${words.common.remove} ${row.name}`}
            onClick={() => void act(() => removeReplyTemplate(row.id)).then((isDone) => (isDone ? done() : undefined))}
          >
            {words.common.remove}
          </button>
        </p>
      ) : null}
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
    </>
  );
}

/** `template` null: a new one. */
function TemplateForm({
  template,
  done,
}: {
  readonly template: ReplyTemplate | null;
  readonly done: () => Promise<void>;
}) {
  const words = useWords();
  const text = words.tickets;
  const [name, setName] = useState(template?.name ?? '');
  const [body, setBody] = useState(template?.text ?? '');
  const [tried, setTried] = useState(false);
  const { busy, problem, act } = useAct();
  const hasGap = gapsOf(body).length > 0;
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        focusInvalid(event.currentTarget);
        setTried(true);
        if (name.trim() === '' || !hasGap) return;
        void act(() => setTemplate(template?.id ?? null, { name: name.trim(), text: body.trim() })).then((isDone) =>
          isDone ? done() : undefined,
        );
      }}
    >
      {template === null ? <h2 class="h">{text.templateAdd}</h2> : null}
      <TextField
        label={text.templateName}
        value={name}
        maxLength={templateLimits.name}
        error={tried && name.trim() === '' ? words.desk.fillIn : null}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <TextArea
        label={text.templateText}
        hint={text.templateTextHint}
        rows={4}
        value={body}
        maxLength={templateLimits.text}
        error={tried && !hasGap ? text.templateNoGap : null}
        onInput={(event) => setBody(event.currentTarget.value)}
      />
      {problem === null ? null : (
        <Message tone="fail" role="alert">
          {problem}
        </Message>
      )}
      <p class="row">
        <Button kind={template === null ? 'quiet' : 'primary'} type="submit" disabled={busy}>
          {words.common.save}
        </Button>
        {template === null ? null : (
          <Button kind="text" onClick={() => void done()}>
            {words.common.cancel}
          </Button>
        )}
      </p>
    </form>
  );
}
