import { type Catalogue, ENGLISH, type Language } from './catalogue.ts';

type Words = () => Promise<{ default: Catalogue }>;

/**
 * What healthy figures do without: `more` explanations, problems and sign-in; what only administrators read; and
 * links of documents with deals.
 */
const ENGLISH_LATER = {
  more: () => import('../../app/translations/en-more.json'),
  settings: () => import('../../app/translations/en-settings.json'),
  link: () => import('../../app/translations/en-link.json'),
} as const satisfies Record<string, Words>;
type Later = keyof typeof ENGLISH_LATER;

const OTHERS: Readonly<Record<string, Readonly<Record<Later | 'words', Words>>>> = {
  de: {
    words: () => import('../../app/translations/de.json'),
    more: () => import('../../app/translations/de-more.json'),
    settings: () => import('../../app/translations/de-settings.json'),
    link: () => import('../../app/translations/de-link.json'),
  },
  ar: {
    words: () => import('../../app/translations/ar.json'),
    more: () => import('../../app/translations/ar-more.json'),
    settings: () => import('../../app/translations/ar-settings.json'),
    link: () => import('../../app/translations/ar-link.json'),
  },
};
const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);

const languageOf = (locale: string): string => locale.split('-')[0]?.toLowerCase() ?? '';

/** The first of the wanted locales we have words for; CRM does not tell its own. `?locale=` comes first. */
export function wantedLocale(search: string, preferred: readonly string[]): string {
  const asked = new URLSearchParams(search).get('locale');
  const wanted = asked ? [asked, ...preferred] : preferred;
  const known = wanted.find((locale) => languageOf(locale) === 'en' || languageOf(locale) in OTHERS);
  return known && isLocale(known) ? known : ENGLISH.locale;
}

/** Loads the words of a locale. English needs no request, and stands in when another cannot be fetched. */
export async function loadLanguage(locale: string): Promise<Language> {
  const other = OTHERS[languageOf(locale)];
  if (!other) return { locale, catalogue: ENGLISH.catalogue };
  return other.words().then(
    ({ default: words }) => ({ locale, catalogue: { ...words } }),
    () => ENGLISH,
  );
}

/**
 * Adds the words that healthy figures do without: explanations, problems, sign-in, set-up. A second call asks for
 * nothing. @throws when they cannot be fetched; a later call tries again
 */
export const loadMoreWords = (language: Language): Promise<void> => loadLater('more', language);

/** Adds the words of the administrator's screens, under the same terms. */
export const loadSettingsWords = (language: Language): Promise<void> => loadLater('settings', language);

/** Adds the words of linking documents with deals, under the same terms. */
export const loadLinkWords = (language: Language): Promise<void> => loadLater('link', language);

async function loadLater(part: Later, { locale, catalogue }: Language): Promise<void> {
  const own = OTHERS[languageOf(locale)]?.[part];
  const [english, words] = await Promise.all([ENGLISH_LATER[part](), own?.()]);
  Object.assign(ENGLISH.catalogue, english.default);
  if (words) Object.assign(catalogue, words.default);
}

/** Tells the page which language it is in and which way it runs. */
export function markPage({ locale }: Language, page: HTMLElement): void {
  page.lang = locale;
  page.dir = RIGHT_TO_LEFT.has(languageOf(locale)) ? 'rtl' : 'ltr';
}

function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length > 0;
  } catch {
    return false; // a locale from the address may be anything
  }
}
