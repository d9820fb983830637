import { describe, expect, it } from 'vitest';
import { calendarDay } from '../domain/calendar-day.ts';
import type { DealLadderRaw } from '../domain/deal-ladder.ts';
import type { DocumentRowRaw, DocumentType } from '../domain/document-list.ts';
import type { CustomerId, DealId, DocumentId } from '../domain/documents.ts';
import { money } from '../domain/money.ts';
import type { AccountDealsRaw, LinkPreviewRaw, LinksRaw, SuggestionsRaw } from './links-raw.ts';
import { type Policy, policyOf, settled } from './policy.ts';
import {
  projectAccountDeals,
  projectChanged,
  projectLinkPreview,
  projectLinkResults,
  projectLinks,
  projectSuggestions,
  projectUnlinked,
} from './project.ts';

const AT = new Date('2026-11-20T09:00:00.000Z');
const row = (id: string, type: DocumentType = 'invoice'): DocumentRowRaw => ({
  type,
  id: id as DocumentId,
  customerId: '1' as CustomerId,
  number: `N-${id}`,
  date: calendarDay('2026-11-01'),
  dueDate: null,
  daysOverdue: null,
  status: 'sent',
  dealId: '42' as DealId,
  total: money('USD', '2500'),
  balance: money('USD', '2500'),
});
const amount = (text: string) =>
  ({ known: true, money: money('USD', text), caveats: [], byCurrency: [] }) as const;
const ladder = (invoiced: string): DealLadderRaw => ({
  stage: 'Closed Won',
  basis: 'net_of_tax',
  amountBasis: 'net_of_tax',
  dealAmount: amount('5000'),
  quoted: amount('0'),
  invoiced: amount(invoiced),
  collected: amount('0'),
  leftToInvoice: amount('1'),
  overInvoiced: false,
});
const exact = policyOf('exact');
const sales = policyOf('sales');
const least = policyOf('least');
const onlyQuotes: Policy = { ...exact, documentTypes: new Set(['estimate']) };
const documentHref = ({ id }: { id: string }) => `https://books.example/${id}`;

const whole = {
  row: row('1'),
  inBooks: { state: 'yes' },
  origin: 'books',
  by: null,
  at: null,
  share: null,
  takenBack: false,
} as const;
const LINKS: LinksRaw = {
  deal: { id: '42', name: 'Renewal' },
  mayLink: true,
  reconnect: false,
  links: [
    whole,
    {
      row: row('2', 'estimate'),
      inBooks: { state: 'not_yet', reason: 'locked' },
      origin: 'person',
      by: 'Ada',
      at: AT,
      share: money('USD', '1200'),
      takenBack: true,
    },
  ],
  undo: [{ undoId: 'u', row: row('3'), until: AT }],
  documentHref,
};

describe('links of a deal', () => {
  it('are told with who, when and how much of a document, as far as amounts are seen', () => {
    const [first, second] = projectLinks(LINKS, exact).links;
    expect(first).toMatchObject({ document: { id: '1', href: 'https://books.example/1' }, origin: 'books' });
    expect(Object.keys(first ?? {})).toEqual(['document', 'inBooks', 'origin']);
    expect(second).toMatchObject({
      inBooks: { state: 'not_yet', reason: 'locked' },
      origin: 'person',
      by: 'Ada',
      at: '2026-11-20T09:00:00.000Z',
      share: { level: 'exact', money: { currency: 'USD', amount: '1200.00' } },
      takenBack: true,
    });
    expect(projectLinks(LINKS, sales).links[1]?.share).toMatchObject({ level: 'band' });
    const noTotals = { ...exact, levels: { ...exact.levels, documentTotal: 'hidden' as const } };
    expect(projectLinks(LINKS, noTotals).links[1]).not.toHaveProperty('share');
  });

  it('are those of documents that are seen, and so is what can be taken back', () => {
    expect(projectLinks(LINKS, onlyQuotes)).toMatchObject({ links: [{ document: { id: '2' } }], undo: [] });
    expect(projectLinks(LINKS, exact).undo).toEqual([
      {
        undoId: 'u',
        document: expect.objectContaining({ id: '3', href: 'https://books.example/3' }),
        until: AT.toISOString(),
      },
    ]);
    expect(projectLinks(LINKS, least)).toMatchObject({
      deal: { id: '42', name: 'Renewal' },
      links: [],
      undo: [],
    });
    const unlisted = { ...exact, levels: { ...exact.levels, documents: 'hidden' as const } };
    expect(projectLinks(LINKS, unlisted)).toMatchObject({ links: [], undo: [] });
  });

  it('say whether this person may link, and whether Books has to be connected once more', () => {
    expect(projectLinks(LINKS, exact)).toMatchObject({ mayLink: true });
    expect(projectLinks(LINKS, exact)).not.toHaveProperty('reconnect');
    expect(projectLinks({ ...LINKS, mayLink: false, reconnect: true }, exact)).toMatchObject({
      mayLink: false,
      reconnect: true,
    });
  });
});

