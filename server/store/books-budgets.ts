import type { Database, Queries } from './database.ts';

/**
 * Reads what is stored of an organisation's call budget, lets `work` decide, and stores what it says, in one short
 * transaction: no two servers decide at the same time.
 * @param work gets `null` the first time
 */
export function changeBooksBudget<Result>(
  database: Database,
  organisation: string,
  work: (stored: unknown) => { readonly budget: object; readonly result: Result },
): Promise<Result> {
  return database.transaction(async (on) => {
    const { budget, result } = work(await locked(on, organisation));
    await on.query('update books_budgets set budget = $2::jsonb where organisation = $1', [
      organisation,
      JSON.stringify(budget),
    ]);
    return result;
  });
}

async function locked(on: Queries, organisation: string): Promise<unknown> {
  const lock = () =>
    on.query<{ budget: unknown }>('select budget from books_budgets where organisation = $1 for update', [
      organisation,
    ]);
  const [row] = await lock();
  if (row) return row.budget;
  await on.query('insert into books_budgets (organisation) values ($1) on conflict do nothing', [
    organisation,
  ]);
  return (await lock())[0]?.budget ?? null;
}

/** As stored; `null` while nothing was called. */
export async function booksBudget(on: Queries, organisation: string): Promise<unknown> {
  const [row] = await on.query<{ budget: unknown }>(
    'select budget from books_budgets where organisation = $1',
    [organisation],
  );
  return row?.budget ?? null;
}
