import type { Install } from '../identity/install.ts';
import { abandonedIntents, forgetIntents } from '../store/link-intents.ts';
import { ZohoTrouble } from '../zoho/trouble.ts';
import type { Change } from './change.ts';
import type { ChangeNeeds } from './order.ts';

/** Answers to repeated requests are kept this long. */
const KEPT_MS = 24 * 3_600_000;

interface Needs extends Pick<ChangeNeeds, 'database' | 'clock'> {
  readonly change: Change;
  readonly installOf: (installId: string) => Promise<Install | null>;
  readonly onTrouble: (
    trouble: unknown,
    about: { readonly install: string; readonly reading: string },
  ) => void;
}

/** Carries on with changes whose server has gone silent: at the start, and from time to time. */
export async function recoverLinks(needs: Needs): Promise<void> {
  const { database, clock, change, installOf, onTrouble } = needs;
  for (const intent of await abandonedIntents(database, clock())) {
    const install = await installOf(intent.installId);
    // it waits for its organisation, and for being allowed to ask it
    if (install?.state !== 'active' || install.books?.organisationId !== intent.organisationId) continue;
    try {
      await change.recover(intent, install);
    } catch (trouble) {
      if (!(trouble instanceof ZohoTrouble)) throw trouble;
      onTrouble(trouble, { install: install.id, reading: 'a link left behind' });
    }
  }
  await forgetIntents(database, new Date(clock().getTime() - KEPT_MS));
}
