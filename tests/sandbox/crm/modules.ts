/** CRM modules the local Zoho holds records of. */
export const MODULES = ['Accounts', 'Contacts', 'Deals', 'Products', 'Vendors'] as const;
export type Module = (typeof MODULES)[number];
export const isModule = (name: string): name is Module => (MODULES as readonly string[]).includes(name);
