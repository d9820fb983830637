import type { DocumentRow } from '../../server/contract/figures.ts';
import type { Translate } from './catalogue.ts';
import type { Formats } from './formats.ts';

/** What a document is called: its number, or its kind and day where it has none. Expenses often come without. */
export const documentName = (
  { number, type, date }: Pick<DocumentRow, 'number' | 'type' | 'date'>,
  { t, formats }: { readonly t: Translate; readonly formats: Formats },
): string => number.trim() || `${t(`document.type.${type}`)}, ${formats.day(date)}`;
