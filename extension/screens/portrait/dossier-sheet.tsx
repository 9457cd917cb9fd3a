/** A dossier as it is read and printed: the five heads with their faces, what the leader says, who has seen it, and the sources. */
import * as v from 'valibot';
import { type Dossier, DossierContent } from '../../../shared/api/dossiers.ts';
import { Logo } from '../../components/icon.tsx';
import { useLanguage, useWords } from '../../locales/use-words.ts';
import { useDesk } from '../desk/use-desk.ts';
import { FaceTable, SourceTable } from './faces.tsx';

/** What a dossier says; what the server keeps is checked as it comes. */
export const contentOf = ({ content }: Pick<Dossier, 'content'>): DossierContent =>
  v.parse(v.pipe(v.string(), v.parseJson(), DossierContent), content);

export function DossierSheet({ dossier, opens }: { readonly dossier: Dossier; readonly opens: boolean }) {
  const words = useWords();
  const language = useLanguage();
  const desk = useDesk();
  const text = words.portrait;
  const content = contentOf(dossier);
  return (
    <article class="dossier-sheet">
      <header>
        <Logo />
        <span>
          {text.dossier} · {content.organisation[language]}
          {desk.profile.organisation?.demo === true ? ` · ${words.common.demo}` : null}
        </span>
        <span class="num">{words.time.period(content.from, content.to)}</span>
      </header>
      <h1>{text.dossierOf(content.unit.name[language], content.term.post)}</h1>
      <p class="lede">
        {text.term(content.term.from, content.term.to)}
        {text.stop}
        {text.lede}
      </p>
      {content.heads.map(({ head, faces }) =>
        faces.length === 0 ? null : (
          <section key={head} class="head">
            <h2>{text.head[head]}</h2>
            <div>
              {content.faces.map((face) =>
                faces.includes(face.face) ? <FaceTable key={face.face} face={face} /> : null,
              )}
            </div>
          </section>
        ),
      )}
      <section class="said-by-leader">
        <h2>{text.note}</h2>
        {dossier.notes.length === 0 ? <p class="meta">{text.noNote}</p> : null}
        {dossier.notes.map(({ at, text: said }) => (
          <blockquote key={at}>
            <p class="prose song">{said}</p>
            <footer class="cap num">{text.noteAt(desk.moment(at))}</footer>
          </blockquote>
        ))}
      </section>
      <SourceTable sources={content.sources} opens={opens} />
      <footer class="cap num">
        <p>
          {[
            text.asOf(desk.moment(content.asOf)),
            dossier.seenAt === null ? text.notSeen : text.seen(desk.moment(dossier.seenAt)),
            dossier.releasedAt !== null
              ? text.releasedAt(desk.moment(dossier.releasedAt))
              : dossier.state === 'elapsed'
                ? text.elapsed(desk.moment(dossier.openAt))
                : text.waiting(desk.moment(dossier.openAt)),
          ].join(words.desk.listSeparator)}
        </p>
        {content.log === null ? null : (
          <p>
            {text.log(content.log.origin, content.log.size)}
            {words.desk.listSeparator}
            {text.root} <span class="code">{content.log.root}</span>
          </p>
        )}
        <p>
          {text.contentDigest} <span class="code">{dossier.digest}</span> {text.digestHow}
        </p>
      </footer>
    </article>
  );
}
