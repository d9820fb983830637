import { readFileSync } from 'node:fs';

export type Row<Column extends string> = Readonly<Record<Column, string>>;

/**
 * Reads a comma-separated file with a header line; quoted cells may hold commas, quotes and line breaks.
 * Throws when one of the named columns is missing.
 */
export function readCsv<Column extends string>(file: string, columns: readonly Column[]): Row<Column>[] {
  const [header = [], ...lines] = parseCsv(readFileSync(file, 'utf8'));
  const places = columns.map((column): [Column, number] => {
    const at = header.indexOf(column);
    if (at < 0) throw new Error(`${file} has no column ${column}`);
    return [column, at];
  });
  return lines.map(
    (cells) => Object.fromEntries(places.map(([column, at]) => [column, cells[at] ?? ''])) as Row<Column>, // safe because places covers every column
  );
}

/** Cells of every line that is not empty. */
export function parseCsv(text: string): string[][] {
  const lines: string[][] = [];
  let cells: string[] = [];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/g;
  for (const [, raw = '', end] of text.replace(/^\uFEFF/, '').matchAll(cell)) {
    cells.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === ',') continue;
    if (cells.length > 1 || cells[0] !== '') lines.push(cells);
    cells = [];
  }
  return lines;
}
