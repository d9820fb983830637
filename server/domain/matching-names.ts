import { wordsOf } from './matching-text.ts';

/**
 * Legal forms as they stand in names after folding: a company is called the same with and without them.
 * @see https://www.gleif.org/en/about-lei/code-lists/iso-20275-entity-legal-forms-code-list
 */
const LEGAL_FORMS = new Set(
  (
    'ab ag aktiengesellschaft aps as asa bhd bv bvba co company corp corporation cv doo ead eirl ek eood eurl fzco fze ' +
    'gbr gesellschaft gmbh ggmbh haftungsbeschrankt hf inc incorporated jsc kft kg kgaa kk llc llp lp ltd limited ltda mbh ' +
    'nv oao ohg ooo oy oyj partg plc pllc pt pte pty pvt private sa sae sapi sarl sas sasu sc sca sdn se sia sl sll slu ' +
    'smba snc soc spa spk spol spzoo srl sro tbk uab ug ulc wll xo zao zrt'
  ).split(' '),
);
/** Written in other scripts, in one piece with the name or after it. */
const LEGAL_MARKS =
  /株式会社|有限会社|合同会社|（株）|\(株\)|㈱|有限公司|股份|주식회사|㈜|בע["״”]מ|ש\.ל\.מ|ذ\.م\.م|ش\.م\.ك|ООО|ОАО|ЗАО/gu;
/** Between partners' names, in the languages businesses are founded in; a name may carry it or a sign. */
const AND = new Set(['and', 'und', 'et', 'y', 'e', 'en', 'og', 'och', 'the']);
/** Far above any company's name. */
const LONGEST = 200;

/** What a company's name is compared by. */
export interface ComparedName {
  /** Empty where nothing is left to compare. */
  readonly forms: readonly string[];
  /** The first two telling words, where they are more than initials: branches and subsidiaries begin alike. */
  readonly beginning: string | null;
}

/** Folding a name takes as long as comparing it with hundreds, and the same names come again and again. */
const known = new Map<string, ComparedName>();
const MOST_KNOWN = 100_000;

/** As it was compared before, or now. */
export function comparedName(name: string): ComparedName {
  const before = known.get(name);
  if (before) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const compared = compare(name);
  known.set(name, compared);
  return compared;
}

/**
 * The name without case, accents, punctuation, legal form and the word “and”; umlauts both as their letter and spelled
 * out.
 */
function compare(name: string): ComparedName {
  const short = name.slice(0, LONGEST);
  const words = tellingWords(short);
  const spelt = speltOut(short);
  const forms = [words.join(' '), ...(spelt === null ? [] : [tellingWords(spelt).join(' ')])];
  const [first = '', second = ''] = words;
  return {
    forms: [...new Set(forms)].filter((form) => form !== ''),
    beginning: second !== '' && first.length + second.length >= 6 ? `${first} ${second}` : null,
  };
}

/** Words that tell one company from another, in order. */
function tellingWords(name: string): readonly string[] {
  const all = joinedInitials(wordsOf(name.replaceAll(LEGAL_MARKS, ' ')));
  const telling = all.filter((word) => !AND.has(word) && !LEGAL_FORMS.has(word));
  // A company may be called no more than “Limited”.
  return telling.length > 0 ? telling : all;
}

/** `G.m.b.H.` and `K. K.` are one word each. */
function joinedInitials(words: readonly string[]): readonly string[] {
  const joined: string[] = [];
  let initials: string[] = [];
  const close = (): void => {
    if (initials.length > 0) joined.push(initials.join(''));
    initials = [];
  };
  for (const word of words) {
    if (/^[a-z]$/.test(word)) initials.push(word);
    else {
      close();
      joined.push(word);
    }
  }
  close();
  return joined;
}

const SPELT: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe', æ: 'ae' };
const SPELLABLE = /[äöüåøæ]/g;

/** `null` where there is nothing to spell out. */
function speltOut(name: string): string | null {
  const lower = name.normalize('NFC').toLowerCase();
  const spelt = lower.replaceAll(SPELLABLE, (letter) => SPELT[letter] ?? letter);
  return spelt === lower ? null : spelt;
}
