// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import axe from 'axe-core';
import type { ReactNode } from 'react';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { LinkDocuments } from '../../server/contract/links.ts';
import { INVOICE, PREVIEW, QUOTE, SUGGESTIONS, theLinks } from '../../tests/gallery/sample-links.ts';
import { beginSession } from '../api/session.ts';
import { ENGLISH } from '../ui/catalogue.ts';
import { loadLinkWords, loadMoreWords } from '../ui/languages.ts';
import { InCurrency } from '../ui/words.tsx';
import { DealLinks } from './DealLinks.tsx';
import { LinkToDeal } from './LinkToDeal.tsx';

const DEAL = theLinks().deal.id;
const LINKS = `/api/v1/deals/${DEAL}/links`;

interface Sent {
  readonly what: string;
  readonly key: string | null;
  readonly body: unknown;
}
let sent: Sent[];
let answers: Record<string, () => unknown>;

beforeAll(async () => {
  await Promise.all([loadMoreWords(ENGLISH), loadLinkWords(ENGLISH)]);
  beginSession({ accessToken: 'token', expiresInSeconds: 300, user: { name: 'Remy' }, crmPerson: null });
});
/** The network's edge: remembers what it was sent, refuses what nobody expected. */
beforeEach(() => {
  sent = [];
  answers = {
    [`GET ${LINKS}`]: () => theLinks(),
    [`GET ${LINKS}/suggestions`]: () => ({ suggestions: SUGGESTIONS, total: 5, page: 1, pageSize: 20 }),
    [`POST ${LINKS}/preview`]: () => PREVIEW,
  };
  vi.stubGlobal('fetch', async (url: string, { method, headers, body }: RequestInit) => {
    const what = `${method} ${new URL(url).pathname}`;
    const key = new Headers(headers).get('idempotency-key');
    sent.push({ what, key, body: typeof body === 'string' ? JSON.parse(body) : null });
    const answer = await answers[what]?.();
    if (answer instanceof Error || answer === undefined) throw answer ?? new Error(`Nobody expected ${what}`);
    return Response.json(answer);
  });
});
afterEach(cleanup);

const shown = (part: ReactNode) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <InCurrency base="EUR">{part}</InCurrency>
    </QueryClientProvider>,
  );
const linking = (onClose = () => undefined) =>
  shown(<LinkToDeal dealId={DEAL} documents={[]} today="2026-11-21" pauseMs={0} onClose={onClose} />);
const press = (key: string, more = {}) =>
  fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
const focused = (): string => document.activeElement?.textContent ?? '';
const posts = (): Sent[] => sent.filter(({ what }) => what === `POST ${LINKS}`);

/** Picks the quote and the invoice, which come first. */
async function pickTwo(): Promise<void> {
  await screen.findByRole('listbox');
  press('ArrowDown');
  press(' ');
  press('ArrowDown');
  press('Enter');
  await screen.findByText('2 documents picked');
}

