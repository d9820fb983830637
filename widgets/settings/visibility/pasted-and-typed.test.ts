import { describe, expect, it } from 'vitest';
import { recordPasted } from '../preview/record-pasted.ts';
import { bandsOf, edgesTyped, faultOf } from './band-edges.ts';

describe('ranges as typed', () => {
  it('one amount a line, ascending; trailing zeros say nothing', () => {
    const edges = edgesTyped('1000\n2500.50\n 1000000.00\n');
    expect(edges).toEqual(['1000', '2500.5', '1000000']);
    expect(faultOf(edges)).toBeNull();
  });

  it.each([
    ['', { why: 'empty', at: '' }],
    ['1000\n1000', { why: 'not_ascending', at: '1000' }],
    ['9000\n10000\n9500', { why: 'not_ascending', at: '9500' }],
    ['0.5', { why: 'not_an_amount', at: '0.5' }],
    ['1,000', { why: 'not_an_amount', at: '1,000' }],
    ['-5', { why: 'not_an_amount', at: '-5' }],
    [Array.from({ length: 21 }, (_, at) => at + 1).join('\n'), { why: 'too_many', at: '' }],
  ])('%j cannot be saved', (text, fault) => {
    expect(faultOf(edgesTyped(text))).toEqual(fault);
  });

  it('amounts beyond what a float holds are told apart', () => {
    expect(faultOf(['999999999999999.998', '999999999999999.999'])).toBeNull();
    expect(faultOf(['999999999999999.999', '999999999999999.998'])).not.toBeNull();
  });

  it('two edges make three ranges, from nothing to without end', () => {
    expect(bandsOf('EUR', ['10', '20'])).toEqual([
      { currency: 'EUR', from: '0', to: '10' },
      { currency: 'EUR', from: '10', to: '20' },
      { currency: 'EUR', from: '20', to: null },
    ]);
  });
});

describe('a record as pasted', () => {
  it.each([
    [' 4000000100 ', { module: 'Accounts', recordId: '4000000100' }],
    [
      'https://crm.zoho.com/crm/org123/tab/Potentials/4000000001',
      { module: 'Deals', recordId: '4000000001' },
    ],
    ['https://crm.zoho.eu/crm/org9/tab/Accounts/77?sub_module=x', { module: 'Accounts', recordId: '77' }],
    ['http://127.0.0.1:3601/contacts/55', { module: 'Contacts', recordId: '55' }],
    ['https://crm.zoho.com/crm/org123/tab/Leads/4000000001', null],
    ['Acme', null],
    ['', null],
  ])('%j is %j', (text, record) => {
    expect(recordPasted(text, 'Accounts')).toEqual(record);
  });
});
