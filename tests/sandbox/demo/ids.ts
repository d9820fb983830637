/** Two digits inside an id say what it is of, so ids of different things never meet. */
const CRM_KINDS = {
  organisation: '01',
  user: '02',
  role: '03',
  profile: '04',
  account: '10',
  contact: '20',
  deal: '30',
  product: '40',
  vendor: '50',
} as const;
const BOOKS_KINDS = {
  user: '00',
  role: '01',
  customer: '02',
  contactPerson: '03',
  item: '04',
  tax: '05',
  address: '06',
  salesperson: '07',
  ledgerAccount: '08',
  invoice: '10',
  payment: '20',
  paymentPart: '21',
  paymentRefund: '22',
  creditNote: '30',
  creditPart: '31',
  creditRefund: '32',
  estimate: '40',
  salesOrder: '50',
  expense: '60',
  retainer: '70',
  line: '80',
} as const;

export type CrmKind = keyof typeof CRM_KINDS;
export type BooksKind = keyof typeof BOOKS_KINDS;

/** 19 digits, as CRM ids are. */
export const crmId = (kind: CrmKind, n: number): string =>
  `572576700000${CRM_KINDS[kind]}${String(n).padStart(5, '0')}`;

/** 17 digits, as Books ids are. */
export const booksId = (kind: BooksKind, n: number): string =>
  `460000000${BOOKS_KINDS[kind]}${String(n).padStart(6, '0')}`;

/** Counts up per kind. */
export interface BooksIds {
  next(kind: BooksKind): string;
}

export function createBooksIds(): BooksIds {
  const used = new Map<BooksKind, number>();
  return {
    next(kind) {
      const n = (used.get(kind) ?? 0) + 1;
      used.set(kind, n);
      return booksId(kind, n);
    },
  };
}
