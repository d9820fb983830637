import type { z } from 'zod';
import type { CrmContact, CrmDeal, CrmUser } from './crm.ts';
import type { ContactRow, WireDeal, WireUser } from './wire.ts';

/** Portal, support, system and sandbox users are not staff. Older organisations do not tell a type at all. */
const ADMITTED_TYPES: readonly (string | undefined)[] = ['Regular User', 'Lite User', undefined];

export function crmUser(wire: WireUser): CrmUser {
  return {
    id: wire.id,
    zuid: wire.zuid ?? null,
    name: wire.full_name,
    email: wire.email,
    role: wire.role,
    profile: wire.profile,
    admitted: wire.status === 'active' && wire.confirm && ADMITTED_TYPES.includes(wire.type__s),
  };
}

/** A field the person's profile hides is absent, and reads like an empty one. */
export function crmDeal(wire: WireDeal): CrmDeal {
  return {
    id: wire.id,
    name: wire.Deal_Name,
    stage: wire.Stage,
    amount: wire.Amount ?? null,
    currency: wire.Currency ?? null,
    closingDate: wire.Closing_Date ?? null,
    accountId: wire.Account_Name?.id ?? null,
    contactId: wire.Contact_Name?.id ?? null,
  };
}

export function crmContact(wire: z.infer<typeof ContactRow>): CrmContact {
  return { id: wire.id, name: wire.Full_Name, accountId: wire.Account_Name?.id ?? null };
}
