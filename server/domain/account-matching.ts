import { mailAddress, ownHost, taxNumber, websiteHost } from './matching-contact.ts';
import { comparedName } from './matching-names.ts';

/** A CRM account or contact that may have a customer in Books. */
export interface MatchRecord {
  /** Unique among the records of a question. */
  readonly key: string;
  readonly name: string;
  /** Its own, and those of the people there. */
  readonly emails: readonly string[];
  readonly website: string | null;
  readonly taxNumber: string | null;
  /** CRM ids that Books may have stored for it beside its own, e.g. of its contacts. */
  readonly otherIds: readonly string[];
}

/** A Books customer. */
export interface MatchCustomer {
  readonly id: string;
  /** What it goes by: contact name, company name. */
  readonly names: readonly string[];
  readonly emails: readonly string[];
  readonly website: string | null;
  readonly taxNumber: string | null;
  /** CRM ids Books has stored on it. */
  readonly crmIds: readonly string[];
  /** Belongs to a record already: it is suggested for none, and only tells how common something is. */
  readonly taken?: boolean;
}

/** Why two may be one, the weightiest first. */
const RECORD_MATCH_REASONS = ['id', 'tax_number', 'email', 'name', 'email_domain', 'similar_name'] as const;
type RecordMatchReason = (typeof RECORD_MATCH_REASONS)[number];

/** `strong`: a person need hardly look; `likely`: probably; `weak`: worth a look. */
type MatchStrength = 'strong' | 'likely' | 'weak';

export interface RecordMatch {
  readonly customerId: string;
  /** The weightiest first; never empty. */
  readonly reasons: readonly RecordMatchReason[];
  readonly strength: MatchStrength;
  /** As much speaks for another customer, or for another record with this customer: only a person can tell. */
  readonly ambiguous: boolean;
}

/** What more than so many share tells nobody apart; looking at all pairs of it would take for ever, too. */
const CROWD = 20;
/** Suggestions for one record. */
const MOST = 5;
const POINTS: Readonly<Record<RecordMatchReason, number>> = {
  id: 100,
  tax_number: 90,
  email: 50,
  name: 40,
  email_domain: 20,
  similar_name: 10,
};
const STRONG = 60;
const LIKELY = 30;

/**
 * Suggests customers for records, by everything both sides tell. Nothing follows from a suggestion until a person
 * confirms it. The order of what is given decides nothing. Work grows with the number of both, not with their product.
 *
 * @returns by the record's key, the likeliest first; records nothing speaks for are left out
 * @see domain rule A0.8: a name match is a suggestion for a person, never a key
 */
export function matchRecords(
  records: readonly MatchRecord[],
  customers: readonly MatchCustomer[],
): ReadonlyMap<string, readonly RecordMatch[]> {
  const asked = records.map((record) => ({ record, traits: traitsOfRecord(record) }));
  const byTrait = new Map<string, string[]>();
  const [ofCustomers, ofRecords] = [new Map<string, number>(), new Map<string, number>()];
  const count = (of: Map<string, number>, trait: string): void =>
    void of.set(trait, (of.get(trait) ?? 0) + 1);
  for (const customer of customers)
    for (const { trait } of traitsOfCustomer(customer)) {
      count(ofCustomers, trait);
      if (!customer.taken) addTo(byTrait, trait, customer.id);
    }
  for (const { traits } of asked) for (const { trait } of traits) count(ofRecords, trait);
  const isCommon = (trait: string): boolean =>
    [ofCustomers, ofRecords].some((of) => (of.get(trait) ?? 0) > CROWD);
  const taxNumbers = new Map(customers.map(({ id, taxNumber: number }) => [id, numberOf(number)]));

  const found = new Map<string, Scored[]>();
  /** How much speaks for a customer, record by record. */
  const claims = new Map<string, Claim[]>();
  for (const { record, traits } of asked) {
    const telling = traits.filter(({ trait }) => !isCommon(trait));
    const scored = scoredFor(record, telling, byTrait, taxNumbers);
    if (scored.length === 0) continue;
    found.set(record.key, scored);
    for (const { customerId, points } of scored) addTo(claims, customerId, { key: record.key, points });
  }

  return new Map(
    [...found].map(([key, scored]) => [
      key,
      scored.slice(0, MOST).map(
        ({ customerId, points, reasons }): RecordMatch => ({
          customerId,
          reasons,
          strength: strengthOf(points),
          ambiguous:
            scored.some((other) => other.customerId !== customerId && other.points >= points) ||
            (claims.get(customerId) ?? []).some((claim) => claim.key !== key && claim.points >= points),
        }),
      ),
    ]),
  );
}

