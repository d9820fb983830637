import type { CustomerId } from '../domain/documents.ts';
import type { Install } from '../identity/install.ts';
import { alwaysRead, type Unchanged } from '../store/unchanged.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import { isFollowed } from './age.ts';
import { type CustomerLinks, ownerName } from './customer-links.ts';
import type { Known, LedgerStore } from './customer-snapshot.ts';
import { REST_AFTER_TROUBLE_MS, troubleOf } from './flights.ts';
import { keyOf, nameOf } from './key.ts';
import type { Owner, Trouble } from './ledger.ts';

interface Needs {
  readonly store: Pick<LedgerStore, 'known'>;
  readonly customersOf: CustomerLinks['customersOf'];
  readonly clock: () => Date;
  readonly unchanged?: Unchanged;
}

interface Whose {
  readonly ids: readonly CustomerId[];
  /** Those of them that are the owner's by the copy itself. */
  readonly copied: ReadonlySet<CustomerId>;
  readonly known: Known;
  /** What kept Books from being asked where it should have been: the copy stands in with what it knew last. */
  readonly trouble: Trouble | null;
}

/**
 * The owner's customers and all that is known of them: one statement where the copy is complete. Otherwise Books is
 * asked as well; where it may not be asked, or does not answer, what the copy knew last goes on being shown.
 *
 * @throws ZohoTrouble when Books has to be asked, cannot be, and the copy knows no customer of the owner
 */
export function createWhoseCustomers({ store, customersOf, clock, unchanged = alwaysRead }: Needs) {
  /** Of organisations whose Books could not be asked a moment ago. */
  const lastTrouble = new Map<string, { readonly trouble: Trouble; readonly at: number }>();

  return async function whose(install: Install, owner: Owner, wantsNewer: boolean): Promise<Whose> {
    const of = keyOf(install);
    const organisation = nameOf(install);
    const which = 'accountId' in owner ? { accountId: owner.accountId } : { contactIds: [owner.contactId] };
    const own = await unchanged(`known|${organisation}|${ownerName(owner)}`, () => store.known(of, which));
    const followed = isFollowed(own.state, clock());
    const mayAsk = install.state === 'active';

    let throughContacts: Promise<Copied> | undefined;
    /** What the copy has: on the record itself or, where that has none, on contacts of the account. */
    const inCopy = async (): Promise<Copied> => {
      if (own.customers.size > 0) return { ids: [...own.customers.keys()], known: own };
      if (!('accountId' in owner) || own.mode === 'accounts') return { ids: [], known: own };
      throughContacts ??= onContacts(owner.contactsOfAccount);
      return throughContacts;
    };
    const onContacts = async (contactsOfAccount: () => Promise<readonly string[]>): Promise<Copied> => {
      const contactIds = await contactsOfAccount();
      const known = contactIds.length === 0 ? own : await store.known(of, { contactIds });
      const theirs = [...known.customers.values()].filter(({ crmAccountId }) => crmAccountId === null);
      return { ids: theirs.map(({ id }) => id), known };
    };
    const asCopied = ({ ids, known }: Copied, trouble: Trouble | null): Whose => ({
      ids,
      copied: new Set(ids),
      known,
      trouble,
    });

    const isComplete = followed && own.state.listedAt !== null;
    const last = lastTrouble.get(organisation);
    const rests = last !== undefined && !wantsNewer && clock().getTime() - last.at < REST_AFTER_TROUBLE_MS;
    if (own.customers.size > 0 ? followed || !mayAsk || rests : isComplete || !mayAsk || rests) {
      const copied = await inCopy();
      if (copied.ids.length > 0) return asCopied(copied, followed || !rests ? null : last.trouble);
    }

    let linked: readonly CustomerId[];
    try {
      linked = await customersOf(install, owner, {
        mode: own.mode,
        own: new Set(own.customers.keys()),
        throughContacts: async () => (await inCopy()).ids,
        followed: isComplete && !wantsNewer,
      });
    } catch (cause) {
      if (!(cause instanceof ZohoTrouble)) throw cause;
      const copied = await inCopy();
      if (copied.ids.length === 0) throw cause;
      const trouble = troubleOf(cause);
      lastTrouble.set(organisation, { trouble, at: clock().getTime() });
      return asCopied(copied, trouble);
    }
    const ids = [...new Set([...linked, ...own.customers.keys()])];
    const through = await throughContacts;
    const there = [own, ...(through ? [through.known] : [])].find(({ customers }) =>
      ids.every((id) => customers.has(id)),
    );
    const copied = own.customers.size > 0 ? [...own.customers.keys()] : (through?.ids ?? []);
    return {
      ids,
      copied: new Set(copied),
      known: there ?? (await store.known(of, { customerIds: ids })),
      trouble: null,
    };
  };
}

interface Copied {
  readonly ids: readonly CustomerId[];
  readonly known: Known;
}
