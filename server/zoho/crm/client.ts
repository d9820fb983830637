import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import { type AccessToken, createAuthorised } from '../authorised.ts';
import type { DataCentre } from '../data-centres.ts';
import { readAgain } from '../read-again.ts';
import type { Transport, ZohoAnswer } from '../transport.ts';
import { ZohoTrouble } from '../trouble.ts';
import { parseAnswer } from '../wire-values.ts';
import { isLimit, isNotSeen, isUnknownToken, troubleOf } from './answers.ts';
import type { Crm, CrmDeals, CrmRecordLists } from './crm.ts';
import { createRecordLists } from './record-lists.ts';
import { crmContact, crmDeal, crmUser } from './translate.ts';
import {
  AccountRow,
  AdministratorsAnswer,
  ContactRow,
  DealRow,
  fieldsOf,
  IdRow,
  listAnswer,
  OrgAnswer,
  ProfilesAnswer,
  RolesAnswer,
  recordAnswer,
  StandingAnswer,
  UsersAnswer,
} from './wire.ts';

/** @see crm v8: one place to move when Zoho does */
const BASE = '/crm/v8';
/** Waits before asking again after a limit; a person is waiting, so the whole stays below two seconds. */
const LIMIT_BACKOFF_MS = [400, 1000];
/** 200 a page; nobody has more administrators or reads more of one account than this. */
const MAX_PAGES = 5;

interface CrmNeeds {
  readonly transport: Transport;
  readonly dataCentre: DataCentre;
  readonly accessToken: AccessToken;
  readonly wait?: (ms: number) => Promise<unknown>;
  /** 0 to 1. */
  readonly random?: () => number;
}

interface Ask {
  readonly path: string;
  readonly ids?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

/** CRM's words for a module that is switched off, or closed to somebody's profile. */
const CLOSED = ['INVALID_MODULE', 'NO_PERMISSION', 'AUTHORIZATION_FAILED'];

/** `ids` may be 1,024 characters long, and an id 20. @see https://www.zoho.com/crm/developer/docs/api/v8/get-records.html */
const IDS_AT_ONCE = 48;

/** CRM as the owner of `accessToken` sees it. Reads only, so a 5xx is asked once more. */
export function createCrm({
  transport,
  dataCentre,
  accessToken,
  wait = (ms) => sleep(ms),
  random = Math.random,
}: CrmNeeds): Crm & CrmDeals & CrmRecordLists {
  const authorised = createAuthorised(accessToken, isUnknownToken);

  async function ask({ path, ...rest }: Ask): Promise<ZohoAnswer> {
    const once = (): Promise<ZohoAnswer> =>
      authorised((token) =>
        transport({
          service: 'crm',
          method: 'GET',
          origin: dataCentre.api,
          path: `${BASE}${path}`,
          ...rest,
          accessToken: token,
        }),
      );
    let answer = await readAgain(once);
    for (const ms of LIMIT_BACKOFF_MS) {
      if (!isLimit(answer)) break;
      await wait(ms * (0.5 + random()));
      answer = await once();
    }
    return answer;
  }

  /** `null` when CRM answers that there is nothing. */
  async function read<Schema extends z.ZodType>(
    schema: Schema,
    question: Ask,
  ): Promise<z.infer<Schema> | null> {
    const answer = await ask(question);
    const trouble = troubleOf(answer);
    if (trouble) throw trouble;
    return answer.body === null ? null : parseAnswer('crm', schema, answer.body);
  }

  async function readSomething<Schema extends z.ZodType>(
    schema: Schema,
    question: Ask,
  ): Promise<z.infer<Schema>> {
    const found = await read(schema, question);
    if (found === null) throw new ZohoTrouble('crm', 'unreachable', { code: 'empty_answer' });
    return found;
  }

  async function record<Row extends z.ZodObject>(
    module: 'Accounts' | 'Contacts' | 'Deals',
    id: string,
    row: Row,
  ): Promise<z.infer<Row> | null> {
    const answer = await ask({ path: `/${module}/{id}`, ids: { id }, query: { fields: fieldsOf(row) } });
    if (isNotSeen(answer)) return null;
    const trouble = troubleOf(answer);
    if (trouble) throw trouble;
    if (answer.body === null) return null;
    const [found] = parseAnswer('crm', recordAnswer(row), answer.body).data;
    if (found?.id !== id) throw new ZohoTrouble('crm', 'unreachable', { code: 'wrong_record' });
    return found;
  }

  /** The first pages of a list; nothing when the person sees none of it. */
  async function pages<Row extends z.ZodType>(
    question: Ask,
    fields: string | null,
    row: Row,
  ): Promise<readonly z.infer<Row>[]> {
    const found: z.infer<Row>[] = [];
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const answer = await ask({
        ...question,
        query: { ...question.query, ...(fields === null ? {} : { fields }), page: String(page) },
      });
      if (isNotSeen(answer)) break;
      const trouble = troubleOf(answer);
      if (trouble) throw trouble;
      if (answer.body === null) break;
      const { data, info } = parseAnswer('crm', listAnswer(row), answer.body);
      found.push(...data);
      if (info?.more_records !== true) break;
    }
    return found;
  }

