import { z } from 'zod';
import type { ZohoAnswer } from '../transport.ts';
import { Id, maybe, parseAnswer, Text } from '../wire-values.ts';
import { isNotSeen, troubleOf } from './answers.ts';
import type { CrmListed, CrmListedPage, CrmRecordLists } from './crm.ts';
import { fieldsOf, IdRow, listAnswer } from './wire.ts';

/** The most CRM gives at once. @see https://www.zoho.com/crm/developer/docs/api/v8/get-records.html */
const PER_PAGE = '200';
/** `ids` may be 1,024 characters long, and an id 20. */
const IDS_AT_ONCE = 48;

const AccountListed = z.object({ id: Id, Account_Name: Text, Website: Text });
const ContactListed = z.object({
  id: Id,
  Full_Name: Text,
  Email: Text,
  Account_Name: maybe(z.object({ id: Id })),
});
/** The first 2,000 records have numbered pages, the rest a token that belongs to whoever asks. */
const Paging = z.object({
  info: maybe(z.object({ more_records: maybe(z.boolean()), next_page_token: maybe(z.string().max(2_000)) })),
});

type Ask = (question: {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}) => Promise<ZohoAnswer>;

/** Accounts and contacts one after the other, in the order of their ids. */
export function createRecordLists(ask: Ask): CrmRecordLists {
  async function page<Row extends z.ZodObject>(
    module: 'Accounts' | 'Contacts',
    cursor: string | null,
    {
      row,
      fields,
      listed,
    }: {
      readonly row: Row;
      readonly fields: string;
      readonly listed: (row: z.infer<Row>) => CrmListed;
    },
  ): Promise<CrmListedPage> {
    const answer = await ask({
      path: `/${module}`,
      query: {
        fields,
        per_page: PER_PAGE,
        sort_by: 'id',
        sort_order: 'asc',
        ...(cursor === null ? { page: '1' } : { page_token: cursor }),
      },
    });
    if (isNotSeen(answer)) return { rows: [], next: null };
    const trouble = troubleOf(answer);
    if (trouble) throw trouble;
    if (answer.body === null) return { rows: [], next: null };
    const { data } = parseAnswer('crm', listAnswer(row), answer.body);
    const { info } = parseAnswer('crm', Paging, answer.body);
    const next = info?.more_records === true ? (info.next_page_token ?? null) : null;
    return { rows: data.map(listed), next };
  }

  return {
    accountsPage: (cursor, taxField) => {
      const row = taxField === null ? AccountListed : AccountListed.extend({ [taxField]: Text.catch('') });
      return page('Accounts', cursor, {
        row,
        fields: fieldsOf(row),
        listed: (account) => ({
          id: String(account.id), // safe because the schema made it text
          name: String(account.Account_Name),
          website: String(account.Website) || null,
          taxNumber: taxField === null ? null : String(account[taxField as keyof typeof account]) || null,
          email: null,
          accountId: null,
        }),
      });
    },

    contactsPage: (cursor) =>
      page('Contacts', cursor, {
        row: ContactListed,
        fields: fieldsOf(ContactListed),
        listed: (contact) => ({
          id: contact.id,
          name: contact.Full_Name,
          website: null,
          taxNumber: null,
          email: contact.Email || null,
          accountId: contact.Account_Name?.id ?? null,
        }),
      }),

    async recordsSeen(module, ids) {
      const seen = new Map<string, string>();
      const name = module === 'Accounts' ? 'Account_Name' : 'Full_Name';
      for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
        const asked = ids.slice(from, from + IDS_AT_ONCE);
        const answer = await ask({ path: `/${module}`, query: { ids: asked.join(','), fields: name } });
        if (isNotSeen(answer)) continue;
        const trouble = troubleOf(answer);
        if (trouble) throw trouble;
        if (answer.body === null) continue;
        const row = IdRow.extend({ [name]: Text });
        for (const found of parseAnswer('crm', listAnswer(row), answer.body).data) {
          const id = String(found.id);
          if (asked.includes(id)) seen.set(id, String(found[name as keyof typeof found]));
        }
      }
      return seen;
    },
  };
}
