import { useWords } from '../../locales/use-words.ts';
import { PageHead } from '../desk/page-head.tsx';

export function ThreadsScreen(_: { readonly route: readonly string[] }) {
  const words = useWords();
  return <PageHead title={words.desk.menu['threads']} />;
}
