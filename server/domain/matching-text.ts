/** Folded words of a text that a person typed, in any script. */
export type Words = readonly string[];

/** Far above any reference or deal name; a longer text is notes, and its beginning tells as much. */
const LONGEST = 500;

/** Scripts written without spaces: their runs are cut into pairs, or only whole runs would ever match. */
const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/u;
/** Accents, Hebrew points, Arabic vowel marks and stretching, direction marks. Vowel signs of other scripts are letters. */
const OPTIONAL =
  /\p{Cf}|[\u0300-\u036f]|[\u1ab0-\u1aff]|[\u1dc0-\u1dff]|[\u20d0-\u20ff]|[\u0591-\u05c7]|[\u0610-\u061a]|\u0640|[\u064b-\u065f]|\u0670|[\u06d6-\u06ed]/gu;
const DIGIT = /\p{Nd}/u;
const LETTER = /[\p{L}\p{M}\p{N}]/u;

/**
 * Words without case, accents, vowel marks, direction marks and leading zeros; letters and digits part, so that
 * `INV-000123`, `inv 123` and `INV٠٠٠١٢٣` read alike. One walk over the characters: no pattern can run away.
 */
export function wordsOf(text: string): Words {
  const words: string[] = [];
  let word = '';
  let kind: Kind = 'gap';
  const close = (): void => {
    if (kind === 'digits') words.push(withoutLeadingZeros(word));
    else if (kind === 'unspaced') words.push(...pairsOf(word));
    else if (kind === 'letters') words.push(word);
    word = '';
  };
  for (const sign of folded(text.slice(0, LONGEST))) {
    const next = kindOf(sign);
    if (next !== kind) close();
    kind = next;
    if (next !== 'gap') word += next === 'digits' ? westernDigit(sign) : sign;
  }
  close();
  return words;
}

type Kind = 'gap' | 'digits' | 'unspaced' | 'letters';

const kindOf = (sign: string): Kind =>
  DIGIT.test(sign) ? 'digits' : !LETTER.test(sign) ? 'gap' : UNSPACED.test(sign) ? 'unspaced' : 'letters';

/** Down, up and down again, because only that way ẞ, ß and ss meet, and ı and i. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(OPTIONAL, '')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(OPTIONAL, '')
    .normalize('NFKC')
    .replaceAll('ς', 'σ');

/** Unicode keeps the digits of a script in order, zero first. */
function westernDigit(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && DIGIT.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}

function withoutLeadingZeros(digits: string): string {
  let from = 0;
  while (from < digits.length - 1 && digits[from] === '0') from += 1;
  return digits.slice(from);
}

function pairsOf(run: string): readonly string[] {
  const signs = [...run];
  return signs.length < 2 ? signs : signs.slice(1).map((sign, at) => `${signs[at] ?? ''}${sign}`);
}

/** Whether `part` stands in `whole` word by word, in one piece. An empty part stands nowhere. */
export const standsIn = (part: Words, whole: Words): boolean =>
  part.length > 0 && whole.some((_, from) => part.every((word, at) => whole[from + at] === word));

export const isDigits = (word: string): boolean =>
  word.length > 0 && [...word].every((sign) => sign >= '0' && sign <= '9');

const DIGITS_ALONE = 4;

/**
 * Whether a document's number is so much its own that finding it in a text means something: `INV-12`, or digits that
 * are neither few nor a year.
 */
export function isTelling(number: Words): boolean {
  if (!number.some(isDigits)) return false;
  if (number.some((word) => !isDigits(word))) return true;
  const digits = number.join('');
  return digits.length >= DIGITS_ALONE && !isYear(digits);
}

/** Years stand in names and references of everything. */
export const isYear = (word: string): boolean =>
  word.length === 4 && isDigits(word) && (word.startsWith('19') || word.startsWith('20'));
