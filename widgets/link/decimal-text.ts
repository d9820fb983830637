const ZEROS = [0x0660, 0x06f0]; // Arabic-Indic digits, and their Persian forms

/**
 * An amount as people type it, as the decimal text our server takes; `null` when it could be read in two ways.
 * `1,234` may be a thousand or a little over one, so grouping is never guessed at.
 * @param currency ISO code; it decides how many places may follow the point
 */
export function decimalOf(typed: string, currency: string): string | null {
  const western = [...typed.trim()].map(westernDigit).join('').replace('٫', '.');
  const places = placesOf(currency);
  const plain = places === 3 ? western : western.replace(',', '.');
  const [whole = '', fraction, ...more] = plain.split('.');
  if (more.length > 0 || !/^\d{1,15}$/.test(whole)) return null;
  if (fraction === undefined) return whole;
  return /^\d+$/.test(fraction) && fraction.length <= places ? plain : null;
}

function placesOf(currency: string): number {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    return format.resolvedOptions().maximumFractionDigits ?? 2;
  } catch {
    return 2; // an organisation may have named a currency of its own
  }
}

function westernDigit(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const zero = ZEROS.find((from) => code >= from && code < from + 10);
  return zero === undefined ? character : String(code - zero);
}
