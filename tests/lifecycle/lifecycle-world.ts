import type { FastifyInstance } from 'fastify';
import { readConfig } from '../../server/config.ts';
import { createLogger } from '../../server/logging.ts';
import type { Database } from '../../server/store/database.ts';
import { wire } from '../../server/wire.ts';
import type { World } from '../hostile/world.ts';
import type { Organisation, Wire } from '../sandbox/organisation.ts';

interface More {
  readonly settings?: Readonly<Record<string, string>>;
  readonly database?: Database;
  readonly stopping?: AbortSignal;
}

/** One more server on the same database. @param more where it differs */
export const openAnother = (
  world: World,
  { settings = {}, database = world.database, ...more }: More = {},
): Promise<FastifyInstance> =>
  wire({
    config: readConfig({ ...world.environment, ...settings }),
    database,
    logger: createLogger('silent'),
    clock: world.now,
    ...more,
    widgetsFolder: new URL('../../dist/app/widgets', import.meta.url).pathname,
  });

/** One more server carries on with whatever was uninstalled, until nothing is left to do, and ends. */
export async function carryOnAtAnother(world: World, more?: More): Promise<void> {
  const server = await openAnother(world, more);
  await server.carryOnUninstalling();
  await server.close();
}

/** Every row of every table, as PostgreSQL writes it: JSON, arrays and bytes included. */
export async function dump(database: Database): Promise<ReadonlyMap<string, readonly string[]>> {
  const tables = await database.query<{ name: string }>(
    'select tablename as name from pg_tables where schemaname = current_schema() order by 1',
  );
  const rows = new Map<string, readonly string[]>();
  for (const { name } of tables) {
    const found = await database.query<{ row: string }>(`select t::text as row from "${name}" t`);
    if (found.length > 0)
      rows.set(
        name,
        found.map(({ row }) => row),
      );
  }
  return rows;
}

const AMOUNTS = /amount|total|balance|limit|payment_made|rate|credits/;
const LISTS = [
  'invoices',
  'customerpayments',
  'creditnotes',
  'estimates',
  'salesorders',
  'contacts',
] as const;

/** Gives every amount in Books a number nobody else has, and answers them as they are stored. */
export function plantAmounts({ books }: Organisation): readonly string[] {
  const planted: string[] = [];
  const plant = (wire: Wire): void => {
    for (const [key, value] of Object.entries(wire))
      if (Array.isArray(value)) value.forEach(plant);
      else if (typeof value === 'number' && value > 1 && AMOUNTS.test(key) && key !== 'exchange_rate') {
        const amount = (6_123_407 + planted.length * 7_919) / 100;
        planted.push(String(amount));
        wire[key] = amount;
      }
  };
  for (const list of LISTS) books[list].forEach(plant);
  return planted;
}
