import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { HttpResponse, http } from 'msw';
import { Customer360, DocumentsPage } from '../../server/contract/customer-360.ts';
import type { DefinitionsView } from '../../server/contract/definitions.ts';
import { LinkPreview } from '../../server/contract/links.ts';
import type { PolicyDocument, PolicyView } from '../../server/contract/policy.ts';
import { DIRECTOR, fourPeople } from '../hostile/four-people.ts';
import { figuresOf, openWorld, refresh, type World } from '../hostile/world.ts';
import type { Organisation } from '../sandbox/organisation.ts';
import { SMALL } from '../sandbox/small-organisation.ts';
import { type Ask, asksOf, IN_TROUBLE } from './asks.ts';
import { CEDAR, holdPlan, SECRET_DEAL } from './books-plan.ts';
import type { Round } from './rounds.ts';
import type { Who } from './shapes.ts';
import { visiblePart } from './visible-part.ts';

/** Everything somebody could notice of one answer. */
export interface Observed {
  readonly ask: string;
  readonly status: number;
  readonly headers: string;
  readonly body: string;
  readonly log: string;
}

export interface RoundSeen {
  readonly name: string;
  readonly observed: readonly Observed[];
  /** What the rule lets its role know, cut out of an administrator's answers. */
  readonly visible: string;
  /** All an administrator saw. */
  readonly everything: string;
}

/** What is known of documents and links. */
const LEDGER = [
  'ledger_customers',
  'ledger_documents',
  'ledger_progress',
  'customer_links',
  'deal_documents',
  'seen_documents',
  'link_intents',
  'deal_links',
  'gone_deals',
];

const PEOPLE: Readonly<Record<Who, { id: string; role: string }>> = {
  rep: { id: SMALL.users.rep, role: SMALL.roles.sales },
  finance: { id: SMALL.users.finance, role: SMALL.roles.finance },
  director: { id: DIRECTOR, role: SMALL.roles.ceo },
};

/** The organisation of the rounds: with a deal the rep may not see, and an account that is not linked. */
function organisationOfRounds(): Organisation {
  const organisation = fourPeople();
  const { Accounts, Deals } = organisation.crm;
  const [aster, birch] = Accounts;
  const [fitOut] = Deals;
  Accounts.push({ ...aster, id: CEDAR, Account_Name: 'Cedar Trading' });
  Deals.push({ ...fitOut, id: SECRET_DEAL, Deal_Name: 'Aster, not yet told', Owner: birch?.Owner });
  return organisation;
}

export interface Runner {
  readonly world: World;
  /**
   * @param asks other than all there are, without trouble in Books
   * @param around called before and after them
   */
  readonly round: (
    round: Round,
    which: 'plan' | 'twin',
    asks?: readonly Ask[],
    around?: { readonly before: () => void; readonly after: () => void },
  ) => Promise<RoundSeen>;
  readonly close: () => Promise<void>;
}

/**
 * One product from its first start to its end. Two runs over the same rounds, one with the plans and one with their
 * twins, pass the same moments in the same order, so nothing may differ but what the twins changed.
 */
