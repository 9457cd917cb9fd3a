/** The desk's frame: menu by role, the page that the address names, and what must not be missed (a revoked device, a log that does not fit). */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Icon, Logo } from '../../components/icon.tsx';
import { Empty } from '../../components/loaded.tsx';
import { Message } from '../../components/message.tsx';
import { here } from '../../device/context.ts';
import { useLanguage, useWords } from '../../locales/use-words.ts';
import { profileOf, progressOf } from '../../store/database.ts';
import { useLive } from '../../store/live.ts';
import { AuditScreen } from '../audit/audit-screen.tsx';
import { DiariesScreen } from '../diaries/diaries-screen.tsx';
import { DossiersScreen } from '../dossiers/dossiers-screen.tsx';
import { DrawsScreen } from '../draws/draws-screen.tsx';
import { EnrolScreen } from '../enrol/enrol-screen.tsx';
import { FilesScreen } from '../files/files-screen.tsx';
import { HomeScreen } from '../home/home-screen.tsx';
import { MentionsScreen } from '../moderation/mentions-screen.tsx';
import { ModerationScreen } from '../moderation/moderation-screen.tsx';
import { MyTimeScreen } from '../my-time/my-time-screen.tsx';
import { OrganisationScreen } from '../organisation/organisation-screen.tsx';
import { PeopleScreen } from '../people/people-screen.tsx';
import { PlanScreen } from '../plan/plan-screen.tsx';
import { PortraitScreen } from '../portrait/portrait-screen.tsx';
import { RatesScreen } from '../rates/rates-screen.tsx';
import { ReviewScreen } from '../review/review-screen.tsx';
import { SearchScreen } from '../search/search-screen.tsx';
import { SettingsScreen } from '../settings/settings-screen.tsx';
import { ThreadsScreen } from '../threads/threads-screen.tsx';
import { TicketsScreen } from '../tickets/tickets-screen.tsx';
import { WeekScreen } from '../week/week-screen.tsx';
import { LogTrouble } from './log-trouble.tsx';
import { firstPageOf, menuOf, type PageId } from './menu.ts';
import { hrefOf, type Route, useRoute } from './route.ts';
import { type Desk, DeskProvider, deskOf } from './use-desk.ts';

/** The whole page. */
export function DeskScreen() {
  const words = useWords();
  const language = useLanguage();
  const nowMs = useClock();
  const route = useRoute();
  const known = useLive(
    async () => ({ profile: await profileOf(here.database), progress: await progressOf(here.database) }),
    [],
  );
  useEffect(() => here.poke(true), []);
  const desk = known === undefined ? null : deskOf(known.profile, nowMs, known.progress.offsetMs ?? 0, words, language);
  const pages = desk === null ? [] : menuOf(desk);
  const page = route[0] ?? (desk === null ? 'settings' : firstPageOf(desk));
  const shown = pages.find((each) => each.page === page)?.page ?? null;
  useArrival(route.join('/'), shown === null ? null : `${words.desk.menu[shown]} · ${words.common.product}`);
  if (known === undefined || desk === null) return null;
  const { profile, progress } = known;
  return (
    <DeskProvider value={desk}>
      <div class="app">
        <Menu desk={desk} current={shown} />
        <main class="main" id="main" tabIndex={-1}>
          {profile.device?.state === 'revoked' ? (
            <Message tone="fail" role="alert">
              {words.desk.revoked}
              {desk.may('journal.write') ? `${words.desk.gap}${words.desk.textKept}` : null}
            </Message>
          ) : null}
          <LogTrouble progress={progress} />
          {shown === null && page !== 'enrol' ? <NotHere /> : <Shown page={shown ?? 'enrol'} route={route.slice(1)} />}
        </main>
      </div>
    </DeskProvider>
  );
}

function Shown({ page, route }: { readonly page: PageId; readonly route: Route }): ComponentChildren {
  switch (page) {
    case 'home':
      return <HomeScreen />;
    case 'audit':
      return <AuditScreen route={route} />;
    case 'week':
      return <WeekScreen />;
    case 'threads':
      return <ThreadsScreen route={route} />;
    case 'search':
      return <SearchScreen route={route} />;
    case 'my-time':
      return <MyTimeScreen route={route} />;
    case 'files':
      return <FilesScreen />;
    case 'diaries':
      return <DiariesScreen route={route} />;
    case 'plan':
      return <PlanScreen route={route} />;
    case 'draws':
      return <DrawsScreen route={route} />;
    case 'review':
      return <ReviewScreen route={route} />;
    case 'moderation':
      return <ModerationScreen route={route} />;
    case 'mentions':
      return <MentionsScreen />;
    case 'tickets':
      return <TicketsScreen route={route} />;
    case 'rates':
      return <RatesScreen route={route} />;
    case 'portrait':
      return <PortraitScreen route={route} />;
    case 'dossiers':
      return <DossiersScreen route={route} />;
    case 'people':
      return <PeopleScreen />;
    case 'organisation':
      return <OrganisationScreen route={route} />;
    case 'enrol':
      return <EnrolScreen />;
    case 'settings':
      return <SettingsScreen />;
  }
}

function Menu({ desk, current }: { readonly desk: Desk; readonly current: PageId | null }) {
  const words = useWords();
  const { profile, grants } = desk;
  return (
    <nav class="nav" aria-label={words.desk.mainMenu}>
      <p class="brand">
        <Logo />
        <span class="label">{words.common.product}</span>
      </p>
      <ul>
        {menuOf(desk).map(({ page, icon }) => (
          <li key={page}>
            <a href={hrefOf(page)} title={words.desk.menu[page]} aria-current={page === current ? 'page' : undefined}>
              <Icon name={icon} />
              <span class="label">{words.desk.menu[page]}</span>
            </a>
          </li>
        ))}
      </ul>
      <div class="who">
        {profile.person === null ? null : <p>{profile.person.name}</p>}
        {grants.map(({ role, unit, actor }) => (
          <p key={`${role} ${actor}`}>
            {unit === null ? '' : `${desk.unitName(unit)} · `}
            {words.domain.role[role]}
          </p>
        ))}
        {profile.organisation?.demo === true ? <p class="demo">{words.common.demo}</p> : null}
      </div>
    </nav>
  );
}

function NotHere() {
  const words = useWords();
  return (
    <>
      <Empty title={words.desk.notHere} />
      <p>
        <a href="#/">{words.desk.toFirst}</a>
      </p>
    </>
  );
}

/** Names the tab after the page, and moves the focus to a page that was gone to, so that a screen reader begins there. */
function useArrival(address: string, title: string | null): void {
  const first = useRef(address);
  useEffect(() => {
    if (title !== null) document.title = title;
  }, [title]);
  useEffect(() => {
    if (first.current === address) return;
    first.current = '';
    document.getElementById('main')?.focus();
  }, [address]);
}

/** This machine's clock in milliseconds, moved every ten seconds: deadlines on the page run. */
function useClock(): number {
  const [nowMs, setNow] = useState(() => here.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(here.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
