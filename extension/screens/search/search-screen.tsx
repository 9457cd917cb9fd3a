import { useWords } from '../../locales/use-words.ts';
import { PageHead } from '../desk/page-head.tsx';

export function SearchScreen(_: { readonly route: readonly string[] }) {
  const words = useWords();
  return <PageHead title={words.desk.menu['search']} />;
}
