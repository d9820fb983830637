/** The one SQL dialect is PostgreSQL; PGlite and a server speak it alike. Values only as parameters. */
export interface Queries {
  query<Row>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

export interface Database extends Queries {
  /** Commits when `work` resolves, rolls back when it throws. */
  transaction<Result>(work: (queries: Queries) => Promise<Result>): Promise<Result>;
  /** How many writes have begun or ended; only where nobody but this object can write. */
  writes?(): number;
  close(): Promise<void>;
}
