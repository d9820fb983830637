import type { Queries } from './database.ts';

/** Who works in an install's Books, as last read. */
interface BooksUsersState {
  /** When Books was last asked, with or without success. */
  readonly triedAt: Date;
  /** Kind of what went wrong then; `null` when nothing did. */
  readonly trouble: string | null;
  /** When the list was last read; `null`: never. */
  readonly readAt: Date | null;
}

export interface BooksUserRow extends BooksUsersState {
  /** How far the user of that e-mail reaches; `null` when there is none, or the list was never read. */
  readonly reach: string | null;
}

/** `null` until Books has been asked for the first time. @param email in lower case */
export async function booksUser(on: Queries, installId: string, email: string): Promise<BooksUserRow | null> {
  const [row] = await on.query<BooksUserRow>(
    `select tried_at as "triedAt", trouble, read_at as "readAt", reaches ->> $2 as reach
     from books_users where install_id = $1`,
    [installId, email],
  );
  return row ?? null;
}

/** Whose list: what was read of an organisation that is no longer the chosen one is dropped. */
interface Of {
  readonly installId: string;
  readonly organisationId: string;
}

const CHOSEN = `from installs where id = $1 and books ->> 'organisationId' = $2`;

/** Replaces the list. */
export async function saveBooksUsers(
  on: Queries,
  { installId, organisationId }: Of,
  { reaches, at }: { readonly reaches: ReadonlyMap<string, string>; readonly at: Date },
): Promise<void> {
  await on.query(
    `insert into books_users (install_id, tried_at, read_at, reaches)
     select id, $3::timestamptz, $3::timestamptz, $4::jsonb ${CHOSEN}
     on conflict (install_id) do update set tried_at = excluded.tried_at, trouble = null,
       read_at = excluded.read_at, reaches = excluded.reaches`,
    [installId, organisationId, at, JSON.stringify(Object.fromEntries(reaches))],
  );
}

/** Notes that Books did not tell; a list read earlier stays. */
export async function noteBooksUsersTrouble(
  on: Queries,
  { installId, organisationId }: Of,
  { trouble, at }: { readonly trouble: string; readonly at: Date },
): Promise<void> {
  await on.query(
    `insert into books_users (install_id, tried_at, trouble) select id, $3::timestamptz, $4 ${CHOSEN}
     on conflict (install_id) do update set tried_at = excluded.tried_at, trouble = excluded.trouble`,
    [installId, organisationId, at, trouble],
  );
}
