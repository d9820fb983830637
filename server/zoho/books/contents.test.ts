import { describe, expect, it } from 'vitest';
import { contentsOf } from './contents.ts';
import { PageDetail } from './wire.ts';

const page = (more: object) => PageDetail.parse({ total: 1, ...more });

describe('what a document is made of', () => {
  it('is its quote and its order, or none where Books says none, or nothing where it does not say', () => {
    const both = page({ estimate_id: '5', salesorder_id: 6 });
    expect(contentsOf('invoice', both)).toEqual({ estimateId: '5', salesOrderId: '6', itemNames: [] });
    const renamed = page({ invoiced_estimate_id: '5', salesorder_id: '' });
    expect(contentsOf('invoice', renamed)).toEqual({ estimateId: '5', salesOrderId: null, itemNames: [] });
    expect(contentsOf('invoice', page({}))).toEqual({ itemNames: [] });
  });

  it('is not the document itself', () => {
    const both = page({ estimate_id: '5', salesorder_id: '6' });
    expect(contentsOf('sales_order', both)).toEqual({ estimateId: '5', itemNames: [] });
    expect(contentsOf('estimate', both)).toEqual({ itemNames: [] });
    expect(contentsOf('expense', both)).toEqual({ itemNames: [] });
  });

  it('is its items, folded, each once, twenty at most, and nothing a database refuses', () => {
    const line_items = [{ name: 'Öak  DESK\u0000' }, { name: 'oak desk' }, { name: '\ud83d' }, { rate: 5 }];
    expect(contentsOf('invoice', page({ line_items })).itemNames).toEqual(['oak desk']);
    const many = Array.from({ length: 30 }, (_, at) => ({ name: `Item ${at}` }));
    expect(contentsOf('invoice', page({ line_items: many })).itemNames).toHaveLength(20);
  });

  it('told as nonsense is not told, and the page still read', () => {
    const odd = page({ estimate_id: { id: 5 }, salesorder_id: '../6', line_items: 'none' });
    expect(contentsOf('invoice', odd)).toEqual({ itemNames: [] });
  });
});