export async function openRunner(
  plant?: (app: FastifyInstance, organisation: () => Organisation) => void,
): Promise<Runner> {
  const world: World = await openWorld(organisationOfRounds(), {}, (app) =>
    plant?.(app, () => world.zoho.organisation),
  );
  const people = new Map<string, string>();
  const tokens = new Map<string, string>();
  const cookies = async (): Promise<void> => {
    await world.install();
    people.set('administrator', (await world.signIn(SMALL.users.administrator, 'setup')).cookie);
    for (const [who, { id }] of Object.entries(PEOPLE)) people.set(who, (await world.signIn(id)).cookie);
  };
  await cookies();
  let quoting = false;
  world.answerFirst(
    http.get('*/books/v3/*', () =>
      quoting
        ? HttpResponse.json(
            { code: 2, message: `balance is ${String(world.zoho.organisation.books.invoices[0]?.total)}` },
            { status: 400 },
          )
        : undefined,
    ),
  );

  async function renew(who: string): Promise<void> {
    const answer = await refresh(world, people.get(who));
    if (answer.statusCode !== 200) throw new Error(`${who} is no longer signed in: ${answer.body}`);
    people.set(who, String(answer.cookies[0]?.value));
    tokens.set(who, (answer.json() as { accessToken: string }).accessToken);
  }

  const forget = async (): Promise<void> => {
    for (const table of LEDGER) await world.database.query(`delete from ${table}`);
  };

  const [install] = await world.database.query<{ id: string }>('select id from installs');
  let logged = 0;
  /** Sorted, because what is read behind an answer says what it says at the same time. */
  const newLines = (): string => {
    const lines = world.logLines.slice(logged);
    logged = world.logLines.length;
    return lines
      .flatMap((line) => sayable(line.replaceAll(install?.id ?? '', 'this install')))
      .sort()
      .join('\n');
  };

  async function observe(who: string, ask: Ask): Promise<Observed> {
    newLines();
    const answer = await world.ask(ask.method, ask.path, {
      token: tokens.get(who),
      ...(ask.body === undefined ? {} : { body: ask.body }),
      ...(ask.headers === undefined ? {} : { headers: ask.headers }),
    });
    await world.quiet();
    return observed(ask, answer, newLines());
  }

  const round: Runner['round'] = async (of, which, asks, around) => {
    world.later(4 * 60_000); // what CRM said in the round before is too old
    await world.quiet(); // what waited for Books' next minute reads what was there before
    holdPlan(world.zoho.organisation, of[which]);
    await forget();
    await renew('administrator');
    await renew(of.who);
    await decide(world, tokens.get('administrator'), PEOPLE[of.who].role, of);
    await renew('administrator'); // a token serves one change
    await define(world, tokens.get('administrator'), of);

    const seen: Observed[] = [];
    // the first look at a customer, while the rest is still being read
    seen.push(await observe(of.who, { method: 'GET', path: figuresOf('Deals', SMALL.deals.fitOut) }));
    around?.before();
    for (const ask of asks ?? asksOf(of)) seen.push(await observe(of.who, ask));
    around?.after();
    const [visible, everything] = await administratorSees(of);
    await world.quiet();
    for (const trouble of asks ? [] : (['http_500', 'quoting'] as const)) {
      await forget();
      if (trouble === 'quoting') quoting = true;
      else world.zoho.scenario.add({ match: { service: 'books' }, answer: trouble });
      for (const ask of IN_TROUBLE) seen.push(await observe(of.who, ask));
      quoting = false;
      world.zoho.scenario.clear();
    }
    return { name: of.name, observed: seen, visible, everything };
  };

  async function administratorSees(of: Round): Promise<readonly [string, string]> {
    const token = tokens.get('administrator');
    const figures = [
      figuresOf('Accounts', SMALL.accounts.aster),
      figuresOf('Accounts', SMALL.accounts.birch),
      figuresOf('Accounts', CEDAR),
      figuresOf('Deals', SMALL.deals.fitOut),
      figuresOf('Deals', SECRET_DEAL),
      figuresOf('Contacts', SMALL.contacts.aster),
    ];
    const answers: (Customer360 | DocumentsPage | LinkPreview)[] = [];
    for (const path of figures)
      answers.push(Customer360.parse((await world.ask('GET', path, { token })).json()));
    const list = `/api/v1/records/Accounts/${SMALL.accounts.aster}/documents`;
    answers.push(DocumentsPage.parse((await world.ask('GET', list, { token })).json()));
    for (const { path, body } of asksOf(of)) {
      if (!path.endsWith('/preview') || JSON.stringify(body).includes('share')) continue;
      const answer = await world.ask('POST', path, { token, body });
      answers.push(LinkPreview.parse(answer.json()));
    }
    const visible = answers.map((answer) => visiblePart(answer, of.rule));
    return [JSON.stringify(visible), JSON.stringify(answers)];
  }

  return { world, round, close: world.close };
}

/** Leaves out what names the request and the moment, and nothing else. */
function observed(ask: Ask, { statusCode, headers, body }: LightMyRequestResponse, log: string): Observed {
  const { date: _, ...others } = headers;
  return {
    ask: `${ask.method} ${ask.path}`,
    status: statusCode,
    headers: JSON.stringify(others),
    body: body.replace(/"requestId":"[^"]+"/, '"requestId":""'),
    log,
  };
}

const INFO = 30;

/**
 * A line without moment, duration and request id. Lines for debugging tell one by one which calls were made, so their
 * number follows the documents; the canary run shows that no value is in them.
 */
function sayable(line: string): readonly string[] {
  const {
    time: _,
    pid: __,
    hostname: ___,
    reqId: ____,
    responseTime: _____,
    ...said
  } = JSON.parse(line) as Record<string, unknown>;
  return Number(said.level) >= INFO ? [JSON.stringify(said)] : [];
}

async function decide(world: World, token: string | undefined, role: string, { rule }: Round): Promise<void> {
  const now = (await world.ask('GET', '/api/v1/settings/policy', { token })).json() as PolicyView;
  const document: PolicyDocument = {
    rules: rule ? [{ role, ...rule }] : [],
    bands: {},
    cascadeFromBooks: false,
  };
  const saved = await world.ask('PUT', '/api/v1/settings/policy', {
    token,
    body: { basedOn: now.version, document },
  });
  if (saved.statusCode !== 200) throw new Error(`Not decided: ${saved.body}`);
}

/** What a rule hides stays hidden whatever the figures mean: every second round they mean something else. */
async function define(world: World, token: string | undefined, { number }: Round): Promise<void> {
  const path = '/api/v1/settings/definitions';
  const { version, usual } = (await world.ask('GET', path, { token })).json() as DefinitionsView;
  const other: DefinitionsView['document'] = {
    lifetimeValue: 'invoiced_net',
    ageingEdges: [5, 20, 45, 100],
    grade: { ...usual.grade, overdueSomeDays: 3, lateDays: 1 },
    dealAmount: 'with_tax',
  };
  const document = number % 2 === 0 ? usual : other;
  const saved = await world.ask('PUT', path, { token, body: { basedOn: version, document } });
  if (saved.statusCode !== 200) throw new Error(`Not defined: ${saved.body}`);
}
