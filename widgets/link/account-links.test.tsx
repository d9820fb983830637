// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { AccountLinks as Answer } from '../../server/contract/account-links.ts';
import { ACCOUNT_LINKS, INVOICE, QUOTE } from '../../tests/gallery/sample-links.ts';
import { beginSession } from '../api/session.ts';
import { ENGLISH } from '../ui/catalogue.ts';
import { loadLinkWords, loadMoreWords } from '../ui/languages.ts';
import { InCurrency } from '../ui/words.tsx';
import { AccountLinks } from './AccountLinks.tsx';

let sent: { what: string; body: unknown }[];
let answer: Answer;
const relinked = vi.fn();

beforeAll(async () => {
  await Promise.all([loadMoreWords(ENGLISH), loadLinkWords(ENGLISH)]);
  beginSession({ accessToken: 'token', expiresInSeconds: 300, user: { name: 'Remy' }, crmPerson: null });
});
beforeEach(() => {
  sent = [];
  answer = ACCOUNT_LINKS;
  vi.stubGlobal('fetch', async (url: string, { method, body }: RequestInit) => {
    const what = `${method} ${new URL(url).pathname}`;
    if (method === 'GET') return Response.json(answer);
    sent.push({ what, body: typeof body === 'string' ? JSON.parse(body) : null });
    return Response.json({ inBooks: { state: 'yes' }, undoId: 'x', until: '2026-11-21T15:30:00Z' });
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <InCurrency base="EUR">
        <AccountLinks accountId="1" today="2026-11-21" onLink={relinked} />
      </InCurrency>
    </QueryClientProvider>,
  );
});
afterEach(cleanup);

const press = async (name: string): Promise<void> => {
  fireEvent.click(await screen.findByRole('button', { name }));
};

it('a document of a deleted deal is linked to another one, or taken off it', async () => {
  await press(`Link to another deal: ${INVOICE.number}`);
  expect(relinked).toHaveBeenCalledWith(INVOICE);
  answer = { ...ACCOUNT_LINKS, attention: ACCOUNT_LINKS.attention.slice(1) };
  await press(`Take it off the deal: ${INVOICE.number}`);
  await screen.findByText(`${INVOICE.number} is on no deal any more.`);
  expect(sent).toEqual([
    { what: `DELETE /api/v1/accounts/1/links/invoice/${INVOICE.id}`, body: { dealId: '4000000009' } },
  ]);
  expect(screen.queryByText(/Its deal was deleted/)).toBeNull();
  // The button is gone, and the keyboard goes on here.
  expect(document.activeElement?.getAttribute('aria-label')).toBe('What was done with links');
});

it('what was just linked is unlinked, and what was unlinked is restored, on the deal it was', async () => {
  await press(`Unlink: ${QUOTE.number}`);
  await screen.findByText(`${QUOTE.number} is no longer linked to “Cold storage”.`);
  await press(`Undo: ${INVOICE.number}`);
  await screen.findByText(`${INVOICE.number} is linked again.`);
  expect(sent).toEqual([
    { what: `DELETE /api/v1/deals/4000000002/links/estimate/${QUOTE.id}`, body: {} },
    {
      what: 'POST /api/v1/deals/4000000002/links/undo',
      body: { undoId: '7f3c2a90-1d5e-4b1a-8b1a-7f3c2a901d5e' },
    },
  ]);
});

it('a conflict is decided here by whoever sees the deal, and only shown to the others', async () => {
  await screen.findByText('4 need attention');
  expect(screen.getAllByRole('button', { name: /Put ours back/ })).toHaveLength(1);
  await press('Put ours back: SO-00077');
  await vi.waitFor(() =>
    expect(sent).toEqual([
      { what: 'POST /api/v1/deals/4000000002/links/sales_order/00077/resolve', body: { keep: 'ours' } },
    ]),
  );
});
