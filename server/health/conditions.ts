import type { AlertKind } from '../contract/alerts.ts';
import type { Health } from '../contract/health.ts';
import { isBudgetGone, silentMs } from './verdict.ts';

const HOUR_MS = 3_600_000;
type Condition = Exclude<AlertKind, 'well'>;

/** What somebody is to be told of, as things stand; `null` while nobody means to read, and nothing can be said. */
export function conditionsOf(
  health: Health,
  { silentHours }: { silentHours: number },
): readonly Condition[] | null {
  const { connection, differences, follower } = health;
  if (connection.state === 'reconnect') return ['connection'];
  if (connection.state !== 'good') return null;
  const isSilent = follower.state !== 'off' && silentMs(health) >= silentHours * HOUR_MS;
  return [
    ...(isSilent ? (['silent'] as const) : []),
    ...(isBudgetGone(health) ? (['budget'] as const) : []),
    ...(differences && differences.differing > 0 ? (['differences'] as const) : []),
  ];
}

/** English, for a chat or a ticket: no name, no amount. */
export const ALERT_TEXTS: Readonly<Record<AlertKind | 'test', string>> = {
  connection: 'Customer 360 can no longer read Zoho Books. Connect it again in the settings, under Health.',
  silent:
    'Customer 360 has not followed changes in Zoho Books for hours. The settings, under Health, say why.',
  budget: 'The calls to Zoho Books are used up for now. Figures stay, and age until calls are allowed again.',
  differences:
    "Some customers' documents do not come to Zoho Books' own sums. The settings, under Health, name them.",
  well: 'Everything Customer 360 told of is well again.',
  test: 'This is a test of Customer 360. Nothing is wrong.',
};
