import type { FigureId, Level, PolicyRule, PolicyView } from '../../../server/contract/policy.ts';
import type { Template } from '../../../server/contract/settings.ts';
import type { MessageKey, Translate } from '../../ui/catalogue.ts';
import { isPlain, stepAt } from './figure-groups.ts';

/** As the panel names them where it does. */
const FIGURE_NAMES: Readonly<Record<FigureId, MessageKey>> = {
  verdict: 'figure.verdict',
  overdue: 'figure.overdue',
  overdueCount: 'visible.overdueCount',
  oldestOverdueDays: 'visible.oldestOverdueDays',
  open: 'figure.open',
  openCount: 'visible.openCount',
  collected: 'figure.collected',
  invoicedNet: 'visible.invoicedNet',
  unusedCredits: 'visible.unusedCredits',
  unusedRetainers: 'visible.unusedRetainers',
  netExposure: 'visible.netExposure',
  writtenOff: 'visible.writtenOff',
  lastPaymentDate: 'visible.lastPaymentDate',
  lastPaymentAmount: 'visible.lastPaymentAmount',
  ageing: 'figure.ageing',
  ageingCounts: 'visible.ageingCounts',
  paymentSpeed: 'visible.paymentSpeed',
  reconciliation: 'visible.reconciliation',
  reconciliationDifference: 'visible.reconciliationDifference',
  documents: 'visible.documents',
  documentTotal: 'visible.documentTotal',
  documentBalance: 'visible.documentBalance',
  suggestions: 'visible.suggestions',
  dealAmount: 'figure.deal_amount',
  quoted: 'figure.quoted',
  invoiced: 'figure.invoiced',
  dealCollected: 'figure.deal_collected',
  leftToInvoice: 'figure.left_to_invoice',
  overInvoiced: 'ladder.over_invoiced',
};

/** What the parts of a policy are called, for one reader. */
export interface PolicyNames {
  readonly who: (rule: Pick<PolicyRule, 'role' | 'profile'>) => string;
  readonly figure: (figure: FigureId) => string;
  /** What a level comes to for a figure; `null`: other rules decide. */
  readonly level: (figure: FigureId, level: Level | null) => string;
  readonly template: (template: Template | null) => string;
}

export function policyNames(
  t: Translate,
  { roles, profiles }: Pick<PolicyView, 'roles' | 'profiles'>,
): PolicyNames {
  const nameOf = (among: readonly { id: string; name: string }[], id: string): string =>
    among.find((one) => one.id === id)?.name ?? t('who.unknown', { id }); // CRM has deleted it; the rule still holds
  return {
    who: ({ role, profile }) => {
      if (profile === undefined) return nameOf(roles, role ?? '');
      const named = t('who.profile', { profile: nameOf(profiles, profile) });
      return role === undefined ? named : t('who.both', { role: nameOf(roles, role), profile: named });
    },
    figure: (figure) => t(FIGURE_NAMES[figure]),
    level: (figure, level) => {
      if (level === null) return t('level.inherited');
      const step = stepAt(figure, level);
      if (step === 'hidden') return t('level.hidden');
      if (figure === 'suggestions') return t(step === 'exact' ? 'level.all_names' : 'level.same_name');
      return isPlain(figure) ? t('level.shown') : t(`level.${step}`);
    },
    template: (template) => t(template === null ? 'template.none' : `template.${template}`),
  };
}
