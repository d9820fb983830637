import type { Wire } from './organisation.ts';

/** The value as text; `''` when absent, as Zoho prints emptiness. */
export function text(wire: Wire | undefined, key: string): string {
  const value = wire?.[key];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** The value as a number; Zoho's `''` and an absent value are 0. */
export function amount(wire: Wire, key: string): number {
  const value = wire[key];
  return typeof value === 'number' ? value : Number(value || 0);
}

export function isWire(value: unknown): value is Wire {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A nested object such as a lookup `{id, name}`. */
export function child(wire: Wire | undefined, key: string): Wire | undefined {
  const value = wire?.[key];
  return isWire(value) ? value : undefined;
}

export function children(wire: Wire, key: string): readonly Wire[] {
  const value = wire[key];
  return Array.isArray(value) ? value.filter(isWire) : [];
}

/** Adds amounts without the dust of binary fractions; six places are finer than any currency's. */
export const sumOf = (amounts: readonly number[]): number =>
  Number(amounts.reduce((sum, value) => sum + value, 0).toFixed(6));
