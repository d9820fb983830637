import type { z } from 'zod';
import type { CustomerFacts } from '../../domain/customer-facts.ts';
import type { RECOGNISED } from './wire.ts';

type WireRecognised = z.infer<z.ZodObject<typeof RECOGNISED>>;

/** Far more than anybody needs to recognise a customer by; a longer list is not stored whole. */
const MOST_EMAILS = 20;
const LONGEST = 200;

/** Whatever the row tells. A list row leaves out what only the contact's own page has, so that takes nothing away. */
export function customerFacts(row: WireRecognised): CustomerFacts {
  const others = row.contact_persons?.map(({ email }) => email).filter(isUsable);
  const taxNumber = [row.vat_reg_no, row.tax_reg_no, row.gst_no].find(isUsable);
  return {
    name: row.contact_name,
    ...(isUsable(row.company_name) ? { company: row.company_name } : {}),
    ...(isUsable(row.email) ? { email: row.email } : {}),
    ...(others ? { personsEmails: [...new Set(others)].slice(0, MOST_EMAILS) } : {}),
    ...(isUsable(row.website) ? { website: row.website } : {}),
    ...(taxNumber === undefined ? {} : { taxNumber }),
    ...(row.status === '' ? {} : { inactive: row.status.toLowerCase() !== 'active' }),
    ...(row.is_linked_with_zohocrm === undefined ? {} : { linked: row.is_linked_with_zohocrm }),
  };
}

const isUsable = (text: string): boolean => text.trim() !== '' && text.length <= LONGEST;
