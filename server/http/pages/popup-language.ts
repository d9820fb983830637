import { ENGLISH, type PopupWords } from './popup-words.ts';
import { ARABIC } from './popup-words-ar.ts';
import { GERMAN } from './popup-words-de.ts';

const LANGUAGES: readonly PopupWords[] = [ENGLISH, GERMAN, ARABIC];
/** Nobody has more languages than this; what follows is not looked at. */
const MOST = 20;

/**
 * The language a browser asks for first, of those there are. Nothing of the header gets into a page: it only picks.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-accept-language
 */
export function popupWords(acceptLanguage: string | undefined): PopupWords {
  const wanted = (acceptLanguage ?? '')
    .split(',', MOST)
    .map((part) => {
      const [range = '', ...rest] = part.trim().toLowerCase().split(';');
      const weight = rest
        .find((parameter) => parameter.trim().startsWith('q='))
        ?.trim()
        .slice(2);
      return { language: range.split('-')[0], weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight);
  for (const { language } of wanted) {
    const words = LANGUAGES.find((known) => known.language === language);
    if (words) return words;
  }
  return ENGLISH;
}
