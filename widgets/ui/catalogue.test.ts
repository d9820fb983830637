import { beforeAll, describe, expect, it } from 'vitest';
import ar from '../../app/translations/ar.json';
import linkAr from '../../app/translations/ar-link.json';
import moreAr from '../../app/translations/ar-more.json';
import settingsAr from '../../app/translations/ar-settings.json';
import de from '../../app/translations/de.json';
import linkDe from '../../app/translations/de-link.json';
import moreDe from '../../app/translations/de-more.json';
import settingsDe from '../../app/translations/de-settings.json';
import en from '../../app/translations/en.json';
import linkEn from '../../app/translations/en-link.json';
import moreEn from '../../app/translations/en-more.json';
import settingsEn from '../../app/translations/en-settings.json';
import { WIDGET_PROBLEMS } from '../api/problem-error.ts';
import { type Catalogue, ENGLISH, translator } from './catalogue.ts';
import { loadLanguage, loadMoreWords, markPage, wantedLocale } from './languages.ts';

const ENGLISH_WORDS: Catalogue = { ...en, ...moreEn, ...linkEn, ...settingsEn };
const WORDS: Readonly<Record<string, Catalogue>> = {
  en: ENGLISH_WORDS,
  de: { ...de, ...moreDe, ...linkDe, ...settingsDe },
  ar: { ...ar, ...moreAr, ...linkAr, ...settingsAr },
};
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();
const textsOf = (entry: Catalogue[string]): string[] =>
  typeof entry === 'string' ? [entry] : Object.values(entry).filter((text) => text !== undefined);

describe.each(Object.keys(WORDS))('the words in %s', (language) => {
  const words = WORDS[language] ?? {};

  it('are the same as in English, none missing and none left over', () => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(ENGLISH_WORDS).sort());
  });

  it('have every plural form the language asks for', () => {
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted();
    for (const [key, entry] of Object.entries(words))
      if (typeof entry !== 'string') expect(Object.keys(entry).sort(), key).toEqual(wanted);
  });

  it('fill in nothing English does not have', () => {
    for (const [key, entry] of Object.entries(words)) {
      const known = new Set(textsOf(ENGLISH_WORDS[key] ?? '').flatMap(placeholders));
      for (const text of textsOf(entry)) {
        expect(text.trim(), key).not.toBe('');
        expect(
          placeholders(text).filter((name) => !known.has(name)),
          key,
        ).toEqual([]);
      }
    }
  });

  it('explain every problem and its next step', () => {
    const codes = Object.keys(WIDGET_PROBLEMS);
    const lacking = codes
      .flatMap((code) => [`problem.${code}`, `problem.${code}.next`])
      .filter((key) => !(key in words));
    expect(lacking).toEqual([]);
  });
});

describe('speaking', () => {
  beforeAll(async () => loadMoreWords(ENGLISH));

  it('counts the way the language does', async () => {
    const days = async (locale: string, n: number) =>
      translator(await loadLanguage(locale))('count.days', { n });
    expect(await days('en', 1)).toBe('1 day');
    expect(await days('de', 3)).toBe('3 Tage');
    expect(await days('ar', 2)).toBe('يومان');
    expect(await days('ar', 11)).toBe('11 يومًا');
  });

  it('chooses the first language it knows, the address first', () => {
    expect(wantedLocale('', ['fr-FR', 'de-AT', 'en'])).toBe('de-AT');
    expect(wantedLocale('?locale=ar', ['de'])).toBe('ar');
    expect(wantedLocale('?locale=de_%00', ['fr'])).toBe('en');
    expect(wantedLocale('', [])).toBe('en');
  });

  it('turns the page round for Arabic', async () => {
    const page = { lang: '', dir: '' } as HTMLElement; // safe because only these two are written
    markPage(await loadLanguage('ar-EG'), page);
    expect(page).toEqual({ lang: 'ar-EG', dir: 'rtl' });
  });
});