describe('linking documents to a deal, by keyboard alone', () => {
  it('goes from the search to the list, picks several, and shows what that changes', async () => {
    const { container } = linking();
    expect(document.activeElement?.getAttribute('type')).toBe('search');
    await pickTwo();
    expect(focused()).toMatch(/^INV-004182/);
    press('Home');
    expect(focused()).toMatch(/^QT-00318/);
    press('End');
    expect(focused()).toMatch(/^INV-004207/);
    const invoiced = (await screen.findByText('Invoiced')).closest('li');
    expect(invoiced?.textContent).toMatch(/€24,600\.84.*was €17,500\.00/);
    expect(sent.find(({ what }) => what === `POST ${LINKS}/preview`)?.body).toEqual({
      documents: [
        { type: 'estimate', id: QUOTE.id, seenDeal: null },
        { type: 'invoice', id: INVOICE.id, seenDeal: null },
      ],
    });
    const { violations } = await axe.run(container, {
      rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
    });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  it('loses nothing when it fails, and repeats the same key until it succeeds', async () => {
    linking();
    await pickTwo();
    answers[`POST ${LINKS}`] = () => new TypeError('network');
    press('Enter', { ctrlKey: true });
    expect((await screen.findByRole('alert')).textContent).toMatch(/cannot be reached.*safely try again/);
    expect(screen.getByText('2 documents picked')).toBeTruthy();

    answers[`POST ${LINKS}`] = () => ({
      results: [
        { outcome: 'linked', document: { type: 'estimate', id: QUOTE.id }, inBooks: { state: 'yes' } },
        {
          outcome: 'refused',
          document: { type: 'invoice', id: INVOICE.id },
          obstacles: [{ code: 'linked_elsewhere', deal: { id: '2', name: 'Cold storage' } }],
        },
      ],
    });
    fireEvent.click(screen.getByRole('button', { name: 'Link 2 documents' }));
    expect(await screen.findByText('1 of 2 linked')).toBeTruthy();
    const refused = screen.getByText('INV-004182').closest('li');
    expect(refused?.textContent).toMatch(/Not linked.*Already linked to “Cold storage”.*it moves here/);
    expect(focused()).toBe('Done');
    const [failed, repeated] = posts();
    expect(failed?.key).toMatch(/^[0-9a-f-]{36}$/);
    expect(repeated?.key).toBe(failed?.key);

    fireEvent.click(screen.getByRole('button', { name: 'Back to the list' }));
    expect(await screen.findByText('1 document picked')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Link 1 document' }));
    await screen.findByText('1 of 2 linked');
    expect(posts().at(-1)?.key).not.toBe(failed?.key);
  });

  it('asks for a few at a time and says how far it is; after a failure it goes on under the same key', async () => {
    const many = Array.from({ length: 12 }, (_, at) => ({
      ...INVOICE,
      id: String(900 + at),
      number: `INV-9${at}`,
    }));
    shown(
      <LinkToDeal dealId={DEAL} documents={many} today="2026-11-21" pauseMs={0} onClose={() => undefined} />,
    );
    await screen.findByRole('listbox');
    const batches: string[][] = [];
    let breaks = (): void => undefined;
    const broken = new Promise<Error>((resolve) => {
      breaks = () => resolve(new TypeError('network'));
    });
    answers[`POST ${LINKS}`] = () => {
      const { documents } = LinkDocuments.parse(sent.at(-1)?.body);
      batches.push(documents.map(({ id }) => id));
      if (batches.length === 2) return broken;
      return {
        results: documents.map(({ id }) => ({
          outcome: 'linked',
          document: { type: 'invoice', id },
          inBooks: { state: 'yes' },
        })),
      };
    };
    fireEvent.click(screen.getByRole('button', { name: 'Link 12 documents' }));
    await screen.findByText('Linking: 5 of 12 …');
    breaks();
    await screen.findByRole('alert');
    fireEvent.click(screen.getByRole('button', { name: 'Link 12 documents' }));
    await screen.findByText('12 documents linked');
    expect(batches.map((ids) => ids.length)).toEqual([5, 5, 5, 5, 2]);
    expect(batches.slice(2).flat()).toEqual(many.map(({ id }) => id));
    expect(new Set(posts().map(({ key }) => key)).size).toBe(1);
  });

  it('asks no further once Books does not answer', async () => {
    const many = Array.from({ length: 12 }, (_, at) => ({
      ...INVOICE,
      id: String(900 + at),
      number: `INV-9${at}`,
    }));
    shown(
      <LinkToDeal dealId={DEAL} documents={many} today="2026-11-21" pauseMs={0} onClose={() => undefined} />,
    );
    await screen.findByRole('listbox');
    answers[`POST ${LINKS}`] = () => ({
      results: many.slice(0, 5).map(({ id }) => ({
        outcome: 'refused',
        document: { type: 'invoice', id },
        obstacles: [{ code: 'books_unreachable' }],
      })),
    });
    fireEvent.click(screen.getByRole('button', { name: 'Link 12 documents' }));
    expect(await screen.findAllByText(/Zoho Books does not answer/)).toHaveLength(12);
    expect(posts()).toHaveLength(1);
  });

  it('sends nothing while a share is no amount, and the share as decimals once it is one', async () => {
    linking();
    await pickTwo();
    fireEvent.click(screen.getByRole('button', { name: 'Link only a part of INV-004182' }));
    const share = screen.getByLabelText(/share of INV-004182 in EUR/);
    expect(document.activeElement).toBe(share);
    fireEvent.change(share, { target: { value: '1,250.50' } });
    expect(screen.getByText(/without grouping/)).toBeTruthy();
    press('Enter', { ctrlKey: true });
    expect(posts()).toEqual([]);
    fireEvent.change(share, { target: { value: '1250,50' } });
    answers[`POST ${LINKS}`] = () => ({ results: [] });
    press('Enter', { ctrlKey: true });
    await screen.findByText('Nothing was linked');
    expect(posts()[0]?.body).toMatchObject({ documents: [{}, { id: INVOICE.id, share: '1250.50' }] });
  });

  it('is not offered to somebody who may not', async () => {
    answers[`GET ${LINKS}`] = () => theLinks({ mayLink: false });
    linking();
    expect(await screen.findByText('Your role may not link documents')).toBeTruthy();
    expect(screen.queryByRole('listbox')).toBeNull();
  });
});

describe('the links of a deal', () => {
  const opened = async (): Promise<void> => {
    shown(<DealLinks dealId={DEAL} today="2026-11-21" />);
    fireEvent.click(await screen.findByRole('button', { name: '4 documents linked' }));
  };

  it('say where each stands in Books, and count what needs attention', async () => {
    await opened();
    expect(screen.getByText('2 need attention')).toBeTruthy();
    const row = screen.getByText('INV-004182').closest('li');
    expect(row?.textContent).toMatch(/Not yet in Zoho Books.*period is locked/);
    expect(within(row as HTMLElement).getByRole('button', { name: 'Try again: INV-004182' })).toBeTruthy(); // safe because it was found
    expect(screen.getByText(/Somebody linked it to “Cold storage” there/)).toBeTruthy();
  });

  it('are taken back after one question that says the effect, and Undo has the focus', async () => {
    await opened();
    fireEvent.click(screen.getByRole('button', { name: 'Unlink: QT-00318' }));
    expect(focused()).toBe('Unlink');
    expect(screen.getByText(/Quoted will no longer count it/)).toBeTruthy();
    press('Escape');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Unlink: QT-00318');

    const undo = { undoId: '7f3c2a90-1d5e-4b1a-8b1a-7f3c2a901d5e', until: '2026-11-21T15:30:00Z' };
    answers[`DELETE ${LINKS}/estimate/${QUOTE.id}`] = () => ({ ...undo, inBooks: { state: 'yes' } });
    answers[`GET ${LINKS}`] = () =>
      theLinks({ links: theLinks().links.slice(1), undo: [{ ...undo, document: QUOTE }] });
    fireEvent.click(screen.getByRole('button', { name: 'Unlink: QT-00318' }));
    fireEvent.click(screen.getByRole('button', { name: 'Unlink' }));
    const button = await screen.findByRole('button', { name: 'Undo: QT-00318' });
    await vi.waitFor(() => expect(document.activeElement).toBe(button));

    answers[`POST ${LINKS}/undo`] = () => ({});
    answers[`GET ${LINKS}`] = () => theLinks();
    fireEvent.click(button);
    await screen.findByText('QT-00318 is linked again.');
    expect(sent.find(({ what }) => what === `POST ${LINKS}/undo`)?.body).toEqual({ undoId: undo.undoId });
    expect(focused()).toBe('4 documents linked');
  });

  it('made by an automation are taken back with a reason, and not without', async () => {
    await opened();
    fireEvent.click(screen.getByRole('button', { name: 'Unlink: SO-00077' }));
    expect(document.activeElement).toBe(screen.getByLabelText(/^Reason/));
    fireEvent.click(screen.getByRole('button', { name: 'Unlink' }));
    expect(sent.some(({ what }) => what.startsWith('DELETE'))).toBe(false);
    fireEvent.change(screen.getByLabelText(/^Reason/), { target: { value: ' wrong deal ' } });
    answers[`DELETE ${LINKS}/sales_order/00077`] = () => new TypeError('network');
    fireEvent.click(screen.getByRole('button', { name: 'Unlink' }));
    expect((await screen.findByRole('alert')).textContent).toMatch(/That did not work/);
    expect(sent.find(({ what }) => what.startsWith('DELETE'))?.body).toEqual({ reason: 'wrong deal' });
  });

  it('are taken back anew after something else was done in between: an old answer would be wrong', async () => {
    await opened();
    const unlink = async (): Promise<void> => {
      fireEvent.click(screen.getByRole('button', { name: 'Unlink: QT-00318' }));
      fireEvent.click(screen.getByRole('button', { name: 'Unlink' }));
      await screen.findByRole('alert');
      press('Escape');
    };
    answers[`DELETE ${LINKS}/estimate/${QUOTE.id}`] = () => new TypeError('network');
    answers[`POST ${LINKS}/invoice/${INVOICE.id}/retry`] = () => ({});
    await unlink();
    await unlink();
    fireEvent.click(screen.getByRole('button', { name: 'Try again: INV-004182' }));
    await screen.findByText(/was offered to Zoho Books again/);
    await unlink();
    const [first, again, anew] = sent.filter(({ what }) => what.startsWith('DELETE')).map(({ key }) => key);
    expect(again).toBe(first);
    expect(anew).not.toBe(first);
  });
});
