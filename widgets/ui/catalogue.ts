import en from '../../app/translations/en.json';

/** Plural forms of one text; `n` picks. @see https://cldr.unicode.org/index/cldr-spec/plural-rules */
type Forms = Partial<Record<Intl.LDMLPluralRule, string>>;
export type Catalogue = Record<string, string | Forms>;

type LaterWords =
  | keyof typeof import('../../app/translations/en-more.json')
  | keyof typeof import('../../app/translations/en-settings.json')
  | keyof typeof import('../../app/translations/en-link.json');
export type MessageKey = keyof typeof en | Exclude<LaterWords, 'default'>;

type Values = Readonly<Record<string, string | number>>;
/** Says a text of the catalogue; `{name}` is replaced, numbers are written the reader's way. */
export type Translate = (key: MessageKey, values?: Values) => string;

export interface Language {
  /** What Intl formats by, e.g. `de-AT`. */
  readonly locale: string;
  /** What healthy figures need is in it from the start; the rest follows, see `loadMoreWords`. */
  readonly catalogue: Catalogue;
}

/** The language every other one falls back to. */
export const ENGLISH: Language = { locale: 'en', catalogue: { ...en } };

/** Shown for the moment in which a text is still on its way. */
const NOT_YET = '…';

/** A function that speaks this language. */
export function translator({ locale, catalogue }: Language): Translate {
  const plural = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  return (key, values = {}) => {
    const entry = catalogue[key] ?? ENGLISH.catalogue[key] ?? NOT_YET;
    const text = typeof entry === 'string' ? entry : formOf(entry, plural, values.n);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? number.format(value) : value;
    });
  };
}

function formOf(forms: Forms, rules: Intl.PluralRules, n: string | number | undefined): string {
  return forms[rules.select(Number(n ?? 0))] ?? forms.other ?? '';
}

/** Codes that may be newer than this build: known ones get their text, others `fallback`. */
export function textOr(t: Translate, key: string, fallback: string): string {
  return Object.hasOwn(ENGLISH.catalogue, key) ? t(key as MessageKey) : fallback; // safe because the catalogue has it
}
