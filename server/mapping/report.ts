import type {
  MappedCustomer,
  MappedRecord,
  MappingFault,
  MappingGroup,
  MappingRow,
} from '../contract/mapping.ts';
import { type MatchCustomer, type MatchRecord, matchRecords } from '../domain/account-matching.ts';
import type { CustomerFacts } from '../domain/customer-facts.ts';
import type { CustomerId } from '../domain/documents.ts';
import { decisionsOf, type Owners } from '../ledger/decided-owners.ts';
import type { RecognisedRow } from '../store/ledger-customers.ts';
import type { MappingRow as DecisionRow, MappingMode } from '../store/mappings.ts';
import type { CrmRoll } from './crm-roll.ts';

export interface ReportInputs {
  readonly roll: CrmRoll;
  readonly mode: MappingMode;
  readonly customers: readonly RecognisedRow[];
  readonly decisions: readonly DecisionRow[];
  /** Whether every customer of Books is among them. */
  readonly isListed: boolean;
}

export interface GroupedRow extends MappingRow {
  readonly group: MappingGroup;
}

interface WholeReport {
  readonly rows: readonly GroupedRow[];
  /** Records that were read and stand in no row, such as contacts that go with their account. */
  readonly alongside: number;
  readonly free: number;
  readonly unread: number;
}

interface Known {
  readonly row: RecognisedRow;
  readonly facts: CustomerFacts;
  readonly name: string | undefined;
  /** As Books says, and as it holds. */
  readonly inBooks: Owners;
  readonly owners: Owners;
  readonly decision: DecisionRow | undefined;
  readonly isDecided: boolean;
}

type Ref = Pick<MappedRecord, 'module' | 'id'>;

/** Names that are going to be compared. */
export const namesIn = (inputs: ReportInputs): readonly string[] => [
  ...[...inputs.roll.accounts.values(), ...inputs.roll.contacts.values()].map(({ name }) => name),
  ...knownCustomers(inputs).flatMap(({ name, facts }) => [name ?? '', facts.company ?? '']),
];

/** The last report of what an administrator has read: turning its pages compares nothing anew. */
const made = new WeakMap<CrmRoll, { readonly of: string; readonly report: WholeReport }>();

/** As `wholeReport`, made once of the same. */
export function knownReport(inputs: ReportInputs): WholeReport {
  const { roll, mode, customers, decisions, isListed } = inputs;
  const of = JSON.stringify([roll.version, mode, isListed, customers, decisions]);
  const known = made.get(roll);
  if (known?.of === of) return known.report;
  const report = wholeReport(inputs);
  made.set(roll, { of, report });
  return report;
}

/**
 * Every record of the mode in one group, and every link that leads nowhere. Pure: it asks nobody, and the
 * same inputs make the same report.
 */
function wholeReport(inputs: ReportInputs): WholeReport {
  const { roll, mode, isListed } = inputs;
  const known = knownCustomers(inputs);
  const held = new Map<string, Known[]>();
  const separated = new Map<string, Known[]>();
  for (const one of known) {
    for (const ref of refsOf(one.owners)) pushTo(held, keyOf(ref), one);
    if (one.isDecided)
      for (const ref of refsOf(one.inBooks))
        if (!refsOf(one.owners).some((own) => keyOf(own) === keyOf(ref))) pushTo(separated, keyOf(ref), one);
  }
  const gone = (ref: Ref): boolean => roll.others.get(keyOf(ref)) === null;
  const isFree = ({ owners, decision, isDecided }: Known): boolean =>
    !(isDecided && decision?.says === 'nobody') && refsOf(owners).every(gone);
  // What Books links it to may not be known yet; then suggesting it would be guessing against Books.
  const isSuggested = (one: Known): boolean =>
    isFree(one) && !one.facts.inactive && (one.row.isFilled || one.facts.linked === false);

  const records = recordsOf(mode, roll);
  const contactsOf = new Map<string, string[]>();
  for (const { id, accountId } of roll.contacts.values())
    if (accountId !== null) pushTo(contactsOf, accountId, id);
  const through = ({ module, id }: Ref): readonly Known[] =>
    module === 'Accounts' && mode === 'both'
      ? (contactsOf.get(id) ?? [])
          .flatMap((contact) => held.get(`Contacts/${contact}`) ?? [])
          .filter(({ owners }) => owners.crmAccountId === null)
      : [];

  const matches = matchRecords(
    records
      .filter((record) => !held.has(keyOf(record)) && through(record).length === 0)
      .map((record) => matchRecordOf(record, roll, contactsOf.get(record.id) ?? [])),
    known.map((one) => ({ ...matchCustomerOf(one), taken: !isSuggested(one) })),
  );
  const byId = new Map(known.map((one) => [one.row.customerId, one]));
  const unread = known.filter(isUnread).length;
  const isAllRead = isListed && unread === 0;

  const told = records.map((record): GroupedRow => {
    const own = held.get(keyOf(record)) ?? [];
    const customers = [
      ...own.map((one) => customerOf(one, one.isDecided ? 'confirmed' : 'books')),
      ...(own.length === 0 ? through(record).map((one) => customerOf(one, 'contact')) : []),
    ];
    const other = own.flatMap((one) => otherRecord(one, record, roll)).at(0);
    const faults: MappingFault[] = [
      ...(own.some(({ facts }) => facts.inactive) ? (['customer_inactive'] as const) : []),
      ...(other ? (['two_records'] as const) : []),
    ];
    const suggestions = (matches.get(keyOf(record)) ?? []).map(({ customerId, ...match }) => ({
      ...match,
      reasons: [...match.reasons],
      customer: recognised(byId.get(customerId), customerId),
    }));
    return {
      record,
      customers: [
        ...customers,
        ...(separated.get(keyOf(record)) ?? []).map((one) => customerOf(one, 'separated')),
      ],
      suggestions,
      faults,
      ...(other ? { other } : {}),
      group: groupOf({ faults, customers, suggestions }, isAllRead),
    };
  });

  return {
    rows: [...told, ...leadingNowhere(held, gone), ...withoutCustomer(inputs, byId, isListed)].sort(
      surestFirst,
    ),
    alongside: roll.accounts.size + roll.contacts.size - records.length,
    free: known.filter((one) => isFree(one) && !isUnread(one)).length,
    unread,
  };
}

