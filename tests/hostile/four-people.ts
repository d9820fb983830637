import type { Organisation } from '../sandbox/organisation.ts';
import { SMALL, smallOrganisation } from '../sandbox/small-organisation.ts';

/** Sees every record in CRM, and is of a role nobody has decided about: the least here. */
export const DIRECTOR = '3652397000000100004';

/** The small organisation with one person per built-in set: finance (exact), the rep (sales) and a director (least). */
export function fourPeople(): Organisation {
  const organisation = smallOrganisation();
  const rep = organisation.crm.users.find(({ id }) => id === SMALL.users.rep);
  organisation.crm.users.push({
    ...rep,
    id: DIRECTOR,
    zuid: '694570004',
    full_name: 'Dov Lind',
    first_name: 'Dov',
    last_name: 'Lind',
    email: 'dov.lind@keller.example',
    role: { id: SMALL.roles.ceo, name: 'CEO' },
  });
  return organisation;
}
