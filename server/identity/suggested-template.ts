import type { Template } from '../contract/settings.ts';

/** Words in a role's name that speak of finance. "Account manager" is a sales role, so "account" alone does not. */
const FINANCE =
  /\b(financ\w*|accounting|accountants?|accounts (payable|receivable)|bookkeep\w*|controll(er|ing)|treasur\w*|billing|cfo|finanz\w*|buchhalt\w*|comptab\w*|contab\w*)\b/i;

/** A guess from the role's name, for an administrator to confirm. It grants nothing. */
export const suggestedTemplate = (roleName: string): Template => (FINANCE.test(roleName) ? 'exact' : 'sales');