const isUnread = ({ row, facts, isDecided }: Known): boolean =>
  !row.isFilled && !isDecided && facts.linked !== false;

const COLLATOR = new Intl.Collator('en');
const STRENGTHS = ['strong', 'likely', 'weak'];

/** What a person can confirm at a glance first, then by name. */
function surestFirst(a: GroupedRow, b: GroupedRow): number {
  const doubt = ({ suggestions: [best] }: GroupedRow): number =>
    best ? STRENGTHS.indexOf(best.strength) + (best.ambiguous ? STRENGTHS.length : 0) : 0;
  return doubt(a) - doubt(b) || COLLATOR.compare(a.record.name ?? '', b.record.name ?? '');
}

/** As long as a customer is not read, any record without one may turn out to be linked with it in Books. */
const groupOf = (
  { faults, customers, suggestions }: Pick<MappingRow, 'faults' | 'customers' | 'suggestions'>,
  isAllRead: boolean,
): MappingGroup => {
  if (faults.length > 0) return 'broken';
  if (customers.length > 0) return 'linked';
  if (suggestions.length > 0) return 'suggested';
  return isAllRead ? 'unlinked' : 'waiting';
};

/**
 * Links to records CRM does not have: deleted, or merged into another one. A contact that is gone does no harm to a
 * customer that hangs on an account.
 */
function leadingNowhere(
  held: ReadonlyMap<string, readonly Known[]>,
  gone: (ref: Ref) => boolean,
): readonly GroupedRow[] {
  return [...held].flatMap(([key, all]): readonly GroupedRow[] => {
    const record = refOf(key);
    const customers = all.filter(
      ({ owners }) => record.module === 'Accounts' || owners.crmAccountId === null,
    );
    if (!gone(record) || customers.length === 0) return [];
    return [
      {
        record,
        customers: customers.map((one) => customerOf(one, one.isDecided ? 'confirmed' : 'books')),
        suggestions: [],
        faults: ['record_gone'],
        group: 'broken',
      },
    ];
  });
}

/** Decisions for customers Books does not have any more: deleted, or merged into another one. */
function withoutCustomer(
  { decisions, roll }: ReportInputs,
  byId: ReadonlyMap<string, Known>,
  isListed: boolean,
): readonly GroupedRow[] {
  if (!isListed) return [];
  return decisions.flatMap((decision): readonly GroupedRow[] => {
    const { customerId: id, says, module, recordId, version, byName, at } = decision;
    if (says !== 'record' || module === null || recordId === null || byId.has(id)) return [];
    const name = nameIn(roll, { module, id: recordId });
    return [
      {
        record: { module, id: recordId, ...(name === null ? {} : { name }) },
        customers: [{ id, version, source: 'confirmed', by: byName, at: at.toISOString() }],
        suggestions: [],
        faults: ['customer_gone'],
        group: 'broken',
      },
    ];
  });
}

/** A customer Books has put on an account and on a contact of another one shows to the people of both. */
function otherRecord(
  { owners, isDecided }: Known,
  record: MappedRecord,
  roll: CrmRoll,
): readonly MappedRecord[] {
  const { crmAccountId, crmContactId } = owners;
  if (isDecided || crmAccountId === null || crmContactId === null || record.module !== 'Accounts') return [];
  const contact = roll.contacts.get(crmContactId);
  if (!contact || contact.accountId === null || contact.accountId === crmAccountId) return [];
  return [{ module: 'Contacts', id: contact.id, name: contact.name }];
}

