import { TYPED_CODE_LENGTH, TYPED_CODE_SIGNS } from '../../server/contract/auth.ts';

/** What somebody typed, as the code it means: signs that look alike are one, spaces and dashes none. `null`: no code. */
export function typedCodeIn(text: string): string | null {
  const code = text
    .toUpperCase()
    .replaceAll(/[\s‐-―-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
  const known = [...code].every((sign) => TYPED_CODE_SIGNS.includes(sign));
  return known && code.length === TYPED_CODE_LENGTH ? code : null;
}
