/** A week in the very words that will be signed, in the order of the cover; and the signed form for machines below it. */
import { type Category, isMode, type Mode } from '../../../shared/diary/category.ts';
import { imagesIn } from '../../../shared/diary/journal-file.ts';
import type { SealDraft, SealItem } from '../../commands/seals.ts';
import { Icon } from '../../components/icon.tsx';
import { categoryWord, Mark } from '../../components/mark.tsx';
import { useLanguage, useWords } from '../../locales/use-words.ts';
import type { Journal } from '../use-journal.ts';

export function SealText({
  draft,
  journal,
}: {
  readonly draft: Pick<SealDraft, 'items' | 'exact'>;
  readonly journal: Journal;
}) {
  const words = useWords();
  let day = '';
  return (
    <article class="seal-text">
      {draft.items.map((item) => {
        const own = text(item.cover.day);
        const heading = own !== '' && own !== day ? own : null;
        if (own !== '') day = own;
        return (
          <section key={item.id}>
            {heading === null ? null : <h3 class="dayhead">{words.time.day(heading)}</h3>}
            <SealedItem item={item} table={journal.table} />
          </section>
        );
      })}
      <details>
        <summary>
          {words.week.seal.exact} <span class="cap">{words.week.seal.exactHint}</span>
        </summary>
        <pre>{draft.exact}</pre>
      </details>
    </article>
  );
}

/** One item of a week in its own words; what is withheld says so. */
export function SealedItem({ item, table }: { readonly item: SealItem; readonly table: readonly Category[] }) {
  const words = useWords();
  const language = useLanguage();
  const { cover, prose, held } = item;
  if (cover.kind === 'title')
    return (
      <Wrapped item={item}>
        <h3 class="title">{text(prose.text)}</h3>
      </Wrapped>
    );
  if (cover.kind === 'review')
    return (
      <Wrapped item={item}>
        <h4>{cover.day === undefined ? words.week.weekReview : words.journal.dayReview}</h4>
        <p class="prose song">{text(prose.text)}</p>
      </Wrapped>
    );
  const category = text(cover.category) === '' ? null : text(cover.category);
  const { mode: signed } = cover;
  const mode: Mode | null = typeof signed === 'string' && isMode(signed) ? signed : null;
  return (
    <Wrapped item={item}>
      <p class="head">
        <time>{words.time.span(text(cover.start), text(cover.end))}</time>
        <Mark of={{ category, mode, held }} table={table} />
        <span>
          {category === null ? words.week.noCategory : categoryWord(category, table, language)}
          {mode === null || category === mode ? '' : ` · ${words.domain.mode[mode]}`}
        </span>
        {cover.lateFor === undefined ? null : <span class="kind">{words.journal.lateEntry}</span>}
        {cover.corrects === undefined ? null : <span class="kind">{words.wording.correction}</span>}
      </p>
      <p class="prose">{text(prose.text)}</p>
      <dl class="dl">
        {(['place', 'detail', 'thinking', 'result', 'next'] as const).flatMap((name) =>
          text(prose[name]) === ''
            ? []
            : [
                <dt key={`${name} word`}>{words.journal[name]}</dt>,
                <dd key={name} class={name === 'thinking' ? 'prose song' : 'prose'}>
                  {text(prose[name])}
                </dd>,
              ],
        )}
        {threadNames(prose.threads).length === 0
          ? null
          : [
              <dt key="threads word">{words.journal.threads}</dt>,
              <dd key="threads">{threadNames(prose.threads).join(words.common.enumeration)}</dd>,
            ]}
        {imagesIn(prose).length === 0
          ? null
          : [
              <dt key="images word">{words.images.title}</dt>,
              <dd key="images">
                {imagesIn(prose).map(({ sha256, alt }) => (
                  <p key={sha256}>{alt}</p>
                ))}
              </dd>,
            ]}
      </dl>
    </Wrapped>
  );
}

/** A withheld item stands in a dashed frame with its ground; its text is for these eyes only. */
function Wrapped({ item, children }: { readonly item: SealItem; readonly children: preact.ComponentChildren }) {
  const words = useWords();
  const hold = holdOf(item.cover.hold);
  if (!item.held || hold === null) return <>{children}</>;
  return (
    <div class="withheld">
      <p class="meta">
        <Icon name="warn" small /> {words.week.seal.held(words.domain.ground[hold.ground], hold.basis)}
      </p>
      {Object.keys(item.prose).length === 0 ? null : <p class="cap">{words.week.seal.heldMine}</p>}
      {children}
    </div>
  );
}

function holdOf(
  value: unknown,
): { readonly ground: keyof ReturnType<typeof useWords>['domain']['ground']; readonly basis: string } | null {
  if (typeof value !== 'object' || value === null || !('ground' in value) || !('basis' in value)) return null;
  const { ground, basis } = value;
  if (ground !== 'state-secret' && ground !== 'trade-secret' && ground !== 'privacy') return null;
  return typeof basis === 'string' ? { ground, basis } : null;
}

function threadNames(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((thread: unknown) =>
    typeof thread === 'object' && thread !== null && 'name' in thread && typeof thread.name === 'string'
      ? [thread.name]
      : [],
  );
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
