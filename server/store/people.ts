import type { Queries } from './database.ts';

/**
 * What these CRM users of an install were called when they last signed in, saved a policy, or linked a document.
 * Somebody none of these knows is left out.
 */
export async function namesOf(
  on: Queries,
  installId: string,
  ids: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  if (ids.length === 0) return {};
  const rows = await on.query<{ id: string; name: string }>(
    `select distinct on (id) id, name from (
       select crm_user_id as id, user_name as name, used_at as at from sessions where install_id = $1
       union all select by_id, by_name, at from policies where install_id = $1
       union all select made_by, made_by_name, made_at from deal_links where install_id = $1 and made_by_name is not null
     ) known where id = any($2::text[]) order by id, at desc`,
    [installId, ids],
  );
  return Object.fromEntries(rows.map(({ id, name }) => [id, name]));
}
