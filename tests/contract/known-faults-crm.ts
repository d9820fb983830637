import { child, isJson, type Json, list, objectsOf, operationsIn, resolved } from './json.ts';
import type { KnownFault } from './known-faults.ts';

const CRM = /^crm\//;

/** @see oas30/common: the fields of an error are always these four. */
const ENVELOPE: Json = {
  type: 'object',
  required: ['code', 'details', 'message', 'status'],
  properties: {
    code: { type: 'string', pattern: '^[A-Z_]+$' },
    details: { type: 'object' },
    message: { type: 'string' },
    status: { const: 'error' },
  },
  additionalProperties: false,
};
const ERROR = { description: 'error', content: { 'application/json': { schema: ENVELOPE } } };

const responses = (document: Json): Json[] =>
  [...operationsIn(document)].map(({ operation }) => child(operation, 'responses'));

const widen = (limit: string, from: number, to: number) => (document: Json) => {
  for (const schema of objectsOf(document)) if (schema[limit] === from) schema[limit] = to;
};

export const crmFaults: readonly KnownFault[] = [
  {
    file: CRM,
    in: ['response'],
    reason:
      'Tokens and limits are checked before any operation, so each can answer 401 and 429 in the common envelope (crm-api §3, §3.1).',
    mend: (document) => {
      for (const answers of responses(document)) Object.assign(answers, { '401': ERROR, '429': ERROR });
    },
  },
  {
    file: /\/(record|users|org|data-sharing|related-records)\.json$/,
    in: ['response'],
    reason:
      'Errors carry code, details, message and status at the top (oas30/common); some files wrap them in data, others list none.',
    mend: (document) => {
      for (const answers of responses(document))
        Object.assign(answers, { '400': ERROR, '403': ERROR, '404': ERROR });
    },
  },
  {
    file: /\/(record|users)\.json$/,
    in: ['response'],
    reason:
      'If-Modified-Since is honoured on lists, records and users (PROVENANCE-crm), so 304 is an answer.',
    mend: (document) => {
      for (const answers of responses(document)) answers['304'] = { description: 'not modified' };
    },
  },
  {
    file: /\/record\.json$/,
    in: ['response'],
    reason: 'A page has 200 records (PROVENANCE-crm), not 100.',
    mend: widen('maxItems', 100, 200),
  },
  {
    file: /\/record\.json$/,
    in: ['request'],
    reason: 'fields is a parameter of the single record too (oas30/record, crm-api §4.4).',
    mend: (document) => {
      for (const { template, method, operation } of operationsIn(document)) {
        if (method === 'get' && template === '/{module}/{recordID}') {
          operation.parameters = [...list(operation.parameters), { $ref: '#/components/parameters/Fields' }];
        }
      }
    },
  },
  {
    file: /\/related-records\.json$/,
    in: ['request'],
    reason: 'The parameter is per_page as on every other list (crm-api §3.2).',
    mend: (document) => {
      for (const schema of objectsOf(document))
        if (schema.name === 'perPage' && schema.in === 'query') schema.name = 'per_page';
    },
  },
  {
    file: /\/fields\.json$/,
    in: ['request'],
    reason: 'include is optional in the documentation (PROVENANCE-crm).',
    mend: (document) => {
      for (const schema of objectsOf(document))
        if (schema.name === 'include' && schema.in === 'query') schema.required = false;
    },
  },
  {
    file: /\/fields\.json$/,
    in: ['response'],
    reason: 'Stages carry probability, forecast_type and forecast_category (crm-api §3.4, oas30/fields).',
    mend: (document) => {
      for (const schema of objectsOf(document)) {
        const values = child(schema, 'properties');
        if ('actual_value' in values && 'sequence_number' in values && isJson(values.actual_value)) {
          Object.assign(values, {
            probability: { type: 'integer', minimum: 0, maximum: 100 },
            forecast_type: { enum: ['Open', 'Closed Won', 'Closed Lost'] },
            forecast_category: resolved(document, { type: 'object', required: ['id', 'name'] }),
          });
        }
      }
    },
  },
  {
    file: /\/(org|roles|profiles)\.json$/,
    in: ['response'],
    reason:
      'Zoho’s own older set lists more members of organisation, role and profile (oas30: ezgid, max_per_page, admin_user, category, …).',
    mend: (document) => {
      for (const schema of objectsOf(document)) {
        const { properties } = schema;
        if (schema.additionalProperties !== false || !isJson(properties)) continue;
        if (['zgid', 'paid_type', 'share_with_peers', 'custom'].some((name) => name in properties)) {
          schema.additionalProperties = true;
          schema.required = list(schema.required).filter((name) => name !== 'portal_users_license_purchased');
        }
      }
    },
  },
  {
    file: /\/org\.json$/,
    in: ['response'],
    reason: 'The type of an organisation is written Production, Sandbox, … (oas30/org).',
    mend: (document) => {
      for (const schema of objectsOf(document)) {
        const words = list(schema.enum);
        if (words.includes('bigin')) schema.enum = [...words, 'Production', 'Sandbox', 'Developer', 'Bigin'];
      }
    },
  },
  {
    file: /\/record\.json$/,
    in: ['response'],
    reason: 'Whoever created or changed a record comes with an email, as the owner does (oas30/record).',
    mend: (document) => {
      for (const schema of objectsOf(document)) {
        const by = [child(schema, 'properties', 'Created_By'), child(schema, 'properties', 'Modified_By')];
        for (const person of by) {
          const properties = child(resolved(document, person), 'properties');
          if ('id' in properties) properties.email = { type: 'string' };
        }
      }
    },
  },
  {
    file: /\/users\.json$/,
    in: ['response'],
    reason: 'Reporting_To is an object on reading (oas30/users, crm-api §4.1); the text is how it is set.',
    mend: (document) => {
      for (const schema of objectsOf(document)) {
        if (isJson(schema.Reporting_To)) {
          schema.Reporting_To = {
            type: ['object', 'null'],
            required: ['id', 'name'],
            properties: { id: { type: 'string' }, name: { type: 'string' }, email: { type: 'string' } },
          };
        }
      }
    },
  },
  {
    file: /\/coql\.json$/,
    in: ['response'],
    reason: 'A query returns up to 2,000 records (crm-api §3.3), not 200.',
    mend: widen('maxItems', 200, 2000),
  },
];
