import type { Database, Queries } from '../../server/store/database.ts';

/** Statements that make up a change of links; everything else does not move the moment of death. */
const COUNTED = /link_intents|deal_links|seen_documents|gone_deals|audit_/;

class Killed extends Error {
  override readonly name = 'Killed';
}

/**
 * A database as a server sees it that is killed at its n-th statement about links: that one and everything after it
 * never happens, and what it was in the middle of is rolled back.
 */
export function dyingDatabase(
  database: Database,
  killedAt: number,
): Database & { readonly isDead: () => boolean } {
  let counted = 0;
  let dead = false;
  const dying = (on: Queries): Queries => ({
    query: async <Row>(sql: string, values?: readonly unknown[]) => {
      if (COUNTED.test(sql)) counted += 1;
      dead ||= counted >= killedAt;
      if (dead) throw new Killed('killed');
      return on.query<Row>(sql, values);
    },
  });
  return {
    ...dying(database),
    transaction: (work) =>
      dead ? Promise.reject(new Killed('killed')) : database.transaction((on) => work(dying(on))),
    close: async () => undefined,
    isDead: () => dead,
  };
}
