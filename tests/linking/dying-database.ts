import type { Database, Queries } from '../../server/store/database.ts';

/** Statements that make up a change of links; everything else does not move the moment of death. */
const COUNTED = /link_intents|deal_links|seen_documents|gone_deals|audit_/;
/** After this one Books is told. */
const NOTED = /set state = 'writing'/;
/** With this one a change is over, once its transaction is. */
const CLOSED = /set state = 'done'/;

/**
 * When a server is killed: at its n-th statement about links, which never happens; `noted`: it has noted down that it
 * tells Books, and never does; `entered`: everything is entered, and nobody is told.
 */
export type Death = number | 'noted' | 'entered';

class Killed extends Error {
  override readonly name = 'Killed';
}

/**
 * A database as a server sees it that is killed: nothing happens after that, and what it was in the middle of is rolled
 * back.
 */
export function dyingDatabase(
  database: Database,
  killedAt: Death,
): Database & { readonly isDead: () => boolean } {
  let counted = 0;
  let closed = false;
  let dead = false;
  const dieIf = (now: boolean): void => {
    dead ||= now;
    if (dead) throw new Killed('killed');
  };
  const dying = (on: Queries): Queries => ({
    query: async <Row>(sql: string, values?: readonly unknown[]) => {
      if (COUNTED.test(sql)) counted += 1;
      dieIf(typeof killedAt === 'number' && counted >= killedAt);
      const rows = await on.query<Row>(sql, values);
      closed ||= CLOSED.test(sql);
      dieIf(killedAt === 'noted' && NOTED.test(sql));
      return rows;
    },
  });
  return {
    ...dying(database),
    transaction: async (work) => {
      dieIf(false);
      const result = await database.transaction((on) => work(dying(on)));
      dieIf(killedAt === 'entered' && closed);
      return result;
    },
    close: async () => undefined,
    isDead: () => dead,
  };
}
