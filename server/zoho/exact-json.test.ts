import { describe, expect, it } from 'vitest';
import { parseExactJson } from './exact-json.ts';
import { Decimal, Id } from './wire-values.ts';

describe('numbers on their way in', () => {
  it('a 19-digit id written as a number keeps every digit', () => {
    const { id } = parseExactJson('{"id": 3652397000000186017}') as { id: unknown };
    expect(Id.parse(id)).toBe('3652397000000186017');
  });

  it('an amount beyond what a double holds keeps every cent', () => {
    const { total } = parseExactJson('{"total":90071992547409.93,"x":1}') as { total: unknown };
    expect(Decimal.parse(total)).toBe('90071992547409.93');
  });

  it.each([
    ['24995.00', '24995'],
    ['0.1', '0.1'],
    ['-12.345', '-12.345'],
    ['1234567.89', '1234567.89'],
  ])('the float %s reads as %s', (literal, text) => {
    expect(Decimal.parse(parseExactJson(literal))).toBe(text);
  });

  it('long digits inside a text are left alone', () => {
    expect(parseExactJson('{"note":"say \\"1234567890123456789\\", 1","id":1234567890123456789}')).toEqual({
      note: 'say "1234567890123456789", 1',
      id: '1234567890123456789',
    });
  });

  it.each(['1e999', '"12,50"', '"NaN"', 'null', 'true', '1e20'])('%s is not an amount', (literal) => {
    expect(Decimal.safeParse(parseExactJson(literal)).success).toBe(false);
  });

  it('a text that is no JSON is refused without quoting it', () => {
    expect(() => parseExactJson('{"token":"secret-1')).toThrow(/^Not JSON$/);
  });
});
