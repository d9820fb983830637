import { type Catalogue, ENGLISH, type Language } from './catalogue.ts';

type Words = () => Promise<{ default: Catalogue }>;

const OTHERS: Readonly<Record<string, { words: Words; more: Words }>> = {
  de: {
    words: () => import('../../app/translations/de.json'),
    more: () => import('../../app/translations/de-more.json'),
  },
  ar: {
    words: () => import('../../app/translations/ar.json'),
    more: () => import('../../app/translations/ar-more.json'),
  },
};
const moreEnglish: Words = () => import('../../app/translations/en-more.json');
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
 * Adds the words that healthy figures do without: explanations, problems, sign-in, settings. A second call asks for
 * nothing. @throws when they cannot be fetched; a later call tries again
 */
export async function loadMoreWords({ locale, catalogue }: Language): Promise<void> {
  const more = OTHERS[languageOf(locale)]?.more;
  const [english, own] = await Promise.all([moreEnglish(), more?.()]);
  Object.assign(ENGLISH.catalogue, english.default);
  if (own) Object.assign(catalogue, own.default);
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
