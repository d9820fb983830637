import type { CustomerFiguresRaw } from './customer-figures.ts';
import type { DealLadderRaw } from './deal-ladder.ts';

/**
 * The warnings of a read that say something about these figures. Several lists never tell a rate, so that the
 * customer's present one stood in is only worth a word where something was converted.
 */
export function mattering(
  warnings: readonly string[],
  {
    figures,
    ladder,
  }: {
    figures: Pick<CustomerFiguresRaw, 'open' | 'collected' | 'invoicedNet'>;
    ladder?: Pick<DealLadderRaw, 'quoted' | 'invoiced'> | undefined;
  },
): readonly string[] {
  const amounts = [figures.open, figures.collected, figures.invoicedNet, ladder?.quoted, ladder?.invoiced];
  const converted = amounts.some(
    (amount) => amount?.known && amount.caveats.includes('converted_at_booked_rates'),
  );
  return converted ? warnings : warnings.filter((warning) => !warning.endsWith(':present_rate'));
}