describe('suggestions', () => {
  const SUGGESTIONS: SuggestionsRaw = {
    suggestions: [
      {
        row: row('1'),
        customer: { id: '1', name: 'Aster' },
        reference: 'PO 7',
        reasons: ['same_customer'],
        obstacles: [{ code: 'voided' }],
      },
      {
        row: row('2', 'expense'),
        customer: { id: '1', name: 'Aster' },
        reference: null,
        reasons: [],
        obstacles: [],
      },
    ],
    total: 17,
    page: 2,
    documentHref,
  };

  it('carry their reasons, and a reference where there is one', () => {
    const { suggestions, ...rest } = projectSuggestions(SUGGESTIONS, exact);
    expect(rest).toEqual({ total: 17, page: 2, pageSize: 25 });
    expect(suggestions[0]).toMatchObject({
      document: { id: '1', href: 'https://books.example/1', total: { level: 'exact' } },
      customer: { id: '1', name: 'Aster' },
      reference: 'PO 7',
      reasons: ['same_customer'],
      obstacles: [{ code: 'voided' }],
    });
    expect(suggestions[1]).not.toHaveProperty('reference');
  });

  it('are of types that are seen, and neither there nor counted where documents are hidden', () => {
    const noExpenses: Policy = { ...exact, documentTypes: new Set(['invoice']) };
    expect(
      projectSuggestions(SUGGESTIONS, noExpenses).suggestions.map(({ document }) => document.id),
    ).toEqual(['1']);
    expect(projectSuggestions(SUGGESTIONS, least)).toMatchObject({ suggestions: [], total: 0 });
    expect(projectSuggestions(SUGGESTIONS, sales).suggestions[0]?.document.total?.level).toBe('band');
  });
});

