import { describe, expect, it } from 'vitest';
import { type Exchange, validateExchange } from './contract.ts';
import { KNOWN_FAULTS, mended } from './known-faults.ts';
import { areDescriptionsHere, describedFiles, readDescription } from './openapi.ts';

const exchange = (more: Partial<Exchange>): Exchange => {
  const url = more.url ?? 'http://127.0.0.1/books/v3/invoices?organization_id=1';
  return {
    service: 'books',
    method: 'GET',
    url,
    path: new URL(url).pathname,
    status: 200,
    requestBody: '',
    responseBody: JSON.stringify({
      code: 0,
      message: 'success',
      invoices: [],
      page_context: { page: 1, per_page: 200, has_more_page: false },
    }),
    unknown: false,
    ...more,
  };
};

describe.skipIf(!areDescriptionsHere)('what disagrees with the descriptions is told', () => {
  it('a sound exchange is silent', () => {
    expect(validateExchange(exchange({}))).toEqual([]);
  });

  it('a parameter Books would ignore without a word', () => {
    expect(
      validateExchange(exchange({ url: 'http://127.0.0.1/books/v3/invoices?organization_id=1&customer=2' })),
    ).toEqual(['GET /books/v3/invoices (200): parameter customer is not described']);
  });

  it('a missing organisation', () => {
    expect(validateExchange(exchange({ url: 'http://127.0.0.1/books/v3/invoices' }))).toEqual([
      'GET /books/v3/invoices (200): parameter organization_id is missing',
    ]);
  });

  it('an amount sent as text, and a list under another name', () => {
    const body = { code: 0, message: 'success', invoices: [{ total: '12.50' }], bills: [] };
    expect(validateExchange(exchange({ responseBody: JSON.stringify(body) }))).toEqual([
      'GET /books/v3/invoices (200): bills is not described',
      expect.stringContaining('/invoices/0/total must be number'),
      expect.stringContaining('/invoices/0/total must be equal to constant'),
      expect.stringContaining('/invoices/0/total must match a schema in anyOf'),
    ]);
  });

  it('half an answer', () => {
    expect(validateExchange(exchange({ responseBody: '{"code":0,' }))).toEqual([
      'GET /books/v3/invoices (200): the body is not JSON',
    ]);
  });

  it('an error of Books without its code', () => {
    expect(validateExchange(exchange({ status: 429, responseBody: '{"message":"blocked"}' }))).toEqual([
      "GET /books/v3/invoices (429): error body must have required property 'code'",
    ]);
  });

  it('a body where CRM answers nothing', () => {
    const url = 'http://127.0.0.1/crm/v8/users?type=CurrentUser';
    expect(validateExchange(exchange({ service: 'crm', url, status: 204 }))).toEqual([
      'GET /crm/v8/users (204): a body where none is described',
    ]);
  });

  it('every known fault still mends something and says why', () => {
    const needed = new Set<number>();
    for (const file of describedFiles()) {
      const plain = readDescription(file);
      KNOWN_FAULTS.forEach((fault, at) => {
        if (!fault.file.test(file)) return;
        expect(fault.reason).toMatch(/\w+.*\.$/);
        for (const reading of fault.in) {
          const before = JSON.stringify(mended(file, reading, plain, at));
          if (JSON.stringify(mended(file, reading, plain, at + 1)) !== before) needed.add(at);
        }
      });
    }
    expect(KNOWN_FAULTS.filter((_, at) => !needed.has(at)).map(({ reason }) => reason)).toEqual([]);
  });
});
