import type { Wire } from '../organisation.ts';
import type { CurrencyCode, Minor } from './currencies.ts';
import { booksId, crmId } from './ids.ts';

export interface Item {
  readonly id: string;
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
  readonly unit: string;
  readonly kind: 'goods' | 'service';
  readonly category: string;
  /** List price in US cents, in steps of 20 so that 5 % of it is a whole cent. */
  readonly listPrice: Minor;
}

const LIST: readonly [sku: string, name: string, unit: string, category: string, listPrice: Minor][] = [
  ['DSK-140', 'Standing desk 140 cm', 'pcs', 'Furniture', 64_900],
  ['DSK-180', 'Standing desk 180 cm', 'pcs', 'Furniture', 82_900],
  ['CHR-ERG', 'Ergonomic task chair', 'pcs', 'Furniture', 43_800],
  ['CHR-VIS', 'Visitor chair', 'pcs', 'Furniture', 16_900],
  ['TBL-CNF', 'Conference table, 10 seats', 'pcs', 'Furniture', 248_000],
  ['CAB-LCK', 'Lockable cabinet', 'pcs', 'Furniture', 31_940],
  ['PRT-LAS', 'Laser printer A3', 'pcs', 'Machines', 189_900],
  ['PRT-TON', 'Toner set', 'set', 'Supplies', 23_660],
  ['SHR-P5', 'Paper shredder P-5', 'pcs', 'Machines', 57_480],
  ['DSP-86', 'Meeting room display 86"', 'pcs', 'Machines', 312_000],
  ['PAP-A4', 'Copy paper A4, pallet', 'pallet', 'Supplies', 118_000],
  ['WHB-200', 'Whiteboard 200 × 120', 'pcs', 'Furniture', 28_420],
  ['SVC-INS', 'Delivery and installation', 'h', 'Services', 9_400],
  ['SVC-MNT', 'Maintenance plan, month', 'month', 'Services', 24_500],
];

export const ITEMS: readonly Item[] = LIST.map(([sku, name, unit, category, listPrice], at) => ({
  id: booksId('item', at + 1),
  productId: crmId('product', at + 1),
  sku,
  name,
  unit,
  kind: category === 'Services' ? 'service' : 'goods',
  category,
  listPrice,
}));

/** List price abroad, in that currency's minor units and again in steps of which 5 % is whole. */
export function priceIn(code: CurrencyCode, { listPrice }: Item): Minor {
  switch (code) {
    case 'USD':
      return listPrice;
    case 'EUR':
      return Math.round((listPrice * 0.93) / 20) * 20;
    case 'JPY':
      return Math.round((listPrice * 1.49) / 100) * 100;
    case 'KWD':
      return Math.round((listPrice * 3.07) / 500) * 500;
  }
}

/** As Books' item calls answer. */
export const wireItems = (items: readonly Item[] = ITEMS): Wire[] =>
  items.map(({ id, sku, name, unit, kind, listPrice }) => ({
    item_id: id,
    name,
    sku,
    unit,
    status: 'active',
    description: '',
    rate: listPrice / 100,
    product_type: kind,
    tax_id: '',
    tax_name: '',
    tax_percentage: '',
    tax_type: '',
  }));