function addTo<Item>(lists: Map<string, Item[]>, name: string, item: Item): void {
  const list = lists.get(name);
  if (list) list.push(item);
  else lists.set(name, [item]);
}

interface Claim {
  readonly key: string;
  readonly points: number;
}

interface Scored {
  readonly customerId: string;
  readonly reasons: readonly RecordMatchReason[];
  readonly points: number;
}

function scoredFor(
  record: MatchRecord,
  traits: readonly Trait[],
  byTrait: ReadonlyMap<string, readonly string[]>,
  taxNumbers: ReadonlyMap<string, string | null>,
): Scored[] {
  const reasons = new Map<string, Set<RecordMatchReason>>();
  for (const { trait, reason } of traits)
    for (const id of byTrait.get(trait) ?? [])
      reasons.set(id, (reasons.get(id) ?? new Set<RecordMatchReason>()).add(reason));
  const own = numberOf(record.taxNumber);
  return [...reasons]
    .map(([customerId, all]): Scored => {
      const told = RECORD_MATCH_REASONS.filter((reason) => all.has(reason) && !isImplied(reason, all));
      const theirs = taxNumbers.get(customerId) ?? null;
      const contradicted = own !== null && theirs !== null && own !== theirs && !all.has('id');
      const points = told.reduce((sum, reason) => sum + POINTS[reason], 0);
      // Two different numbers are two companies, whatever they are called.
      return { customerId, reasons: told, points: contradicted ? Math.min(points, LIKELY - 1) : points };
    })
    .sort((a, b) => b.points - a.points || (a.customerId < b.customerId ? -1 : 1));
}

/** An address includes its host, and a name is similar to itself. */
const isImplied = (reason: RecordMatchReason, all: ReadonlySet<RecordMatchReason>): boolean =>
  (reason === 'email_domain' && all.has('email')) || (reason === 'similar_name' && all.has('name'));

const strengthOf = (points: number): MatchStrength =>
  points >= STRONG ? 'strong' : points >= LIKELY ? 'likely' : 'weak';

interface Trait {
  readonly trait: string;
  readonly reason: RecordMatchReason;
}

const traitsOfRecord = (record: MatchRecord): readonly Trait[] => [
  ...record.otherIds.map((id): Trait => ({ trait: `id ${id}`, reason: 'id' })),
  ...commonTraits({ ...record, names: [record.name] }),
];

const traitsOfCustomer = (customer: MatchCustomer): readonly Trait[] => [
  ...customer.crmIds.map((id): Trait => ({ trait: `id ${id}`, reason: 'id' })),
  ...commonTraits(customer),
];

function commonTraits(
  one: Pick<MatchCustomer, 'names' | 'emails' | 'website' | 'taxNumber'>,
): readonly Trait[] {
  const addresses = one.emails.flatMap((email) => mailAddress(email) ?? []);
  const hosts = [...addresses.map(ownHost), one.website === null ? null : websiteHost(one.website)];
  const number = numberOf(one.taxNumber);
  const names = [...new Set(one.names)].map(comparedName);
  const traits: readonly Trait[] = [
    ...(number === null ? [] : [{ trait: `tax ${number}`, reason: 'tax_number' as const }]),
    ...addresses.map((address): Trait => ({ trait: `mail ${address}`, reason: 'email' })),
    ...hosts.flatMap((host): readonly Trait[] =>
      host === null ? [] : [{ trait: `host ${host}`, reason: 'email_domain' }],
    ),
    ...names.flatMap(({ forms }) => forms).map((form): Trait => ({ trait: `name ${form}`, reason: 'name' })),
    ...names.flatMap(({ beginning }): readonly Trait[] =>
      beginning === null ? [] : [{ trait: `like ${beginning}`, reason: 'similar_name' }],
    ),
  ];
  return [...new Map(traits.map((trait) => [trait.trait, trait])).values()];
}

const numberOf = (text: string | null): string | null => (text === null ? null : taxNumber(text));
