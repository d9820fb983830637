import { createRequire } from 'node:module';
import type { Alerts } from '../contract/alerts.ts';
import type { Diagnosis } from '../contract/diagnosis.ts';
import type { Health } from '../contract/health.ts';
import type { Install } from '../identity/install.ts';
import type { Database } from '../store/database.ts';
import { appliedMigrations } from '../store/health.ts';

const PLANS = ['free', 'standard', 'professional', 'premium', 'elite', 'ultimate'] as const;

interface Needs {
  readonly database: Database;
  readonly isEmbedded: boolean;
  /** How much of each setting there is. */
  readonly settings: Diagnosis['server']['settings'];
  readonly readHealth: (install: Install) => Promise<Health>;
  readonly alertsOf: (installId: string) => Promise<Alerts>;
}

/**
 * Everything support asks for first, in one file that can be sent to anybody. It is built up from nothing, so that what
 * somebody adds to the health page is not in it by itself.
 */
export function createDiagnosis({ database, isEmbedded, settings, readHealth, alertsOf }: Needs) {
  return async function diagnose(install: Install): Promise<Diagnosis> {
    const asked = performance.now();
    const migrations = await appliedMigrations(database);
    const answersInMs = Math.round(performance.now() - asked);
    const [health, alerts] = await Promise.all([readHealth(install), alertsOf(install.id)]);
    const { verdict, connection, follower, freshness, calls, ledger, troubles, retryFrom } = health;
    return {
      product: { name: 'customer-360', version: productVersion() },
      at: health.at,
      server: {
        node: process.version,
        platform: `${process.platform} ${process.arch}`,
        uptimeSeconds: Math.round(process.uptime()),
        database: {
          kind: isEmbedded ? 'embedded' : 'server',
          answersInMs,
          migrations: [...migrations],
        },
        settings,
      },
      install: {
        id: install.id,
        dataCentre: install.dataCentre,
        state: install.state,
        policyVersion: install.policyVersion,
        plan: planOf(install),
        timeZone: install.books?.timeZone ?? null,
      },
      health: {
        verdict,
        connection,
        follower,
        freshness,
        calls,
        ledger,
        differences: health.differences && withoutCustomers(health.differences),
        troubles,
        retryFrom,
      },
      alerts: {
        isSet: alerts.channel !== null,
        kinds: [...(alerts.channel?.kinds ?? [])],
        silentHours: alerts.channel?.silentHours ?? null,
        deliveries: alerts.deliveries,
      },
    };
  };
}
export type Diagnose = ReturnType<typeof createDiagnosis>;

const withoutCustomers = ({
  checked,
  checkedLately,
  lastAt,
  mendedLately,
  differing,
}: NonNullable<Health['differences']>): NonNullable<Diagnosis['health']['differences']> => ({
  checked,
  checkedLately,
  lastAt,
  mendedLately,
  differing,
});

/** Zoho's word for a plan is Zoho's text, so only known ones are told. */
function planOf({ books }: Install): Diagnosis['install']['plan'] {
  if (books?.plan === undefined) return null;
  const [word = ''] = books.plan.trim().toLowerCase().split(/\s+/);
  return PLANS.find((plan) => plan === word) ?? 'other';
}

/** As the package says. */
function productVersion(): string {
  const { version } = createRequire(import.meta.url)('../../package.json') as { version: string }; // safe because it is our own file
  return version;
}
