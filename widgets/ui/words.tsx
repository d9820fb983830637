import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { ENGLISH, type Language, type Translate, translator } from './catalogue.ts';
import { createFormats, type Formats } from './formats.ts';
import { loadMoreWords } from './languages.ts';

interface Speech {
  readonly t: Translate;
  readonly formats: Formats;
  readonly language: Language;
}

const speechOf = (language: Language, baseCurrency: string | null): Speech => ({
  t: translator(language),
  formats: createFormats({ locale: language.locale, baseCurrency }),
  language,
});

const SpeechContext = createContext<Speech>(speechOf(ENGLISH, null));

export const useWords = (): Speech => useContext(SpeechContext);

/** Everything below speaks `language`; its less urgent words follow after the first picture. */
export function Speaking({ language, children }: { language: Language; children: ReactNode }) {
  const [words, setWords] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: more words in the same catalogue must reach everyone
  const speech = useMemo(() => speechOf(language, null), [language, words]);
  useEffect(() => {
    loadMoreWords(language).then(
      () => setWords((count) => count + 1),
      () => undefined, // whatever needs them loads them again, and says so when it cannot
    );
  }, [language]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}

/** Below this, money of `base` needs no currency code: it is the organisation's own. */
export function InCurrency({ base, children }: { base: string; children: ReactNode }) {
  const { language, t } = useWords();
  const speech = useMemo(() => ({ ...speechOf(language, base), t }), [language, base, t]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}
