import type { Template } from '../contract/settings.ts';

/** Words in a role's name that speak of finance. "Account manager" is a sales role, so "account" alone does not. */
const FINANCE =
  /\b(financ\w*|accounting|accountants?|accounts (payable|receivable)|bookkeep\w*|controll(er|ing)|treasur\w*|billing|cfo|finanz\w*|buchhalt\w*|rechnungswesen|comptab\w*|contab\w*)\b|محاسب|مالي/i;

/** … of selling. It is asked before `MANAGEMENT`: who leads sales still sells. */
const SALES =
  /\b(pre-?sales|inside sales|sales\w*|sellers?|account (exec\w*|managers?)|key account\w*|business development|[bs]dr|vertrieb\w*|verkauf\w*|(au(ß|ss)en|innen)dienst\w*|commercia\w*|ventas|vendedor\w*)|\bverkäufer|مبيعات/i;

/** … of running the whole. A manager or head of something runs a part. */
const MANAGEMENT =
  /\b(ceo|coo|chief|president|management|managing|general manager|directors?|owners?|founders?|proprietors?|board|executives?|direktor(in|en)?|vorstand\w*|inhaber(in)?|eigent)|\b(geschäfts?(führ|leit)|gründer)|المدير العام|الرئيس|الإدارة العليا|المالك/i;

/** Words that make of a word of management a part, or somebody beside it. */
const PART =
  /\b(support|service|help ?desk|it|hr|human|personal\w*|marketing|product|produkt\w*|process|project|projekt\w*|operations|engineering|technical|technik\w*|assistants?|assisten\w*|secretary|sekret\w*|interns?|praktik\w*|purchas\w*|einkauf\w*|lager\w*|logisti\w*)\b/i;

/**
 * A guess from the role's name, for an administrator to confirm. It grants nothing until then; but confirming takes one
 * press, and everything above the least may link, so a name that says nothing is taken for the least.
 */
export function suggestedTemplate(roleName: string): Template {
  if (FINANCE.test(roleName)) return 'exact';
  if (SALES.test(roleName)) return 'sales';
  return MANAGEMENT.test(roleName) && !PART.test(roleName) ? 'exact' : 'least';
}
