import * as z from 'zod';
import type { DataCentre } from '../zoho/data-centres.ts';

const Secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** What Zoho sends the browser back with. Anyone can have written it. */
export const CallbackQuery = z.object({
  state: Secret,
  code: z
    .string()
    .regex(/^[\x21-\x7e]{1,500}$/)
    .optional(),
  error: z.string().max(200).optional(),
  location: z.string().max(50).optional(),
  'accounts-server': z.string().max(200).optional(),
});
export type CallbackQuery = z.output<typeof CallbackQuery>;

/**
 * The data centre that holds the person's account. Both hints must agree with one row of our table, so that the
 * client secret never goes to a host that a link has chosen; without hints it is where the person was sent to.
 *
 * @returns `null` when the hints make no sense
 */
export function callbackDataCentre(
  query: CallbackQuery,
  sentTo: string,
  table: readonly DataCentre[],
): DataCentre | null {
  const { location, 'accounts-server': accountsServer } = query;
  if (location === undefined && accountsServer === undefined)
    return table.find((centre) => centre.location === sentTo) ?? null;
  // A local stand-in may call its only data centre anything; its address is what we configured.
  const named = (centre: DataCentre): boolean => centre.location === location || centre.location === 'local';
  return table.find((centre) => centre.accounts === accountsServer && named(centre)) ?? null;
}

/** Where to send a person whose page is framed by this origin. The hint only picks a row; it is never an address. */
export function startDataCentre(serviceOrigin: string | undefined, table: readonly DataCentre[]): DataCentre {
  const hinted = table.find((centre) => centre.crm === serviceOrigin);
  const home =
    hinted ??
    table.find(({ location }) => location === 'local') ??
    table.find(({ location }) => location === 'us');
  if (!home) throw new Error('The table of data centres is empty');
  return home;
}
