import { expect, test } from 'vitest';
import type { Caller } from '../identity/caller.ts';
import type { Install, InstallId } from '../identity/install.ts';
import type { Crm } from '../zoho/crm/crm.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import { createAccess } from './may-see-record.ts';

const install: Install = {
  id: 'a' as InstallId, // safe because it is only compared
  dataCentre: 'eu',
  zgid: '1',
  crmOrganisationId: '2',
  crmOrganisationName: 'Org',
  crmCurrency: 'EUR',
  books: null,
  policyVersion: 0,
  state: 'active',
  administratorProfiles: new Set(),
};
const rep: Caller = {
  install,
  crmUserId: '9',
  name: 'Rep',
  roleId: '1',
  profileId: '1',
  email: 'rep@example.com',
  administrator: false,
  sessionId: 's',
  believedUntil: 0,
  amr: 'zoho-oauth',
  token: { id: 't', issuedAt: new Date(0) },
};
const other: Caller = { ...rep, crmUserId: '10' };
const DEAL = {
  id: '77',
  name: 'Big',
  stage: 'Won',
  amount: '12.5',
  currency: null,
  closingDate: null,
  accountId: '5',
  contactId: null,
};

/** CRM in which each question is counted, per person. */
function watched(answers: Partial<Crm>) {
  const asked: string[] = [];
  let now = 0;
  const refuse = (what: string) => async () => {
    throw new Error(`Nobody expected to be asked for ${what}`);
  };
  const access = createAccess({
    clock: () => new Date(now),
    crmFor: ({ crmUserId }) => {
      const note =
        <Args extends unknown[], Answer>(name: string, ask: (...args: Args) => Promise<Answer>) =>
        (...args: Args): Promise<Answer> => {
          asked.push(`${crmUserId} ${name} ${args.join()}`);
          return ask(...args);
        };
      return {
        currentUser: refuse('the user'),
        organisation: refuse('the organisation'),
        standing: refuse('the standing'),
        opensModule: refuse('a module'),
        administrators: refuse('administrators'),
        roles: refuse('roles'),
        profiles: refuse('profiles'),
        dealsSeen: note('deals', answers.dealsSeen ?? refuse('deals')),
        contactsOfAccount: note('contacts', answers.contactsOfAccount ?? refuse('contacts')),
        account: note('account', answers.account ?? refuse('an account')),
        deal: note('deal', answers.deal ?? refuse('a deal')),
        contact: note('contact', answers.contact ?? refuse('a contact')),
      };
    },
  });
  return {
    access,
    asked,
    later: (ms: number): void => {
      now += ms;
    },
  };
}

const account = { module: 'Accounts', recordId: '5' } as const;

test('a yes is believed for a minute, per person', async () => {
  const { access, asked, later } = watched({ account: async (id) => ({ id, name: 'Acme' }) });
  await Promise.all([access.recordSeenBy(rep, account), access.recordSeenBy(rep, account)]);
  later(59_999);
  expect(await access.recordSeenBy(rep, account)).toEqual({ module: 'Accounts', id: '5', name: 'Acme' });
  expect(asked).toEqual(['9 account 5']);
  await access.recordSeenBy(other, account);
  later(1);
  await access.recordSeenBy(rep, account);
  expect(asked).toEqual(['9 account 5', '10 account 5', '9 account 5']);
});

test('a no is asked again after ten seconds, and trouble at once', async () => {
  let answer: () => Promise<null> = async () => null;
  const { access, asked, later } = watched({ account: () => answer() });
  expect(await access.recordSeenBy(rep, account)).toBeNull();
  later(9_999);
  await access.recordSeenBy(rep, account);
  expect(asked).toHaveLength(1);
  later(1);
  answer = async () => {
    throw new ZohoTrouble('crm', 'unreachable');
  };
  await expect(access.recordSeenBy(rep, account)).rejects.toThrow(ZohoTrouble);
  await expect(access.recordSeenBy(rep, account)).rejects.toThrow(ZohoTrouble);
  expect(asked).toHaveLength(3);
});

