import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MatchCustomer, type MatchRecord, matchRecords } from './account-matching.ts';
import { comparedName } from './matching-names.ts';

const nameForms = (name: string) => comparedName(name).forms;

const record = (given: Partial<MatchRecord> = {}): MatchRecord => ({
  key: 'A1',
  name: 'Acme',
  emails: [],
  website: null,
  taxNumber: null,
  otherIds: [],
  ...given,
});
const customer = (given: Partial<MatchCustomer> = {}): MatchCustomer => ({
  id: 'C1',
  names: ['Somebody Else'],
  emails: [],
  website: null,
  taxNumber: null,
  crmIds: [],
  ...given,
});
const matchOf = (one: Partial<MatchRecord>, other: Partial<MatchCustomer>) =>
  (matchRecords([record(one)], [customer(other)]).get('A1') ?? []).map(
    ({ reasons, strength }) => `${strength}: ${reasons.join(' ')}`,
  );

describe('what speaks for a customer', () => {
  it.each<[string, Partial<MatchRecord>, Partial<MatchCustomer>, readonly string[]]>([
    ['nothing', {}, {}, []],
    ['an id Books has stored', { otherIds: ['31'] }, { crmIds: ['31'] }, ['strong: id']],
    [
      'the same tax number, however it is typed',
      { taxNumber: 'DE 811.907-980' },
      { taxNumber: 'de811907980' },
      ['strong: tax_number'],
    ],
    ['the same name', {}, { names: ['ACME'] }, ['likely: name']],
    ['the company behind the contact', {}, { names: ['Ada Roth', 'Acme Ltd.'] }, ['likely: name']],
    [
      'an address of its people',
      { emails: ['Ada@acme.example'] },
      { emails: ['ada@ACME.example '] },
      ['likely: email'],
    ],
    [
      'the host of an address only',
      { emails: ['ada@acme.example'] },
      { emails: ['bob@acme.example'] },
      ['weak: email_domain'],
    ],
    [
      'a website and an address there',
      { website: 'https://www.acme.example/de?x=1' },
      { emails: ['bob@acme.example'] },
      ['weak: email_domain'],
    ],
    ['a mailbox anybody has', { emails: ['acme@gmail.com'] }, { emails: ['other@gmail.com'] }, []],
    ['… in another country', { emails: ['acme@yahoo.co.uk'] }, { emails: ['other@yahoo.co.uk'] }, []],
    [
      'the very same public mailbox',
      { emails: ['acme@gmail.com'] },
      { emails: ['acme@gmail.com'] },
      ['likely: email'],
    ],
    [
      'name and address',
      { emails: ['ada@acme.example'] },
      { names: ['Acme Inc'], emails: ['ada@acme.example'] },
      ['strong: email name'],
    ],
    [
      'name and host',
      { emails: ['ada@acme.example'] },
      { names: ['Acme Inc'], website: 'acme.example' },
      ['strong: name email_domain'],
    ],
    [
      'a branch',
      { name: 'Atlas Logistics Group' },
      { names: ['Atlas Logistics – East'] },
      ['weak: similar_name'],
    ],
    ['one word in common', { name: 'Atlas Freight' }, { names: ['Atlas Hotels'] }, []],
    [
      'the same name with two tax numbers: two companies',
      { taxNumber: 'GB123456789' },
      { names: ['Acme'], taxNumber: 'GB987654321' },
      ['weak: name'],
    ],
    ['what is typed where there is no number', { taxNumber: '000000000' }, { taxNumber: '000000000' }, []],
    ['no name at all', { name: '…' }, { names: ['—', ''] }, []],
  ])('%s', (_, one, other, expected) => {
    expect(matchOf(one, other)).toEqual(expected);
  });

  it.each([
    ['Müller & Söhne Bürobedarf GmbH', 'MUELLER UND SOEHNE BUEROBEDARF'],
    ['Ateliers Côte d’Argent S.A.R.L.', "Ateliers Cote d'Argent"],
    ['Hanami Trading K.K.', 'Hanami Trading'],
    ['ギンザ文具株式会社', 'ギンザ文具'],
    ['משרדי הצפון בע״מ', 'משרדי הצפון'],
    ["O'Brien & Sons Printing, Inc.", 'O’Brien and Sons Printing'],
    ['The "Blue Door" Coworking Co.', 'Blue Door Coworking'],
    ['Bergmann Planungsbüro GmbH & Co. KG', 'Bergmann Planungsbuero'],
  ])('%s and %s are one name', (one, other) => {
    expect(matchOf({ name: one }, { names: [other] })).toEqual(['likely: name']);
  });

  it('a company may be called like a legal form', () => {
    expect(matchOf({ name: 'Limited' }, { names: ['limited.'] })).toEqual(['likely: name']);
    expect(nameForms('SE')).toEqual(['se']);
  });
});

