import { child, isJson, type Json, list, objectsOf, operationsIn, resolved } from './json.ts';
import type { KnownFault } from './known-faults.ts';

const BOOKS = /^books\//;
const MONEY =
  /^(total|balance|amount|sub_total|tax_total|tax_amount|shipping_charge|adjustment|bcy_amount|amount_(bcy|fcy)|(outstanding|unused_credits)_receivable_amount(_bcy)?)$/;
const NUMBERS = ['number', 'integer'];

const PAGE_CONTEXT: Json = {
  type: 'object',
  required: ['page', 'per_page', 'has_more_page'],
  properties: {
    page: { type: 'integer', minimum: 1 },
    per_page: { type: 'integer', minimum: 1, maximum: 200 },
    has_more_page: { type: 'boolean' },
    report_name: { type: 'string' },
    applied_filter: { type: 'string' },
    sort_column: { type: 'string' },
    sort_order: { enum: ['A', 'D'] },
    response_option: { type: 'integer' },
  },
};

/** Top-level schemas of the answers to lists: a plural key beside `code` and `message`. */
function* lists(document: Json): Generator<{ template: string; properties: Json }> {
  for (const { template, method, operation } of operationsIn(document)) {
    if (method !== 'get' || template.endsWith('}')) continue;
    const schema = resolved(
      document,
      child(operation, 'responses', '200', 'content', 'application/json').schema,
    );
    const properties = child(schema, 'properties');
    if ('page_context' in properties || PAGED.includes(template)) yield { template, properties };
  }
}
const PAGED = ['/salesorders', '/creditnotes', '/settings/currencies'];

const setAll = (target: Json, values: Json): void => {
  for (const key of Object.keys(target)) delete target[key];
  Object.assign(target, values);
};

const withParameter = (name: string, schema: Json, templates: RegExp) => (document: Json) => {
  for (const { template, method, operation } of operationsIn(document)) {
    if (method === 'get' && templates.test(template)) {
      operation.parameters = [...list(operation.parameters), { name, in: 'query', schema }];
    }
  }
};

export const booksFaults: readonly KnownFault[] = [
  {
    file: BOOKS,
    in: ['response'],
    reason: 'Money comes as JSON floats (books-api §1); some modules type it integer or string.',
    mend: (document) => {
      for (const object of objectsOf(child(document, 'components', 'schemas'))) {
        for (const [name, schema] of Object.entries(object)) {
          const type = child(object, name).type;
          if (MONEY.test(name) && typeof type === 'string' && type !== 'object')
            setAll(child({ schema }, 'schema'), { type: 'number' });
        }
      }
    },
  },
  {
    file: /invoices|estimates|sales-order/,
    in: ['request', 'response'],
    reason:
      'A discount is an amount or a percentage ("12.5%"), as the descriptions’ own texts say; its type is only one of them.',
    mend: (document) => {
      for (const object of objectsOf(child(document, 'components', 'schemas'))) {
        if (isJson(object.discount) && 'type' in object.discount)
          object.discount = { anyOf: [{ type: 'number' }, { type: 'string', pattern: '^([0-9.]+%)?$' }] };
      }
    },
  },
  {
    file: BOOKS,
    in: ['response'],
    reason: 'Empty values are "", also where a number belongs (books-api §1 and §7).',
    mend: (document) => {
      for (const schema of objectsOf(child(document, 'components', 'schemas'))) {
        if (typeof schema.type === 'string' && NUMBERS.includes(schema.type) && !('in' in schema)) {
          const { type } = schema;
          setAll(schema, { anyOf: [{ type }, { const: '' }] });
        }
      }
    },
  },
  {
    file: BOOKS,
    in: ['response'],
    reason:
      'page_context is an object on every list; modules type it as an array, leave it out, or leave keys out (PROVENANCE-books).',
    mend: (document) => {
      for (const { properties } of lists(document)) properties.page_context = PAGE_CONTEXT;
    },
  },
  {
    file: /customer-payments/,
    in: ['response'],
    reason: 'The live list key is customerpayments (PROVENANCE-books).',
    mend: (document) => {
      for (const { properties } of lists(document)) {
        if ('customer_payments' in properties) {
          properties.customerpayments = properties.customer_payments;
          delete properties.customer_payments;
        }
      }
    },
  },
  {
    file: /credit-notes/,
    in: ['response'],
    reason: 'A list key holds a list (books-api §1); creditnotes is typed as one object.',
    mend: (document) => {
      for (const { template, properties } of lists(document)) {
        if (template === '/creditnotes')
          properties.creditnotes = { type: 'array', items: properties.creditnotes };
      }
    },
  },
  {
    file: /sales-order/,
    in: ['response'],
    reason: 'The singular key of a detail holds one object (books-api §1); salesorder is typed as an array.',
    mend: (document) => {
      const schemas = [...operationsIn(document)]
        .filter(({ template, method }) => template === '/salesorders/{salesorder_id}' && method !== 'delete')
        .map(({ operation }) =>
          resolved(document, child(operation, 'responses', '200', 'content', 'application/json').schema),
        );
      for (const schema of new Set(schemas)) {
        const properties = child(schema, 'properties');
        const salesorder = resolved(document, properties.salesorder);
        if (salesorder.type === 'array') properties.salesorder = salesorder.items;
      }
    },
  },
  {
    file: /invoices/,
    in: ['response'],
    reason: 'payment_number is text everywhere else: it can carry a prefix.',
    mend: (document) => {
      for (const object of objectsOf(child(document, 'components', 'schemas'))) {
        if (child(object, 'payment_number').anyOf) object.payment_number = { type: 'string' };
      }
    },
  },
  {
    file: BOOKS,
    in: ['request'],
    reason: 'sort_order is accepted by lists though most descriptions leave it out (PROVENANCE-books).',
    mend: withParameter('sort_order', { type: 'string', enum: ['A', 'D'] }, /^\/[a-z]+$/),
  },
  {
    file: /invoices|estimates|sales-order|expenses/,
    in: ['request'],
    reason:
      'A change may carry the deal (PROVENANCE-books: only sales orders list it), and in practice changes with one field alone are taken, whatever is marked as required (books-api §4).',
    mend: (document) => {
      for (const { template, method, operation } of operationsIn(document)) {
        if (method !== 'put' || !/^\/(invoices|estimates|salesorders|expenses)\/\{[^}]+\}$/.test(template))
          continue;
        const content = child(operation, 'requestBody', 'content', 'application/json');
        const schema = resolved(document, content.schema);
        delete schema.required;
        Object.assign(child(schema, 'properties'), {
          zcrm_potential_id: { type: 'string', pattern: '^([0-9]{1,20})?$' },
          zcrm_potential_name: { type: 'string' },
        });
      }
    },
  },
  {
    file: /contacts|expenses/,
    in: ['request'],
    reason: 'last_modified_time is sent by connectors and parsed, though not listed (books-api §2.1 and §6).',
    mend: withParameter('last_modified_time', { type: 'string' }, /^\/(contacts|expenses)$/),
  },
];
