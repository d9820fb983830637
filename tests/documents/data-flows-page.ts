import more from '../../app/translations/en-settings.json';
import { FLOWS, KEPT, PLACES, SCOPES, type ScopeGroup, SEES } from '../../server/contract/data-flows.ts';

const WORDS: Readonly<Record<string, unknown>> = more;

function word(key: string, n?: number): string {
  const text = WORDS[key];
  if (typeof text !== 'string') throw new Error(`There are no words for ${key}`);
  return text.replace('{n}', String(n));
}
const place = (key: string): string => word(`flows.place.${key}`);

/** Our own doing is drawn whole; what happens only if somebody sets it up, dashed. */
const OPTIONAL: ReadonlySet<string> = new Set(['hook', 'alert', 'link']);

/** The diagram, as the language GitHub and others draw. */
function diagram(): string {
  const nodes = PLACES.map((key) => `  ${key}["${place(key)}"]`);
  const arrows = FLOWS.map(
    ({ key, from, to }) =>
      `  ${from} ${OPTIONAL.has(key) ? '-.->' : '-->'}|${key.replaceAll('_', ' ')}| ${to}`,
  );
  return ['```mermaid', 'flowchart LR', ...nodes, ...arrows, '```'].join('\n');
}

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** `docs/data-flows.md`, of the source and the words that the page in the settings is made of. */
export function dataFlowsPage(): string {
  const scopes = (Object.keys(SCOPES) as ScopeGroup[]).flatMap((group) => [
    // safe because it is a literal object
    `### ${word(`flows.scopes.${group}`)}`,
    table(
      ['Scope', 'Why'],
      SCOPES[group].map((scope) => [`\`${scope}\``, word(`flows.scope.${scope}`)]),
    ),
  ]);
  return `${[
    `# ${word('flows')}`,
    word('flows.lead'),
    'The settings show the same page, in the reader’s language. Dashed: only where somebody sets it up or does it.',
    diagram(),
    table(
      ['', 'From → to', 'What', 'Why'],
      FLOWS.map(({ key, from, to }) => [
        key.replaceAll('_', ' '),
        `${place(from)} → ${place(to)}`,
        word(`flows.flow.${key}`),
        word(`flows.flow.${key}.why`),
      ]),
    ),
    `## ${word('flows.kept')}`,
    table(
      ['What', 'For how long'],
      KEPT.map((kept) => [
        word(`flows.kept.${kept.key}`),
        word(`flows.kept.${kept.key}.for`, 'n' in kept ? kept.n : undefined),
      ]),
    ),
    `## ${word('flows.sees')}`,
    SEES.map((who) => `- ${word(`flows.sees.${who}`)}`).join('\n'),
    `## ${word('flows.scopes')}`,
    ...scopes,
  ].join('\n\n')}\n`;
}
