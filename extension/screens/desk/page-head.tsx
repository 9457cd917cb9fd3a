/** The head of a page: title, what it is about, and its actions. */
import type { ComponentChildren } from 'preact';

export function PageHead({
  title,
  about,
  children,
}: {
  readonly title: ComponentChildren;
  readonly about?: ComponentChildren;
  readonly children?: ComponentChildren;
}) {
  return (
    <header class="top">
      <h1>{title}</h1>
      {about === undefined ? null : <span class="meta">{about}</span>}
      {children === undefined ? null : <div class="end">{children}</div>}
    </header>
  );
}
