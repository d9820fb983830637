import type { MoneyFigure } from '../../server/contract/figures.ts';
import { isZeroAmount } from './formats.ts';

/** Whether there is anything in it, as far as this person may know. */
export function isSome(figure: MoneyFigure | undefined): boolean {
  if (!figure) return false;
  switch (figure.level) {
    case 'exact':
      return !isZeroAmount(figure.money.amount);
    case 'band':
      return figure.band.to === null || !isZeroAmount(figure.band.to);
    case 'status':
      return figure.status === 'some';
    case 'unknown':
      return false;
  }
}
