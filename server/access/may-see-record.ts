import { LRUCache } from 'lru-cache';
import type { RecordRef } from '../contract/record.ts';
import type { Deal, DealId } from '../domain/documents.ts';
import { type CurrencyCode, money } from '../domain/money.ts';
import type { Caller } from '../identity/caller.ts';
import type { Crm, CrmDeal } from '../zoho/crm/crm.ts';
import type { SeenRecord } from './seen-record.ts';
import { createVisibleDeals } from './visible-deals.ts';

/** CRM's yes is believed this long; a no shorter, so that a record just shared opens soon. */
const YES_MS = 60_000;
const NO_MS = 10_000;

export interface Access {
  /**
   * The record, if this person may open it in CRM. Absent, invisible and forbidden are all `null`.
   * @param when `now` asks CRM afresh: a yes of a minute ago is none for a change
   * @throws ZohoTrouble when CRM cannot be asked
   */
  recordSeenBy(caller: Caller, record: RecordRef, when?: 'now'): Promise<SeenRecord | null>;
  /** Until when CRM's yes to this is believed, in milliseconds; 0 without one. */
  seenUntil(caller: Caller, record: RecordRef): number;
  /**
   * Ids of the account's contacts, as this person sees them, believed for a minute.
   * @throws ZohoTrouble when CRM cannot be asked
   */
  contactsOfAccount(caller: Caller, accountId: string): Promise<readonly string[]>;
  /**
   * Those of the deals this person may see, each answer believed as long as a record's.
   * @throws ZohoTrouble when CRM cannot be asked
   */
  dealsSeenBy(caller: Caller, dealIds: readonly string[]): Promise<ReadonlySet<string>>;
}

interface Needs {
  /** CRM with the caller's own token: Zoho applies profiles, roles and sharing, we re-implement none of it. */
  readonly crmFor: (caller: Caller) => Crm;
  readonly clock: () => Date;
}

export function createAccess({ crmFor, clock }: Needs): Access {
  const answers = new LRUCache<string, { record: SeenRecord | null; at: number }>({
    max: 20_000,
    allowStale: false,
  });
  const asking = new Map<string, Promise<SeenRecord | null>>();
  const contacts = new LRUCache<string, { ids: Promise<readonly string[]>; at: number }>({ max: 20_000 });

  async function recordSeenBy(caller: Caller, ref: RecordRef, when?: 'now'): Promise<SeenRecord | null> {
    const key = [caller.install.id, caller.crmUserId, ref.module, ref.recordId].join(':');
    const has = when === 'now' ? undefined : answers.get(key);
    if (has && clock().getTime() - has.at < (has.record ? YES_MS : NO_MS)) return has.record;
    const underWay = when === 'now' ? undefined : asking.get(key);
    if (underWay) return underWay;
    const at = clock().getTime();
    const asked = ask(caller, ref)
      .then((record) => {
        answers.set(key, { record, at });
        return record;
      })
      .finally(() => asking.delete(key));
    asking.set(key, asked);
    return asked;
  }

  function seenUntil(caller: Caller, ref: RecordRef): number {
    const has = answers.get([caller.install.id, caller.crmUserId, ref.module, ref.recordId].join(':'));
    if (!has?.record) return 0;
    const until = has.at + YES_MS;
    const account = has.record.module === 'Deals' ? has.record.account : 'none';
    if (account === 'hidden') return 0; // a no is believed for a shorter time
    return account === 'none'
      ? until
      : Math.min(until, seenUntil(caller, { module: 'Accounts', recordId: account.id }));
  }

  async function ask(caller: Caller, { module, recordId }: RecordRef): Promise<SeenRecord | null> {
    const crm = crmFor(caller);
    switch (module) {
      case 'Accounts': {
        const account = await crm.account(recordId);
        return account && { module, id: account.id, name: account.name };
      }
      case 'Contacts': {
        const contact = await crm.contact(recordId);
        return contact && { module, id: contact.id, name: contact.name, accountId: contact.accountId };
      }
      case 'Deals': {
        const found = await crm.deal(recordId);
        if (!found) return null;
        const deal = dealOf(found, caller.install.crmCurrency);
        return { module, id: found.id, name: found.name, deal, account: await accountOf(caller, found) };
      }
    }
  }

  /** A deal may be shared with somebody who may not open its account; the account's figures are then not theirs. */
  async function accountOf(
    caller: Caller,
    { accountId }: CrmDeal,
  ): Promise<{ id: string; name: string } | 'none' | 'hidden'> {
    if (accountId === null) return 'none';
    const account = await recordSeenBy(caller, { module: 'Accounts', recordId: accountId });
    return account ? { id: account.id, name: account.name } : 'hidden';
  }

  function contactsOfAccount(caller: Caller, accountId: string): Promise<readonly string[]> {
    const key = [caller.install.id, caller.crmUserId, accountId].join(':');
    const has = contacts.get(key);
    const at = clock().getTime();
    if (has && at - has.at < YES_MS) return has.ids;
    const ids = crmFor(caller).contactsOfAccount(accountId);
    contacts.set(key, { ids, at });
    ids.catch(() => contacts.delete(key)); // whoever asked is told; the next one asks anew
    return ids;
  }

  const dealsSeenBy = createVisibleDeals({ crmFor, clock, yesMs: YES_MS, noMs: NO_MS });

  return { recordSeenBy, seenUntil, contactsOfAccount, dealsSeenBy };
}

function dealOf(found: CrmDeal, organisationCurrency: CurrencyCode): Deal {
  return {
    id: found.id as DealId, // safe because CRM gave it as the id of this deal
    name: found.name,
    stage: found.stage,
    amount: found.amount === null ? null : money(found.currency ?? organisationCurrency, found.amount),
    closingDate: found.closingDate,
  };
}