describe('what only a person can tell', () => {
  const [one, other] = [customer({ names: ['Acme'] }), customer({ id: 'C2', names: ['ACME Ltd'] })];

  it('two customers of one name', () => {
    expect(matchRecords([record()], [one, other]).get('A1')).toEqual([
      { customerId: 'C1', reasons: ['name'], strength: 'likely', ambiguous: true },
      { customerId: 'C2', reasons: ['name'], strength: 'likely', ambiguous: true },
    ]);
  });

  it('two accounts of one name', () => {
    const matches = matchRecords([record(), record({ key: 'A2' })], [one]);
    expect([...matches.values()].flat().map(({ ambiguous }) => ambiguous)).toEqual([true, true]);
  });

  it('what speaks for one of them more decides', () => {
    const known = { ...other, emails: ['ada@acme.example'] };
    const matches = matchRecords([record({ emails: ['ada@acme.example'] })], [one, known]).get('A1');
    expect(matches?.map(({ customerId, ambiguous }) => [customerId, ambiguous])).toEqual([
      ['C2', false],
      ['C1', true],
    ]);
  });

  it('what more than twenty share tells nobody apart', () => {
    const crowd = Array.from({ length: 21 }, (_, at) =>
      customer({ id: `C${at}`, names: [`N${at}`], emails: [`p${at}@mall.example`] }),
    );
    const asked = record({ emails: ['me@mall.example'] });
    expect(matchRecords([asked], crowd).size).toBe(0);
    expect(matchRecords([asked], crowd.slice(1)).get('A1')).toHaveLength(5);
    // … also where most of them belong to somebody: a host of many is no sign, however few of them are free
    const taken = crowd.map((one, at) => ({ ...one, taken: at > 0 }));
    expect(matchRecords([asked], taken).size).toBe(0);
    expect(matchRecords([asked], taken.slice(0, 20)).get('A1')).toEqual([
      { customerId: 'C0', reasons: ['email_domain'], strength: 'weak', ambiguous: false },
    ]);
  });
});

const word = fc.constantFrom(
  'acme',
  'Müller',
  'Söhne',
  'paper',
  'ギンザ',
  'Ltd',
  'GmbH',
  'north',
  '&',
  'KG',
  '',
);
const name = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
const email = fc
  .tuple(
    fc.constantFrom('ada', 'bob'),
    fc.constantFrom('acme.example', 'gmail.com', 'north.example', 'nonsense'),
  )
  .map((parts) => parts.join('@'));
const number = fc.option(fc.constantFrom('DE811907980', 'de 811 907 980', 'GB123456789', '0', ''));
const id = fc.constantFrom('31', '32', '33');
const shared = {
  emails: fc.array(email, { maxLength: 2 }),
  website: fc.option(fc.constantFrom('www.acme.example', 'http://north.example/', 'gmail.com', '://')),
  taxNumber: number,
};
const records = fc
  .array(fc.record({ ...shared, name, otherIds: fc.array(id, { maxLength: 1 }) }), { maxLength: 8 })
  .map((all) => all.map((one, at): MatchRecord => ({ ...one, key: `A${at}` })));
const customers = fc
  .array(
    fc.record({ ...shared, names: fc.array(name, { maxLength: 2 }), crmIds: fc.array(id, { maxLength: 1 }) }),
    { maxLength: 8 },
  )
  .map((all) => all.map((one, at): MatchCustomer => ({ ...one, id: `C${at}` })));

describe('whatever is compared', () => {
  it('the order decides nothing', () => {
    fc.assert(
      fc.property(records, customers, (some, others) => {
        const one = matchRecords(some, others);
        const other = matchRecords([...some].reverse(), [...others].reverse());
        expect(Object.fromEntries(other)).toEqual(Object.fromEntries(one));
      }),
    );
  });

  it('each suggestion has a reason, and the first is the likeliest', () => {
    const order = ['weak', 'likely', 'strong'];
    fc.assert(
      fc.property(records, customers, (some, others) => {
        for (const matches of matchRecords(some, others).values()) {
          expect(matches.length).toBeGreaterThan(0);
          expect(matches.length).toBeLessThanOrEqual(5);
          expect(new Set(matches.map(({ customerId }) => customerId)).size).toBe(matches.length);
          for (const { reasons } of matches) expect(reasons.length).toBeGreaterThan(0);
          const strengths = matches.map(({ strength }) => order.indexOf(strength));
          expect(strengths).toEqual([...strengths].sort((a, b) => b - a));
        }
      }),
    );
  });

  it('no customer is suggested for two records without it being said', () => {
    fc.assert(
      fc.property(records, customers, (some, others) => {
        const sure = [...matchRecords(some, others).values()]
          .flat()
          .filter(({ ambiguous }) => !ambiguous)
          .map(({ customerId }) => customerId);
        expect(new Set(sure).size).toBe(sure.length);
      }),
    );
  });

  it('a legal form, case and punctuation change no name', () => {
    // No legal form begins with a q.
    const plainName = fc.stringMatching(/^q[a-zäöüéñ]{2,9}( q[a-zäöüéñ]{2,9}){0,2}$/);
    const form = fc.constantFrom('GmbH', 'Ltd.', 'S.A.', 'Inc', 'B.V.', 'KG', 'S. à r. l.', 'GmbH & Co. KG');
    fc.assert(
      fc.property(plainName, form, (plain, legal) => {
        expect(nameForms(`${plain.toUpperCase()}, ${legal}`)).toEqual(nameForms(plain));
      }),
    );
  });

  it('nothing of any text is too much for it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        matchOf(
          { name: text, emails: [text], website: text, taxNumber: text },
          { names: [text], emails: [text] },
        );
      }),
    );
  });
});
