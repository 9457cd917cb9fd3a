/** An organisation that has nothing but threads. */
import type { Organisation } from '../../shared/api/organisation.ts';

export const demoOrganisation = (threads: Organisation['threads']): Organisation => ({
  name: { zh: '青禾市', en: 'Qinghe' },
  zone: 'Asia/Shanghai',
  demo: true,
  origin: 'diary.example/log1',
  vkey: '',
  organiser: null,
  issuer: 'https://diary.example',
  units: [],
  terms: [],
  categories: [],
  threads,
});
