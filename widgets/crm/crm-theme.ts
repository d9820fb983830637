import * as z from 'zod/mini';
import { askZoho } from './ask-zoho.ts';

export type CrmTheme = 'day' | 'night';

/** Documented as `mode`; some hosts are seen with `theme`, capitalised. */
const Preference = z.union([z.object({ mode: z.string() }), z.object({ theme: z.string() })]);

/**
 * How CRM itself looks; where it does not tell (SDK below 1.4, no answer), how the system looks. Never rejects.
 * @public asked for in a browser by the tests of the CRM page
 */
export async function crmTheme(): Promise<CrmTheme> {
  const answer = await askZoho('user preference', ({ CRM }) => CRM.CONFIG.getUserPreference?.()).catch(
    () => undefined, // a refusal leaves the system's preference, which is what we show anyway
  );
  const parsed = Preference.safeParse(answer);
  if (!parsed.success) return systemTheme();
  const named = 'mode' in parsed.data ? parsed.data.mode : parsed.data.theme;
  return named.toLowerCase() === 'night' ? 'night' : 'day';
}

/** Applies CRM's theme now and each time the person comes back to this tab: CRM announces no change of it. */
export function followCrmTheme(apply: (theme: CrmTheme) => void): () => void {
  const look = (): void => {
    if (document.visibilityState === 'visible') void crmTheme().then(apply);
  };
  look();
  document.addEventListener('visibilitychange', look);
  return () => document.removeEventListener('visibilitychange', look);
}

function systemTheme(): CrmTheme {
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'night' : 'day';
}
