// @vitest-environment happy-dom
import { cleanup, render, screen, within } from '@testing-library/react';
import axe from 'axe-core';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CustomerFigures } from '../../server/contract/customer-360.ts';
import type { LifetimeValue, Verdict } from '../../server/contract/figures.ts';
import {
  ageing,
  aLinked,
  band,
  exact,
  forSales,
  inLargeYen,
  LADDER,
  status,
} from '../../tests/gallery/sample-answers.ts';
import { Ageing } from './Ageing.tsx';
import { ENGLISH } from './catalogue.ts';
import { DocumentTable } from './DocumentTable.tsx';
import { FourFigures } from './FourFigures.tsx';
import { Ladder } from './Ladder.tsx';
import { loadMoreWords } from './languages.ts';
import { VerdictLine } from './VerdictLine.tsx';
import { InCurrency } from './words.tsx';

beforeAll(async () => loadMoreWords(ENGLISH));
afterEach(cleanup);

const TODAY = '2026-11-21';
const shown = (part: ReactNode) => render(<InCurrency base="EUR">{part}</InCurrency>).container;

/** What axe can judge without a layout; contrast is for the browser. */
async function faults(part: Element): Promise<readonly string[]> {
  const { violations } = await axe.run(part, {
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  });
  return violations.map(({ id }) => id);
}

/** The text beside a figure's label. */
function figure(label: string): string {
  const term = screen.getByText(label).closest('.figure');
  return [...(term?.querySelectorAll('dd') ?? [])].map((part) => part.textContent).join(' | ');
}
const four = (figures: CustomerFigures, lifetimeValue: LifetimeValue = 'collected') =>
  shown(<FourFigures figures={figures} lifetimeValue={lifetimeValue} today={TODAY} />);

describe('the four figures', () => {
  it('show exact amounts, counts and the age of the last payment', async () => {
    const container = four(aLinked().figures);
    expect(figure('Overdue')).toBe('€10,183.40 | 2 invoices · oldest 34 days');
    expect(figure('Open')).toBe('€31,410.15 | 7 invoices');
    expect(figure('Collected to date')).toBe('€184,902.77 | less refunds');
    expect(figure('Last payment')).toBe('12 days ago | Nov 9 · €3,466.60');
    expect(await faults(container)).toEqual([]);
  });

  it('show a role with ranges no amount at all', async () => {
    const container = four(forSales().figures);
    expect(figure('Overdue')).toMatch(/^Yes/);
    expect(figure('Open')).toMatch(/^€10k–50k/);
    expect(container.textContent).not.toMatch(/\d,\d{3}|\d\.\d{2}/);
    expect(await faults(container)).toEqual([]);
  });

  it('name a hidden figure as hidden: not 0, not a dash, not blank', () => {
    four({});
    for (const label of ['Overdue', 'Open', 'Collected to date', 'Last payment'])
      expect(figure(label)).toBe('Hidden for your role');
  });

  it('show the lifetime value the organisation means, with its tax basis', () => {
    four({ ...aLinked().figures, invoicedNet: exact('190000.00') }, 'invoiced_net');
    expect(figure('Invoiced to date')).toBe('€190,000.00 | without tax');
    expect(screen.queryByText('Collected to date')).toBeNull();
    cleanup();
    const taxed = { ...exact('226100.00'), caveats: ['tax_included' as const] };
    four({ ...aLinked().figures, invoicedNet: taxed }, 'invoiced_net');
    expect(figure('Invoiced to date')).toBe('€226,100.00 | tax included');
  });

  it('give an unknown figure a dash and its reason: not 0', () => {
    four({ ...aLinked().figures, open: { level: 'unknown', reason: 'books_unreachable' } });
    expect(figure('Open')).toMatch(/^—.*Zoho Books did not answer/);
  });

  it('tell nothing overdue, no payment yet and zero apart', () => {
    four({ overdue: exact('0'), overdueCount: 0, open: exact('0'), lastPayment: { level: 'none' } });
    expect(figure('Overdue')).toBe('€0.00 | Nothing overdue');
    expect(figure('Open')).toBe('€0.00');
    expect(figure('Last payment')).toBe('No payment yet');
  });

  it('keep the exact text of an amount too long for a narrow panel', () => {
    four(inLargeYen().figures);
    expect(figure('Open')).toMatch(/JPY.2,345,678,901/);
    const short = screen.getByText(/2\.3B/);
    expect(short.getAttribute('aria-hidden')).toBe('true');
  });

  it('explain themselves by a button that names its figure', () => {
    four(aLinked().figures);
    const button = screen.getByRole('button', { name: 'About Overdue' });
    const explanation = document.getElementById(button.getAttribute('popovertarget') ?? '');
    expect(explanation?.textContent).toContain('Due today is not overdue');
  });

  it('say how converted amounts came about', () => {
    four({
      ...aLinked().figures,
      open: {
        level: 'exact',
        money: { currency: 'EUR', amount: '10' },
        caveats: ['converted_at_booked_rates'],
        byCurrency: [{ currency: 'USD', amount: '11' }],
      },
    });
    expect(figure('Open')).toMatch(/^≈ €10\.00/);
    expect(document.body.textContent).toMatch(/rates they were booked at.*USD.11\.00/);
  });
});