function knownCustomers({ customers, decisions, mode }: ReportInputs): readonly Known[] {
  const laidOver = decisionsOf(mode, decisions);
  const byCustomer = new Map(decisions.map((decision) => [decision.customerId, decision]));
  return customers.map((row): Known => {
    const id = row.customerId as CustomerId; // safe because the ledger wrote it
    // safe because only the ledger writes these columns, from these types
    const facts = (row.knownBy ?? {}) as CustomerFacts;
    const { name } = row.body as { name?: string };
    const inBooks = { crmAccountId: row.crmAccountId, crmContactId: row.crmContactId };
    return {
      row,
      facts,
      name: facts.name ?? name,
      inBooks,
      owners: laidOver.ownersOf(id, inBooks),
      decision: byCustomer.get(id),
      isDecided: laidOver.isDecided(id),
    };
  });
}

/** The records that may have customers. Where both may, contacts of an account go with it. */
function recordsOf(mode: MappingMode, { accounts, contacts }: CrmRoll): readonly MappedRecord[] {
  const alone = [...contacts.values()].filter(({ accountId }) => mode === 'contacts' || accountId === null);
  return [
    ...(mode === 'contacts' ? [] : [...accounts.values()]).map(({ id, name }) => ({
      module: 'Accounts' as const,
      id,
      name,
    })),
    ...(mode === 'accounts' ? [] : alone).map(({ id, name }) => ({ module: 'Contacts' as const, id, name })),
  ];
}

function matchRecordOf(record: MappedRecord, roll: CrmRoll, contactIds: readonly string[]): MatchRecord {
  const listed = (record.module === 'Accounts' ? roll.accounts : roll.contacts).get(record.id);
  const people = contactIds.flatMap((id) => roll.contacts.get(id) ?? []);
  return {
    key: keyOf(record),
    name: record.name ?? '',
    emails: [listed, ...people].flatMap((one) => one?.email ?? []),
    website: listed?.website ?? null,
    taxNumber: listed?.taxNumber ?? null,
    otherIds: contactIds,
  };
}

const matchCustomerOf = ({ row, facts, name }: Known): MatchCustomer => ({
  id: row.customerId,
  names: [name, facts.company].flatMap((one) => one ?? []),
  emails: [facts.email, ...(facts.personsEmails ?? [])].flatMap((one) => one ?? []),
  website: facts.website ?? null,
  taxNumber: facts.taxNumber ?? null,
  crmIds: [row.crmContactId].flatMap((id) => id ?? []),
});

/** Every customer of the copy, as decisions name it. */
export const recognisedCustomers = (
  inputs: ReportInputs,
): readonly { id: string; version: number; name?: string; inactive: boolean }[] =>
  knownCustomers(inputs).map((one) => ({
    ...recognised(one, one.row.customerId),
    inactive: one.facts.inactive === true,
  }));

const customerOf = (one: Known, source: MappedCustomer['source']): MappedCustomer => ({
  ...recognised(one, one.row.customerId),
  source,
  ...(one.decision && one.isDecided ? { by: one.decision.byName, at: one.decision.at.toISOString() } : {}),
});

const recognised = (one: Known | undefined, id: string) => ({
  id,
  version: one?.decision?.version ?? 0,
  ...(one?.name === undefined ? {} : { name: one.name }),
});

/** Where a customer hangs on an account, its contact only says who to write to. */
const refsOf = ({ crmAccountId, crmContactId }: Owners): readonly Ref[] => [
  ...(crmAccountId === null ? [] : [{ module: 'Accounts' as const, id: crmAccountId }]),
  ...(crmContactId === null ? [] : [{ module: 'Contacts' as const, id: crmContactId }]),
];

const keyOf = ({ module, id }: Ref): string => `${module}/${id}`;
function refOf(key: string): Ref {
  const [module, id = ''] = key.split('/');
  return { module: module === 'Contacts' ? 'Contacts' : 'Accounts', id };
}

function nameIn({ accounts, contacts, others }: CrmRoll, ref: Ref): string | null {
  const listed = (ref.module === 'Accounts' ? accounts : contacts).get(ref.id);
  return listed?.name ?? others.get(keyOf(ref)) ?? null;
}

function pushTo<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** Records that links name and the lists do not have: they have to be looked at before they are called gone. */
export function namedElsewhere(inputs: ReportInputs): Readonly<Record<Ref['module'], readonly string[]>> {
  const { roll, mode } = inputs;
  const refs = knownCustomers(inputs).flatMap(({ owners }) => refsOf(owners));
  const missing = (module: Ref['module'], listed: ReadonlyMap<string, unknown>): readonly string[] => [
    ...new Set(refs.filter((ref) => ref.module === module && !listed.has(ref.id)).map(({ id }) => id)),
  ];
  return {
    Accounts: mode === 'contacts' ? [] : missing('Accounts', roll.accounts),
    Contacts: mode === 'accounts' ? [] : missing('Contacts', roll.contacts),
  };
}
