/** What the organiser decides: units and terms of office, and every setting that may change while the server runs. */
import type { ComponentChildren } from 'preact';
import type { Answer } from '../../../shared/api/endpoint.ts';
import { getSettings } from '../../../shared/api/settings.ts';
import { Loaded } from '../../components/loaded.tsx';
import { useLanguage, useWords } from '../../locales/use-words.ts';
import { call } from '../../remote/client.ts';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf, type Route } from '../desk/route.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useAnswer } from '../use-answer.ts';
import { CalendarSection } from './calendar-section.tsx';
import { IdentitySection } from './identity-section.tsx';
import { type SectionId, sectionIds } from './sections.ts';
import { SettingSection } from './setting-section.tsx';
import { categoriesShape, deadlinesShape, moderationShape, secrecyShape, themesShape, threadsShape } from './shape.ts';
import { TermsSection } from './terms-section.tsx';
import { UnitsSection } from './units-section.tsx';

export function OrganisationScreen({ route }: { readonly route: Route }) {
  const words = useWords();
  const desk = useDesk();
  const text = words.organisation;
  const section = sectionIds.find((each) => each === route[0]) ?? 'units';
  const read = useAnswer(() => call(getSettings), []);
  return (
    <>
      <PageHead title={text.title} about={text.intro} />
      <nav class="tabs" aria-label={text.sections}>
        <ul>
          {sectionIds.map((each) => (
            <li key={each}>
              <a href={hrefOf('organisation', each)} aria-current={each === section ? 'page' : undefined}>
                {text.section[each]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {section === 'units' ? (
        <UnitsSection />
      ) : (
        <Loaded answer={read.answer} again={read.again} clock={desk.clock}>
          {(answer) => <Settings section={section} answer={answer} again={read.again} />}
        </Loaded>
      )}
    </>
  );
}

function Settings({
  section,
  answer: { settings, identity },
  again,
}: {
  readonly section: Exclude<SectionId, 'units'>;
  readonly answer: Answer<typeof getSettings>;
  readonly again: () => Promise<void>;
}): ComponentChildren {
  const words = useWords();
  const language = useLanguage();
  const text = words.organisation;
  switch (section) {
    case 'categories':
      return (
        <SettingSection key={section} shape={categoriesShape(words)} standing={settings.categories} again={again} />
      );
    case 'themes': {
      const themes = settings.themes.value.map((theme) => ({ value: theme.id, label: theme[language] }));
      return (
        <div class="stack wide-gap">
          <div class="stack">
            <h2 class="h">{text.setting.themes}</h2>
            <SettingSection shape={themesShape(words)} standing={settings.themes} again={again} />
          </div>
          <div class="stack">
            <h2 class="h">{text.setting.threads}</h2>
            <SettingSection shape={threadsShape(words, themes)} standing={settings.threads} again={again} />
          </div>
        </div>
      );
    }
    case 'terms':
      return <TermsSection standing={settings.termBase} again={again} />;
    case 'secrecy':
      return (
        <div class="narrow">
          <SettingSection key={section} shape={secrecyShape(words)} standing={settings.secrecyWords} again={again} />
        </div>
      );
    case 'deadlines':
      return (
        <div class="reading-width">
          <SettingSection key={section} shape={deadlinesShape(words)} standing={settings.deadlines} again={again} />
        </div>
      );
    case 'calendar':
      return (
        <div class="reading-width">
          <CalendarSection standing={settings.calendar} again={again} />
        </div>
      );
    case 'rules':
      return (
        <div class="narrow stack wide-gap">
          <SettingSection shape={moderationShape(words)} standing={settings.moderation} again={again} />
          <IdentitySection identity={identity} />
        </div>
      );
  }
}
