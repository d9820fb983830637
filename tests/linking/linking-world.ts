import { randomUUID } from 'node:crypto';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { readConfig } from '../../server/config.ts';
import type { AuditEntry } from '../../server/contract/audit.ts';
import {
  type DocumentRef,
  type LinkDocuments,
  LinkPreview,
  LinkResults,
  Links,
  Suggestions,
  Unlinked,
} from '../../server/contract/links.ts';
import type { PolicyDocument, PolicyView } from '../../server/contract/policy.ts';
import { createLogger } from '../../server/logging.ts';
import type { Database } from '../../server/store/database.ts';
import { wire } from '../../server/wire.ts';
import { codeOf, openWorld, type World } from '../hostile/world.ts';
import { type DealResource, ID_KEYS } from '../sandbox/books/deal-documents.ts';
import type { Organisation, Wire } from '../sandbox/organisation.ts';
import { SMALL, smallOrganisation } from '../sandbox/small-organisation.ts';

const doc = (at: number): string => `460000000000${String(40_000 + at).padStart(6, '0')}`;

/** Documents of the small organisation. The fit-out deal has one of each kind; the rest of Aster's are free. */
export const DOCS = {
  late: { type: 'invoice', id: doc(1) },
  due: { type: 'invoice', id: doc(2) },
  paid: { type: 'invoice', id: doc(3) },
  voided: { type: 'invoice', id: doc(5) },
  birch: { type: 'invoice', id: doc(6) },
  estimate: { type: 'estimate', id: doc(301) },
  order: { type: 'sales_order', id: doc(401) },
  expense: { type: 'expense', id: doc(501) },
} as const satisfies Record<string, DocumentRef>;

export const RESOURCES = {
  invoice: 'invoices',
  estimate: 'estimates',
  sales_order: 'salesorders',
  expense: 'expenses',
} as const satisfies Record<DocumentRef['type'], DealResource>;

type Who = 'rep' | 'administrator' | 'finance';

type Wanted = LinkDocuments['documents'];
type Answer = LightMyRequestResponse;

/** The product with links, and everybody who may make them. */
export interface LinkingWorld {
  readonly world: World;
  /** What Books holds on a document. */
  readonly inBooks: (document: DocumentRef) => string;
  readonly wire: (document: DocumentRef) => Wire;
  /** @param app another server on the same database; absent: the first one */
  readonly as: (who: Who, app?: FastifyInstance) => Person;
  readonly audit: () => Promise<readonly AuditEntry[]>;
  /** Books calls that changed something, as `PUT invoices {…}`. */
  readonly writes: () => readonly string[];
  /** One more on the same database, perhaps through a database of the test's. To be closed. */
  readonly anotherServer: (database?: Database) => Promise<FastifyInstance>;
  readonly token: (who: 'administrator') => string;
  /** The administrator, whose token tests take, after the clock jumped by minutes. The others do so when they ask. */
  readonly signInAgain: () => Promise<void>;
  /** Everything as it was at first, some minutes later; what the audit log has by then is forgotten. */
  readonly reset: () => Promise<void>;
  readonly policy: (change: (document: PolicyDocument) => PolicyDocument) => Promise<void>;
}

export interface Person {
  readonly ask: (
    method: 'GET' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    key?: string,
  ) => Promise<Answer>;
  readonly links: (deal: string) => Promise<Links>;
  readonly suggestions: (deal: string, query?: string) => Promise<Suggestions>;
  readonly preview: (deal: string, documents: Wanted) => Promise<LinkPreview>;
  readonly link: (deal: string, ...documents: Wanted) => Promise<LinkResults['results']>;
  readonly unlink: (deal: string, document: DocumentRef, reason?: string) => Promise<Unlinked>;
  readonly undo: (deal: string, undoId: string) => Promise<string | number>;
  readonly retry: (deal: string, document: DocumentRef) => Promise<string | number>;
  readonly resolve: (deal: string, document: DocumentRef, keep: 'books' | 'ours') => Promise<string | number>;
}

