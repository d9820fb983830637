import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** Routes' files that answer about records, and each of their handlers. */
const handlers = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .flatMap((name) => {
    const [, ...routes] = readFileSync(new URL(name, import.meta.url), 'utf8').split(
      /^ {2}app\.(?=get|post|put|delete)/m,
    );
    return routes.map((text) => ({ name, text, url: /'(\/[^']*)'/.exec(text)?.[1] ?? '' }));
  })
  .filter(({ url }) => /\/(records|deals|accounts|preview)\//.test(url));

describe('every answer about a record', () => {
  it('is looked for in all routes that give one', () => {
    expect(new Set(handlers.map(({ name }) => name))).toEqual(
      new Set(['account-links.ts', 'links.ts', 'preview.ts', 'records.ts']),
    );
    expect(handlers.length).toBeGreaterThanOrEqual(15);
  });

  it.each(handlers.map(({ name, url, text }) => [`${text.slice(0, text.indexOf('('))} ${url}`, name, text]))(
    '%s leaves through project()',
    (_url, _name, text) => {
      const answers = [...text.matchAll(/(?:^ {6}return |async \(request\) =>\s+)(\w+)/gm)].map(
        ([, word]) => word,
      );
      expect(answers.length).toBeGreaterThan(0);
      for (const word of answers)
        expect(word).toMatch(/^(project[A-Z]\w+|customer360|standing360|documentsPage)$/);
    },
  );
});