  return {
    ...createRecordLists(ask),

    async currentUser() {
      const { users } = await readSomething(UsersAnswer, { path: '/users', query: { type: 'CurrentUser' } });
      const [user] = users;
      if (!user || users.length > 1) throw new ZohoTrouble('crm', 'unreachable', { code: 'not_one_user' });
      return crmUser(user);
    },

    async organisation() {
      const { org } = await readSomething(OrgAnswer, { path: '/org' });
      const [found] = org;
      if (!found) throw new ZohoTrouble('crm', 'unreachable', { code: 'no_organisation' });
      return { id: found.id, zgid: found.zgid, name: found.company_name, currency: found.iso_code };
    },

    async standing() {
      const answer = await ask({ path: '/org' });
      const trouble = troubleOf(answer);
      if (trouble) throw trouble;
      const [found] = parseAnswer('crm', StandingAnswer, answer.body).org;
      if (!found) throw new ZohoTrouble('crm', 'unreachable', { code: 'no_organisation' });
      const { iso_code: currency, license_details: licence } = found;
      const at = Date.parse(answer.headers.get('date') ?? '');
      return {
        currency,
        licence: licence ? { edition: licence.paid_type, trial: licence.trial_type ?? null } : null,
        zohoTime: Number.isNaN(at) ? null : new Date(at),
      };
    },

    async opensModule(module) {
      const answer = await ask({ path: `/${module}`, query: { fields: 'id', per_page: '1' } });
      const trouble = troubleOf(answer);
      if (!trouble) return true;
      if (CLOSED.includes(trouble.detail.code ?? '')) return false;
      throw trouble;
    },

    async administrators() {
      const administrators: { id: string; profileId: string }[] = [];
      for (let page = 1; page <= MAX_PAGES; page += 1) {
        const query = { type: 'ActiveConfirmedAdmins', page: String(page), per_page: '200' };
        const found = await read(AdministratorsAnswer, { path: '/users', query });
        administrators.push(
          ...(found?.users ?? []).map(({ id, profile }) => ({ id, profileId: profile.id })),
        );
        if (found?.info?.more_records !== true) break;
      }
      return administrators;
    },

    roles: async () => (await readSomething(RolesAnswer, { path: '/settings/roles' })).roles,
    profiles: async () => (await readSomething(ProfilesAnswer, { path: '/settings/profiles' })).profiles,

    async account(id) {
      const found = await record('Accounts', id, AccountRow);
      return found && { id: found.id, name: found.Account_Name };
    },

    async deal(id) {
      const found = await record('Deals', id, DealRow);
      return found && crmDeal(found);
    },

    async contact(id) {
      const found = await record('Contacts', id, ContactRow);
      return found && crmContact(found);
    },

    async dealsSeen(ids) {
      const seen = new Set<string>();
      for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
        const asked = ids.slice(from, from + IDS_AT_ONCE);
        const query = { ids: asked.join(',') };
        for (const { id } of await pages({ path: '/Deals', query }, 'Stage', IdRow))
          if (asked.includes(id)) seen.add(id);
      }
      return seen;
    },

    async contactsOfAccount(accountId) {
      const rows = await pages(
        { path: '/Accounts/{id}/Contacts', ids: { id: accountId } },
        'Full_Name',
        IdRow,
      );
      return [...new Set(rows.map(({ id }) => id))];
    },

    async dealsOfAccount(accountId) {
      const path = { path: '/Accounts/{id}/Deals', ids: { id: accountId } };
      return (await pages(path, fieldsOf(DealRow), DealRow)).map(crmDeal);
    },

    async deletedDeals() {
      const rows = await pages({ path: '/Deals/deleted', query: { type: 'all' } }, null, IdRow);
      return new Set(rows.map(({ id }) => id));
    },
  };
}
