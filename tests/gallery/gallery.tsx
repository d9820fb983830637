import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import {
  loadLanguage,
  loadLinkWords,
  loadMoreWords,
  loadSettingsWords,
  markPage,
  wantedLocale,
} from '../../widgets/ui/languages.ts';
import { mount } from '../../widgets/ui/mount.ts';
import { Speaking } from '../../widgets/ui/words.tsx';
import { GALLERY_STATES, type GalleryState } from './gallery-states.ts';
import '../../widgets/ui/ui.css';
import '../../widgets/ui/styles/controls.css';
import '../../widgets/ui/styles/notices.css';
import '../../widgets/ui/styles/documents.css';
import '../../widgets/ui/styles/linked.css';
import '../../widgets/ui/styles/linking.css';
import '../../widgets/ui/styles/settings.css';
import './gallery.css';

const asked = new URLSearchParams(window.location.search);
const WIDTHS = ['300', '320', '360', '420', '480', '640', '720', '860', '1000', '1200'];

/** All states side by side, at a chosen width, theme and language. */
function Gallery() {
  const [width, setWidth] = useState(asked.get('width') ?? '360');
  const [theme, setTheme] = useState(asked.get('theme') ?? 'day');
  document.documentElement.dataset.theme = theme;
  return (
    <>
      <header className="gallery-choices">
        <h1>Every state of every widget</h1>
        <Choice label="Width" value={width} options={WIDTHS} onChoose={setWidth} />
        <Choice label="Theme" value={theme} options={['day', 'night']} onChoose={setTheme} />
        <Choice
          label="Language"
          value={document.documentElement.lang.slice(0, 2)}
          options={['en', 'de', 'ar']}
          onChoose={(locale) => {
            window.location.search = `?locale=${locale}`;
          }}
        />
      </header>
      <main className="gallery-states">
        {GALLERY_STATES.map(({ name, widget, render }) => (
          <section key={name} data-state={name} style={{ inlineSize: `${width}px` }}>
            <h2>
              <a href={`?state=${encodeURIComponent(name)}`}>{name}</a>
            </h2>
            <div className={`gallery-frame ${widget}`}>{render()}</div>
          </section>
        ))}
      </main>
    </>
  );
}

function Choice({
  label,
  value,
  options,
  onChoose,
}: {
  label: string;
  value: string;
  options: readonly string[];
  onChoose: (value: string) => void;
}) {
  return (
    <label className="field">
      {label}
      <select value={value} onChange={({ target }) => onChoose(target.value)}>
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
  );
}

/** One state alone, as it stands in its frame: `?state=NAME&theme=night&locale=ar`. */
function One({ state: { name, widget, render } }: { state: GalleryState }) {
  return (
    <main className={widget}>
      <h1 className="unseen">{name}</h1>
      {render()}
    </main>
  );
}

const state = GALLERY_STATES.find(({ name }) => name === asked.get('state'));
document.documentElement.dataset.theme = asked.get('theme') ?? 'day';
const language = await loadLanguage(wantedLocale(window.location.search, navigator.languages));
await Promise.all([loadMoreWords(language), loadLinkWords(language), loadSettingsWords(language)]);
markPage(language, document.documentElement);
mount(
  <QueryClientProvider client={new QueryClient()}>
    <Speaking language={language}>{state ? <One state={state} /> : <Gallery />}</Speaking>
  </QueryClientProvider>,
);