describe('the verdict', () => {
  it('is a word and its top two reasons, without an amount', async () => {
    const container = shown(<VerdictLine verdict={aLinked().figures.verdict} today={TODAY} />);
    expect(container.textContent).toContain('Pays late');
    expect(container.textContent).toContain(
      '2 invoices overdue, oldest 34 days · pays 12 days late on average',
    );
    expect(await faults(container)).toEqual([]);
  });

  it('hidden is said to be hidden', () => {
    expect(shown(<VerdictLine verdict={undefined} today={TODAY} />).textContent).toContain(
      'Hidden for your role',
    );
  });

  it('gives its reasons in words where their numbers are hidden', () => {
    const told = (reasons: Verdict['reasons']) => {
      const verdict = { grade: 'pays_late' as const, reasons, computedOn: TODAY };
      return shown(<VerdictLine verdict={verdict} today={TODAY} />).querySelector('.verdict-reason')
        ?.textContent;
    };
    expect(told([{ code: 'overdue_long' }, { code: 'pays_late_on_average' }])).toBe(
      'overdue for long · pays late on average',
    );
    expect(told([{ code: 'little_history' }, { code: 'overdue_some' }])).toBe(
      'few invoices paid so far · invoices overdue',
    );
    expect(told([{ code: 'pays_on_time' }])).toBe('pays on time');
  });
});

describe('the ageing', () => {
  const shares = (container: Element) =>
    [...container.querySelectorAll('.ageing-bar rect')].map((part) => Number(part.getAttribute('width')));

  it('has a text for every part of its bar, and the bar is whole', async () => {
    const { figures } = aLinked();
    const container = shown(<Ageing entries={figures.ageing} open={figures.open} />);
    expect(
      within(container)
        .getAllByRole('listitem')
        .map((row) => row.textContent),
    ).toEqual([
      'Not due€21,226.75',
      '1–30 days€1,733.40',
      '31–60 days€8,450.00',
      '61–90 days€0.00',
      'Over 90 days€0.00',
    ]);
    expect(shares(container).reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 6);
    expect(await faults(container)).toEqual([]);
  });

  it('draws no length that could tell what a range hides', () => {
    const container = shown(
      <Ageing entries={ageing([band('1000', '10000'), status('none')])} open={band('1000', '10000')} />,
    );
    expect(container.querySelectorAll('svg:not(.ageing-key) rect')).toHaveLength(0);
  });

  it('is absent when nothing is open, and hidden is said', () => {
    expect(shown(<Ageing entries={ageing([exact('0'), exact('0')])} open={exact('0')} />).textContent).toBe(
      '',
    );
    cleanup();
    expect(shown(<Ageing entries={undefined} open={undefined} />).textContent).toContain(
      'Hidden for your role',
    );
  });
});

