import type { CurrencyCode, DecimalText } from './money.ts';

const SCALES: Readonly<Record<string, DecimalText>> = {
  BHD: '0.1',
  KWD: '0.1',
  OMR: '0.1',
  CZK: '10',
  DKK: '10',
  EGP: '10',
  HKD: '10',
  MXN: '10',
  NOK: '10',
  SEK: '10',
  ZAR: '10',
  INR: '100',
  JPY: '100',
  KES: '100',
  PHP: '100',
  PKR: '100',
  RUB: '100',
  THB: '10',
  TWD: '10',
  CLP: '1000',
  COP: '1000',
  HUF: '100',
  KRW: '1000',
  NGN: '1000',
  IDR: '10000',
  VND: '10000',
};

/**
 * How many units of a currency are worth about as much as one dollar, as a power of ten: so that "small" means
 * something similar in yen and dinars. Not a rate: nothing is ever converted with it.
 */
export const usualScale = (currency: CurrencyCode): DecimalText => SCALES[currency] ?? '1';