export async function openLinkingWorld(
  organisation: Organisation = smallOrganisation(),
): Promise<LinkingWorld> {
  const world = await openWorld(organisation);
  const tokens = new Map<Who, string>([['administrator', (await world.install()).accessToken]]);
  const tokenOf = (who: Who): string => tokens.get(who) ?? '';
  const signedIn = new Map<Who, { readonly at: number; readonly done: Promise<void> }>();
  /** Tokens are good for five minutes of a clock that jumps. Whoever asks for nothing is not signed in: it takes time. */
  const signsIn = (who: Who): Promise<void> => {
    const last = signedIn.get(who);
    if (last && world.now().getTime() - last.at < TOKEN_GOOD_MS) return last.done;
    const purpose = who === 'administrator' ? (['setup'] as const) : ([] as const);
    const done = world.signIn(SMALL.users[who], ...purpose).then(({ accessToken }) => {
      tokens.set(who, accessToken);
    });
    signedIn.set(who, { at: world.now().getTime(), done });
    return done;
  };
  const signInAgain = (): Promise<void> => signsIn('administrator');
  const policy: LinkingWorld['policy'] = async (change) => {
    const token = tokenOf('administrator');
    const view = (await world.ask('GET', '/api/v1/settings/policy', { token })).json() as PolicyView;
    const body = { basedOn: view.version, document: change(view.document) };
    const saved = await world.ask('PUT', '/api/v1/settings/policy', { token, body });
    if (saved.statusCode !== 200) throw new Error(`Not saved: ${saved.body}`);
  };
  await policy((document) => ({
    ...document,
    rules: document.rules.map((rule) => ({ ...rule, mayLink: true })),
  }));
  await signInAgain();
  const { books, crm } = world.zoho.organisation;
  const first = structuredClone({ books, crm });
  let auditFrom = 0;
  const wireOf = ({ type, id }: DocumentRef): Wire => {
    const resource = RESOURCES[type];
    const found = books[resource].find((one) => one[ID_KEYS[resource]] === id);
    if (!found) throw new Error(`Books has no ${type} ${id}`);
    return found;
  };
  const isNew = ({ action, sequence }: AuditEntry): boolean =>
    action.startsWith('link.') && sequence > auditFrom;
  const reset = async (): Promise<void> => {
    await world.quiet();
    for (const [name, rows] of Object.entries(structuredClone(first.books)))
      restore(books[name as keyof typeof books], rows); // safe because they are copies of each other
    for (const [name, rows] of Object.entries(structuredClone(first.crm)))
      restore(crm[name as keyof typeof crm], rows); // safe because they are copies of each other
    world.zoho.deleted.clear();
    world.zoho.scenario.clear();
    world.zoho.scenario.writes.clear();
    world.zoho.exchanges.reset();
    for (const table of TABLES) await world.database.query(`delete from ${table}`);
    const newest = await world.database.query<{ newest: string | null }>(
      'select max(sequence) as newest from audit_entries',
    );
    auditFrom = Number(newest[0]?.newest ?? 0);
    world.later(2 * 60_000);
    await signInAgain();
  };
  return {
    world,
    reset,
    signInAgain,
    anotherServer: (database = world.database) =>
      wire({
        config: readConfig(world.environment),
        database,
        logger: createLogger('silent', { write: () => undefined }),
        clock: world.now,
        widgetsFolder: '/nowhere',
      }),
    token: tokenOf,
    wire: wireOf,
    inBooks: (document) => String(wireOf(document).zcrm_potential_id),
    as: (who, app = world.app) =>
      person({ signsIn: () => signsIn(who), token: () => tokenOf(who) }, app, world),
    audit: async () => {
      const entries: AuditEntry[] = [];
      for (let before: string | undefined; ; ) {
        const query = before === undefined ? '' : `?before=${before}`;
        const answer = await world.ask('GET', `/api/v1/settings/audit${query}`, {
          token: tokenOf('administrator'),
        });
        const page = answer.json() as { entries: AuditEntry[]; more: boolean };
        entries.push(...page.entries);
        before = String(page.entries.at(-1)?.sequence);
        if (!page.more || Number(before) <= auditFrom) return entries.filter(isNew).reverse();
      }
    },
    writes: () =>
      world.zoho.exchanges
        .list('books')
        .filter(({ method }) => method === 'PUT')
        .map(({ path, requestBody }) => `PUT ${path.split('/').at(-2)} ${requestBody}`),
    policy,
  };
}

/** Half of their life, so that a test begins with some left. */
const TOKEN_GOOD_MS = 150_000;

const TABLES = [
  'deal_links',
  'seen_documents',
  'link_intents',
  'gone_deals',
  'ledger_customers',
  'ledger_documents',
  'customer_links',
  'deal_documents',
];

function restore(list: Wire[], rows: readonly Wire[]): void {
  list.splice(0, list.length, ...rows);
}

function person(
  { signsIn, token }: { readonly signsIn: () => Promise<void>; readonly token: () => string },
  app: FastifyInstance,
  world: World,
): Person {
  const ask: Person['ask'] = async (method, path, body, key) => {
    await signsIn();
    return app.inject({
      method,
      url: path,
      headers: {
        authorization: `Bearer ${token()}`,
        ...(method === 'GET' ? {} : { 'idempotency-key': key ?? randomUUID() }),
      },
      ...(body === undefined ? {} : { payload: body as object }),
    });
  };
  const good = async (answer: Promise<Answer>): Promise<unknown> => {
    const { statusCode, body } = await answer;
    if (statusCode !== 200) throw new Error(`${statusCode}: ${body}`);
    return JSON.parse(body);
  };
  const base = (deal: string): string => `/api/v1/deals/${deal}/links`;
  const one = (deal: string, { type, id }: DocumentRef): string => `${base(deal)}/${type}/${id}`;
  const settled = async <Result>(work: Promise<Result>): Promise<Result> => {
    const result = await work;
    await world.quiet();
    return result;
  };
  return {
    ask,
    links: async (deal) => {
      const read = async (): Promise<Links> => Links.parse(await good(ask('GET', base(deal))));
      // The first look has lists read behind the answer, the second pages of expenses.
      await settled(read());
      await settled(read());
      return settled(read());
    },
    suggestions: async (deal, query = '') =>
      Suggestions.parse(await settled(good(ask('GET', `${base(deal)}/suggestions?${query}`)))),
    preview: async (deal, documents) =>
      LinkPreview.parse(await settled(good(ask('POST', `${base(deal)}/preview`, { documents })))),
    link: async (deal, ...documents) =>
      LinkResults.parse(await settled(good(ask('POST', base(deal), { documents })))).results,
    unlink: async (deal, document, reason) =>
      Unlinked.parse(
        await settled(good(ask('DELETE', one(deal, document), reason === undefined ? {} : { reason }))),
      ),
    undo: async (deal, undoId) => codeOf(await settled(ask('POST', `${base(deal)}/undo`, { undoId }))),
    retry: async (deal, document) => codeOf(await settled(ask('POST', `${one(deal, document)}/retry`, {}))),
    resolve: async (deal, document, keep) =>
      codeOf(await settled(ask('POST', `${one(deal, document)}/resolve`, { keep }))),
  };
}
