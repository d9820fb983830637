import type { Wire } from '../organisation.ts';
import { booksId } from './ids.ts';
import { PEOPLE, type Person } from './people.ts';

/** Books' own roles by number; a made role brings its own name as `user_role`. */
const ROLES = { admin: 1, staff: 2, timesheetstaff: 3, 'Receivables clerk': 4 } as const;

interface Seat {
  readonly person: Person;
  readonly role: keyof typeof ROLES;
  readonly status?: 'active' | 'inactive' | 'invited';
  /** May see only the customers assigned to them. */
  readonly ownCustomersOnly?: true;
}

/** Who of the demo's people works in Books; the others have no seat there. */
const SEATS: readonly Seat[] = [
  { person: PEOPLE.ceo, role: 'admin' },
  { person: PEOPLE.finance, role: 'staff' },
  { person: PEOPLE.director, role: 'Receivables clerk' },
  { person: PEOPLE.managerEast, role: 'staff', ownCustomersOnly: true },
  { person: PEOPLE.support, role: 'timesheetstaff' },
  { person: PEOPLE.formerRep, role: 'staff', status: 'inactive' },
];

/** Books' users as `GET /users` answers them. */
export const wireBooksUsers = (): Wire[] =>
  SEATS.map(({ person, role, status = 'active', ownCustomersOnly = false }, at) => ({
    user_id: booksId('user', at + 1),
    role_id: booksId('role', ROLES[role]),
    name: person.name,
    email: person.email,
    user_role: role,
    status,
    photo_url: '',
    is_customer_segmented: ownCustomersOnly,
    is_vendor_segmented: false,
    user_type: 'zoho',
  }));
