import type { z } from 'zod';
import type { CustomerFacts } from '../../domain/customer-facts.ts';
import type { RECOGNISED } from './wire.ts';

type WireRecognised = z.infer<z.ZodObject<typeof RECOGNISED>>;

/** Far more than anybody needs to recognise a customer by; a longer list is not stored whole. */
const MOST_EMAILS = 20;
const LONGEST = 200;

/**
 * Whatever the row tells. A list row leaves out what only the contact's own page has, and that takes nothing away; what
 * it carries empty was taken away in Books.
 */
export function customerFacts(row: WireRecognised): CustomerFacts {
  const others = row.contact_persons?.map(({ email }) => email).filter(isUsable);
  const taxNumbers = [row.vat_reg_no, row.tax_reg_no, row.gst_no];
  const taxNumber = taxNumbers.find((text) => text !== undefined && isUsable(text));
  return {
    name: row.contact_name,
    ...told('company', row.company_name),
    ...told('email', row.email),
    ...(others ? { personsEmails: [...new Set(others)].slice(0, MOST_EMAILS) } : {}),
    ...told('website', row.website),
    // Which of them an organisation fills in depends on its country: only all of them tell that there is none.
    ...told('taxNumber', taxNumber ?? (taxNumbers.includes(undefined) ? undefined : '')),
    ...(row.status === '' ? {} : { inactive: row.status.toLowerCase() !== 'active' }),
    ...(row.is_linked_with_zohocrm === undefined ? {} : { linked: row.is_linked_with_zohocrm }),
  };
}

const told = (
  name: 'company' | 'email' | 'website' | 'taxNumber',
  text: string | undefined,
): CustomerFacts => (text === undefined ? {} : { [name]: isUsable(text) ? text : null });

const isUsable = (text: string): boolean => text.trim() !== '' && text.length <= LONGEST;