describe('the ladder of a deal', () => {
  const step = (name: string) =>
    screen.getByText(name).closest('li')?.querySelector('.ladder-value')?.textContent;

  it('goes from the deal’s amount to what is left, and names its tax basis', async () => {
    const container = shown(<Ladder ladder={LADDER} />);
    expect(['Deal amount', 'Quoted', 'Invoiced', 'Collected', 'Left to invoice'].map(step)).toEqual([
      '€42,000.00',
      '€42,000.00',
      '€17,500.00',
      '€9,050.00',
      '€24,500.00',
    ]);
    expect(container.textContent).toContain('without tax');
    expect(await faults(container)).toEqual([]);
  });

  it('shows more invoiced than agreed as it is, in words as well', () => {
    shown(<Ladder ladder={{ ...LADDER, leftToInvoice: exact('-3900'), overInvoiced: true }} />);
    expect(step('Left to invoice')).toBe('−€3,900.00');
    expect(screen.getByText('More invoiced than agreed')).toBeTruthy();
  });
});

describe('a ladder in ranges', () => {
  it('says so where they are too close to tell what is left', () => {
    shown(<Ladder ladder={{ ...LADDER, leftToInvoice: { level: 'unknown', reason: 'ranges_overlap' } }} />);
    expect(screen.getAllByText('The ranges you see are too close to tell')).not.toEqual([]);
  });
});

describe('the documents', () => {
  const rows = () => screen.getAllByRole('row').slice(1);
  const table = (answer = aLinked()) =>
    shown(
      <DocumentTable
        rows={answer.documents.rows}
        today={TODAY}
        dealId="4000000001"
        caption="Newest documents"
      />,
    );

  it('are a table with headings, and late ones say how late', async () => {
    const container = table();
    expect(screen.getByRole('table', { name: 'Newest documents' })).toBeTruthy();
    expect(screen.getAllByRole('columnheader')).toHaveLength(6);
    expect(rows()[0]?.textContent).toContain('34 days late');
    expect(rows()[0]?.textContent).toContain('this deal');
    expect(rows()[2]?.textContent).toContain('Due today');
    expect(await faults(container)).toEqual([]);
  });

  it('owe nothing when they are quotes or used-up payments', () => {
    table();
    const balances = rows().map((row) => row.querySelector('.cell-balance')?.textContent);
    expect(balances).toEqual(['€8,450.00', '€1,733.40', '€980.00', '', '']);
  });

  it('of a status we do not know show it as Books wrote it', () => {
    const [first] = aLinked().documents.rows;
    if (!first) throw new Error('The sample has rows');
    shown(<DocumentTable rows={[{ ...first, status: 'in_dispute' }]} today={TODAY} caption="One" />);
    expect(rows()[0]?.textContent).toContain('in dispute');
  });

  it('with hidden amounts say so for what is owed, and where others of them have a total', () => {
    const answer = aLinked();
    const [late, ...others] = answer.documents.rows.map(({ balance: _balance, ...row }) => row);
    if (!late) throw new Error('The sample has rows');
    const { total: _total, ...withoutTotal } = late;
    table({ ...answer, documents: { ...answer.documents, rows: [withoutTotal, ...others] } });
    expect(rows()[0]?.textContent).toMatch(/Hidden for your role.*Hidden for your role/);
  });

  it('of which none has a total have no column for it', () => {
    const answer = aLinked();
    const untold = answer.documents.rows.map(({ total: _total, ...row }) => row);
    const container = table({ ...answer, documents: { ...answer.documents, rows: untold } });
    expect(screen.getAllByRole('columnheader')).toHaveLength(5);
    expect(container.querySelector('.cell-total')).toBeNull();
    expect(rows()[0]?.querySelector('.cell-balance')?.textContent).toBe('€8,450.00');
  });
});
