import type { Check, Finding } from '../contract/setup.ts';

/** What is known of both products and of us when somebody asks whether everything is ready. */
export interface Facts {
  /** CRM's own words for what is paid for and what is on trial; `null` where it does not tell. */
  readonly licence: { readonly edition: string; readonly trial: string | null } | null;
  readonly crmCurrency: string;
  /** Of the chosen Books organisation; `null` until one is chosen. */
  readonly booksCurrency: string | null;
  /** Whether each module opens; `null` where CRM does not say. */
  readonly modules: Readonly<Record<string, boolean | null>>;
  /** Scopes Zoho did not give though we asked; `null` where nobody knows. */
  readonly missingCrmScopes: readonly string[] | null;
  /** `null` until Books is connected. */
  readonly missingBooksScopes: {
    readonly reading: readonly string[];
    readonly links: readonly string[];
  } | null;
  /** Whether the chosen organisation lets us in; `null` until one is chosen. */
  readonly access: 'open' | 'refused' | 'untold' | null;
  /** `books` is `null` until Books is connected. */
  readonly dataCentre: { readonly crm: string; readonly books: string | null };
  /** Our clock minus Zoho's, in seconds; `null` where Zoho did not tell the time. */
  readonly secondsAhead: number | null;
}

/** Zoho's token times are whole minutes at best, and a call takes seconds. */
export const CLOCK_TOLERANCE_SECONDS = 60;

/**
 * Editions by CRM's `license_details.paid_type`. Widgets come with Professional and above, related lists of an extension
 * with Enterprise and above; CRM Plus and Zoho One's Enterprise hold CRM's Enterprise.
 * @see https://www.zoho.com/crm/developer/docs/api/v8/get-org-data.html
 */
const EDITIONS: Readonly<Record<string, 'good' | 'unsure' | 'without_widgets'>> = {
  enterprise: 'good',
  ultimate: 'good',
  crmplus: 'good',
  zohooneenterprise: 'good',
  professional: 'unsure',
  crmplusstarter: 'unsure',
  zohoonestandard: 'unsure',
  standard: 'without_widgets',
  free: 'without_widgets',
};

/** Whether everything is ready, check by check. A failed check that blocks keeps the set-up from being finished. */
export function judge(facts: Facts): readonly Check[] {
  return [
    edition(facts.licence),
    modules(facts.modules),
    crmScopes(facts.missingCrmScopes),
    clock(facts.secondsAhead),
    dataCentre(facts.dataCentre),
    booksScopes(facts),
    access(facts),
    currency(facts),
  ];
}

type Values = Readonly<Record<string, string>>;
const check = (state: Check['state'], blocks: boolean, finding: Finding, values: Values): Check => ({
  finding,
  state,
  blocks,
  values: { ...values },
});
const passed = (finding: Finding, values: Values = {}): Check => check('passed', false, finding, values);
const warning = (finding: Finding, values: Values = {}): Check => check('warning', false, finding, values);
const unknown = (finding: Finding, values: Values = {}): Check => check('unknown', false, finding, values);
const blocking = (finding: Finding, values: Values = {}): Check => check('failed', true, finding, values);

function edition(licence: Facts['licence']): Check {
  if (!licence) return unknown('edition.untold');
  const { edition: paid, trial } = licence;
  const judged = EDITIONS[paid.toLowerCase()];
  // on trial, CRM is the edition that is tried; only its end is uncertain
  if (judged !== 'good' && trial !== null && EDITIONS[trial.toLowerCase()] === 'good')
    return warning('edition.trial', { edition: trial, paid });
  switch (judged) {
    case 'good':
      return passed('edition.good', { edition: paid });
    case 'unsure':
      return warning('edition.unsure', { edition: paid });
    case 'without_widgets':
      return blocking('edition.without_widgets', { edition: paid });
    default:
      return warning('edition.unknown', { edition: paid });
  }
}

function modules(opens: Facts['modules']): Check {
  const those = (is: boolean | null): string =>
    Object.keys(opens)
      .filter((module) => opens[module] === is)
      .join(', ');
  const [missing, untold] = [those(false), those(null)];
  if (missing !== '') return blocking('modules.missing', { modules: missing });
  return untold === ''
    ? passed('modules.there', { modules: those(true) })
    : unknown('modules.untold', { modules: untold });
}

function crmScopes(missing: Facts['missingCrmScopes']): Check {
  if (missing === null) return unknown('crm_scopes.untold');
  return missing.length === 0
    ? passed('crm_scopes.granted')
    : blocking('crm_scopes.missing', { scopes: missing.join(', ') });
}

/** An organisation can only have been chosen over a connection: without one now, it has ended. */
const hasEnded = ({ booksCurrency, missingBooksScopes }: Facts): boolean =>
  booksCurrency !== null && missingBooksScopes === null;

function booksScopes(facts: Facts): Check {
  const missing = facts.missingBooksScopes;
  if (missing === null)
    return hasEnded(facts) ? blocking('books_scopes.reconnect') : unknown('books_scopes.waits');
  const { reading, links } = missing;
  if (reading.length > 0)
    return blocking('books_scopes.missing', { scopes: [...reading, ...links].join(', ') });
  return links.length === 0
    ? passed('books_scopes.granted')
    : warning('books_scopes.no_links', { scopes: links.join(', ') });
}

function access(facts: Facts): Check {
  switch (facts.access) {
    case null:
      return unknown(hasEnded(facts) ? 'access.reconnect' : 'access.waits');
    case 'open':
      return passed('access.open');
    case 'refused':
      return blocking('access.refused');
    case 'untold':
      return unknown('access.untold');
  }
}

function currency({ crmCurrency: crm, booksCurrency: books }: Facts): Check {
  if (books === null) return unknown('currency.waits', { crm });
  if (books === crm) return passed('currency.same', { crm });
  // Figures stay right: they are told in Books' money, and a deal's only where a rate was booked.
  return check('failed', false, 'currency.differs', { crm, books });
}

const dataCentre = ({ crm, books }: Facts['dataCentre']): Check =>
  books === null ? unknown('data_centre.waits', { crm }) : passed('data_centre.same', { crm });

function clock(secondsAhead: number | null): Check {
  const tolerance = String(CLOCK_TOLERANCE_SECONDS);
  if (secondsAhead === null) return unknown('clock.untold');
  const seconds = String(Math.abs(Math.round(secondsAhead)));
  return Math.abs(secondsAhead) <= CLOCK_TOLERANCE_SECONDS
    ? passed('clock.right', { tolerance })
    : warning('clock.off', { seconds, tolerance });
}