describe('what a link would change', () => {
  const PREVIEW: LinkPreviewRaw = {
    before: ladder('1500'),
    after: ladder('15000'),
    obstacles: [{ document: { type: 'invoice', id: '1' }, obstacles: [{ code: 'voided' }] }],
  };

  it('is told as the ladder itself is, before and after', () => {
    const { before, after, obstacles } = projectLinkPreview(PREVIEW, exact);
    expect([before.invoiced, after.invoiced]).toMatchObject([
      { money: { amount: '1500.00' } },
      { money: { amount: '15000.00' } },
    ]);
    expect(obstacles).toEqual(PREVIEW.obstacles);
    expect(projectLinkPreview(PREVIEW, sales).after.invoiced).toMatchObject({ band: { from: '10000' } });
    expect(projectLinkPreview(PREVIEW, least).after).toEqual({ stage: 'Closed Won', basis: 'net_of_tax' });
  });

  it('is told after no better than the totals of documents, so that one of them alone tells nothing', () => {
    const given = (levels: Partial<Policy['levels']>): Policy =>
      settled({ ...exact, grants: { ...exact.grants, ...levels } });
    const rungs = (policy: Policy) => {
      const { before, after } = projectLinkPreview(PREVIEW, policy);
      return [before, after].map((one) =>
        [one.dealAmount, one.quoted, one.invoiced, one.collected, one.leftToInvoice].map((of) => of?.level),
      );
    };
    const all = ['exact', 'exact', 'exact', 'exact', 'exact'];
    expect(rungs(exact)).toEqual([all, all]);
    const inBands = given({ documentTotal: 'band' });
    // 15,000 is between 10,000 and 50,000, and the deal's 5,000 is less than any of it
    expect(rungs(inBands)).toEqual([all, ['exact', 'status', 'band', 'status', 'band']]);
    expect(projectLinkPreview(PREVIEW, inBands).after).toMatchObject({
      leftToInvoice: { band: { from: '-50000', to: '-1000' } },
      overInvoiced: true,
    });
    expect(rungs(given({ documentTotal: 'status' }))[1]).toEqual([
      'exact',
      'status',
      'status',
      'status',
      'unknown',
    ]);
    const unseen = projectLinkPreview(PREVIEW, given({ documentTotal: 'hidden' }));
    expect(Object.keys(unseen.after)).toEqual(['stage', 'basis', 'dealAmount']);
    // not even on which tax basis it would be, which depends on the documents
    const taxed = { ...PREVIEW, after: { ...PREVIEW.after, basis: 'tax_included' as const } };
    expect(projectLinkPreview(taxed, given({ documentTotal: 'hidden' })).after.basis).toBe('net_of_tax');
    expect(projectLinkPreview(taxed, inBands).after.basis).toBe('tax_included');
    expect(unseen.before.invoiced).toMatchObject({ money: { amount: '1500.00' } });
    // a late invoice's total is hidden with what is overdue; quotes are told exactly all the same
    expect(rungs(given({ overdue: 'hidden' }))[1]).toEqual(['exact', 'exact', 'band', 'status', 'band']);
  });
});

describe('deals to link to', () => {
  const DEALS: AccountDealsRaw = {
    deals: [{ id: '42', name: 'Renewal', stage: 'Open', ladder: ladder('0') }],
  };

  it('carry their amount as deals do', () => {
    expect(projectAccountDeals(DEALS, exact).deals).toEqual([
      {
        id: '42',
        name: 'Renewal',
        stage: 'Open',
        amount: { level: 'exact', money: { currency: 'USD', amount: '5000.00' } },
      },
    ]);
    expect(projectAccountDeals(DEALS, least).deals).toEqual([{ id: '42', name: 'Renewal', stage: 'Open' }]);
  });
});

describe('what became of changes', () => {
  const document = { type: 'invoice', id: '1', total: '580.00' } as const;
  const inBooks = { state: 'not_yet', reason: 'locked' } as const;

  it('is told of the documents somebody named, with nothing of what is in them', () => {
    const told = projectLinkResults([
      { outcome: 'linked', document, inBooks, altered: true },
      { outcome: 'linked', document, inBooks: { state: 'yes' } },
      { outcome: 'refused', document, obstacles: [{ code: 'voided' }] },
    ]);
    const named = { type: 'invoice', id: '1' };
    expect(told).toEqual({
      results: [
        { outcome: 'linked', document: named, inBooks, altered: true },
        { outcome: 'linked', document: named, inBooks: { state: 'yes' } },
        { outcome: 'refused', document: named, obstacles: [{ code: 'voided' }] },
      ],
    });
    expect(JSON.stringify(told)).not.toContain('580');
    expect(told.results[1]).not.toHaveProperty('altered');
  });

  it('is told with how to take it back, and whether Books holds it', () => {
    const raw = { undoId: 'u', until: AT, inBooks, total: '580.00' };
    expect(projectUnlinked(raw)).toEqual({ undoId: 'u', until: '2026-11-20T09:00:00.000Z', inBooks });
    expect(projectChanged(raw)).toEqual({ inBooks });
  });
});