test("a deal's amount without a currency is in the organisation's", async () => {
  const { access } = watched({ deal: async () => DEAL, account: async (id) => ({ id, name: 'Acme' }) });
  const seen = await access.recordSeenBy(rep, { module: 'Deals', recordId: '77' });
  expect(seen).toMatchObject({
    deal: { amount: { currency: 'EUR', amount: '12.5' } },
    account: { id: '5', name: 'Acme' },
  });
});

test('a deal shared with somebody who may not open its account hides the account', async () => {
  const { access } = watched({ deal: async () => DEAL, account: async () => null });
  expect(await access.recordSeenBy(rep, { module: 'Deals', recordId: '77' })).toMatchObject({
    name: 'Big',
    account: 'hidden',
  });
  const alone = watched({ deal: async () => ({ ...DEAL, accountId: null }) });
  expect(await alone.access.recordSeenBy(rep, { module: 'Deals', recordId: '77' })).toMatchObject({
    account: 'none',
  });
});

test('a contact carries its account, and an invisible deal is nothing', async () => {
  const { access } = watched({
    contact: async (id) => ({ id, name: 'Zoë', accountId: '5' }),
    deal: async () => null,
  });
  expect(await access.recordSeenBy(rep, { module: 'Contacts', recordId: '6' })).toEqual({
    module: 'Contacts',
    id: '6',
    name: 'Zoë',
    accountId: '5',
  });
  expect(await access.recordSeenBy(rep, { module: 'Deals', recordId: '77' })).toBeNull();
});

test("an account's contacts are believed for a minute, for the person who saw them only", async () => {
  let trouble = true;
  const { access, asked, later } = watched({
    contactsOfAccount: async () => {
      if (trouble) throw new ZohoTrouble('crm', 'unreachable');
      return ['30'];
    },
  });
  await expect(access.contactsOfAccount(rep, '5')).rejects.toThrow(ZohoTrouble);
  trouble = false;
  await Promise.all([access.contactsOfAccount(rep, '5'), access.contactsOfAccount(rep, '5')]);
  later(59_999);
  expect(await access.contactsOfAccount(rep, '5')).toEqual(['30']);
  expect(asked).toEqual(['9 contacts 5', '9 contacts 5']);
  await access.contactsOfAccount(other, '5');
  later(1);
  await access.contactsOfAccount(rep, '5');
  expect(asked.slice(2)).toEqual(['10 contacts 5', '9 contacts 5']);
});

test('deals are asked for at once, each answer believed as long as a record, per person', async () => {
  const { access, asked, later } = watched({
    dealsSeen: async (ids) => new Set(ids.filter((id) => id !== '9')),
  });
  expect(await access.dealsSeenBy(rep, ['8', '9', '8'])).toEqual(new Set(['8']));
  later(9_999);
  expect(await access.dealsSeenBy(rep, ['9', '8', '7'])).toEqual(new Set(['8', '7']));
  later(1);
  expect(await access.dealsSeenBy(rep, ['9', '8'])).toEqual(new Set(['8']));
  later(50_000);
  await access.dealsSeenBy(rep, ['8', '7']);
  await access.dealsSeenBy(other, ['8']);
  expect(asked).toEqual(['9 deals 8,9', '9 deals 7', '9 deals 9', '9 deals 8', '10 deals 8']);
});

test('what CRM could not be asked about is not remembered', async () => {
  let trouble = true;
  const { access } = watched({
    dealsSeen: async (ids) => {
      if (trouble) throw new ZohoTrouble('crm', 'unreachable');
      return new Set(ids);
    },
  });
  await expect(access.dealsSeenBy(rep, ['8'])).rejects.toThrow(ZohoTrouble);
  trouble = false;
  expect(await access.dealsSeenBy(rep, ['8'])).toEqual(new Set(['8']));
});
