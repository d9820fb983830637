import pg from 'pg';
import type { Database, Queries } from './database.ts';
import { migrate } from './migrate.ts';

const { builtins, getTypeParser } = pg.types;

// The same values come out of PGlite and of a server: a date is a plain day, never an instant in the machine's zone.
const asText = (text: string): string => text;
const TEXTS: ReadonlySet<number> = new Set([builtins.INT8, builtins.DATE, builtins.NUMERIC]);

/** A PostgreSQL server. The schema is brought up to date. @param url `postgres://…`, as in `DATABASE_URL` */
export async function openPostgres(url: string, onIdleError: (cause: Error) => void): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    types: {
      // safe because pg asks with the oid of a column and takes whatever parser it is given
      getTypeParser: ((oid: number, format?: 'text') =>
        TEXTS.has(oid) ? asText : getTypeParser(oid, format)) as typeof getTypeParser,
    },
  });
  // Without a listener a server that restarts would end this process.
  pool.on('error', onIdleError);

  const over = (on: pg.Pool | pg.PoolClient): Queries => ({
    // safe because the caller names the columns it asked for
    query: async <Row>(sql: string, values: readonly unknown[] = []) =>
      (await on.query(sql, [...values])).rows as Row[],
  });
  const database: Database = {
    ...over(pool),
    transaction: async (work) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const result = await work(over(client));
        await client.query('commit');
        client.release();
        return result;
      } catch (cause) {
        await client.query('rollback').then(
          () => client.release(),
          (broken: Error) => client.release(broken),
        );
        throw cause;
      }
    },
    close: () => pool.end(),
  };
  try {
    await migrate(database);
  } catch (cause) {
    await pool.end();
    throw cause;
  }
  return database;
}
