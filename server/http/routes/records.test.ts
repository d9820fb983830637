import Fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { beforeEach, expect, test } from 'vitest';
import { Customer360 } from '../../contract/customer-360.ts';
import type { Template } from '../../contract/settings.ts';
import type { Caller } from '../../identity/caller.ts';
import type { InstallId } from '../../identity/install.ts';
import type { SuggestedCustomer } from '../../ledger/ledger.ts';
import { policyOf } from '../../visibility/policy.ts';
import { ZohoTrouble } from '../../zoho/trouble.ts';
import { recordsRoutes } from './records.ts';

const somebody: Caller = {
  install: {
    id: 'i1' as InstallId, // safe because it is only compared
    dataCentre: 'eu',
    zgid: '1',
    crmOrganisationId: '2',
    crmOrganisationName: 'Org',
    crmCurrency: 'EUR',
    books: { organisationId: '9', name: 'Books', currency: 'EUR', timeZone: 'UTC' },
    policyVersion: 0,
    state: 'active',
    administratorProfiles: new Set(),
  },
  crmUserId: '9',
  name: 'Somebody',
  roleId: '1',
  profileId: '1',
  email: 'somebody@example.com',
  administrator: false,
  sessionId: 's',
  believedUntil: 0,
  amr: 'zoho-oauth',
  token: { id: 't', issuedAt: new Date(0) },
};

/** Names Books was asked for. */
let asked: string[];
let suggest: (name: string) => Promise<readonly SuggestedCustomer[]>;

beforeEach(() => {
  asked = [];
  suggest = async () => [
    { id: '7', name: 'Acme', evidence: 'same_name' },
    { id: '8', name: 'Acme Holding', evidence: 'similar_name' },
  ];
});

/** An account that belongs to nobody in Books, opened by a person of a role. */
async function openedWith(template: Template) {
  const app = Fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest('caller', null);
  app.decorateRequest('policyVersion', null);
  app.addHook('onRequest', async (request) => {
    request.caller = somebody;
  });
  recordsRoutes(app, {
    access: {
      recordSeenBy: async () => ({ module: 'Accounts', id: '5', name: 'Acme' }),
      contactsOfAccount: async () => [],
      seenUntil: () => 0,
      dealsSeenBy: async () => new Set(),
    },
    ledger: {
      read: async () => ({ state: 'not_linked' }),
      suggest: ({ name }) => {
        asked.push(name);
        return suggest(name);
      },
    },
    policies: { of: async () => policyOf(template) },
    clock: () => new Date('2026-03-01T12:00:00Z'),
  });
  const answer = await app.inject('/api/v1/records/Accounts/5/customer-360');
  await app.close();
  return answer;
}

async function suggestedTo(template: Template): Promise<readonly string[]> {
  const answer = Customer360.parse((await openedWith(template)).json());
  if (answer.state !== 'not_linked') throw new Error('linked');
  return answer.suggestions.map(({ name }) => name);
}

test('names of Books customers go only as far as the role sees documents', async () => {
  expect(await suggestedTo('exact')).toEqual(['Acme', 'Acme Holding']);
  expect(await suggestedTo('sales')).toEqual(['Acme']);
  expect(asked).toEqual(['Acme', 'Acme']);
});

test('for a role that sees no documents Books is not even asked for names', async () => {
  expect(await suggestedTo('least')).toEqual([]);
  expect(asked).toEqual([]);
});

test('a record is honestly not linked also while Books cannot be asked for names', async () => {
  suggest = async () => {
    throw new ZohoTrouble('books', 'rate_limited');
  };
  expect(await suggestedTo('exact')).toEqual([]);
  expect(asked).toEqual(['Acme']);
});

test('a mistake of ours while looking for names is not hidden as an empty list', async () => {
  suggest = async () => {
    throw new Error('ours');
  };
  expect((await openedWith('exact')).statusCode).toBe(500);
});
