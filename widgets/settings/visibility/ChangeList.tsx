import { useWords } from '../../ui/words.tsx';
import { type PolicyDiff, type RuleChange, sizeOf } from './policy-diff.ts';
import type { PolicyNames } from './policy-names.ts';
import type { Clash } from './policy-reapply.ts';
import { ruleKey } from './policy-rules.ts';

/** Lines of one rule that are read at once; the rest is a click away. */
const FIRST_LINES = 6;

/** A diff in words: "Sales Representative: Open — Range → Exact". */
export function ChangeList({
  diff,
  names,
  clashes = [],
}: {
  diff: PolicyDiff;
  names: PolicyNames;
  /** Lines that replace what somebody else decided meanwhile. */
  clashes?: readonly Clash[];
}) {
  const { t } = useWords();
  if (sizeOf(diff) === 0) return <p className="small">{t('diff.none')}</p>;
  return (
    <ul className="changes">
      {diff.rules.map(({ rule, changes }) => (
        <li key={ruleKey(rule)}>
          <bdi className="changes-who">{names.who(rule)}</bdi>
          <Lines
            changes={changes}
            names={names}
            clashing={clashes.filter((clash) => 'rule' in clash && ruleKey(clash.rule) === ruleKey(rule))}
          />
        </li>
      ))}
      {diff.bands.map(({ currency, from, to }) => (
        <li key={currency}>
          <span className="changes-who">{t('diff.bands', { currency })}</span>{' '}
          {t('diff.from_to', { from: edgesText(from, t), to: edgesText(to, t) })}
          {clashes.some((clash) => clash.kind === 'bands' && clash.currency === currency) && <ClashMark />}
        </li>
      ))}
      {diff.cascade && <li>{t(diff.cascade.to ? 'diff.cascade.on' : 'diff.cascade.off')}</li>}
    </ul>
  );
}

type Translate = ReturnType<typeof useWords>['t'];

const edgesText = (edges: readonly string[] | null, t: Translate): string =>
  edges ? edges.join(' · ') : t('diff.bands.built_in');

function Lines({
  changes,
  names,
  clashing,
}: {
  changes: readonly RuleChange[];
  names: PolicyNames;
  clashing: readonly Clash[];
}) {
  const { t } = useWords();
  const line = (change: RuleChange) => (
    <li key={`${change.kind}:${change.kind === 'level' ? change.figure : ''}`}>
      {sentence(change, names, t)}
      {clashing.some((clash) => isAbout(clash, change)) && <ClashMark />}
    </li>
  );
  const more = changes.slice(FIRST_LINES);
  return (
    <>
      <ul>{changes.slice(0, FIRST_LINES).map(line)}</ul>
      {more.length > 0 && (
        <details>
          <summary className="small">{t('diff.more', { n: more.length })}</summary>
          <ul>{more.map(line)}</ul>
        </details>
      )}
    </>
  );
}

function ClashMark() {
  const { t } = useWords();
  return <span className="chip chip-small tone-warn">{t('conflict.clash')}</span>;
}

const PART_KINDS = {
  documentTypes: 'types',
  onlyVisibleDeals: 'only_visible_deals',
  mayLink: 'may_link',
} as const;

function isAbout(clash: Clash, change: RuleChange): boolean {
  switch (clash.kind) {
    case 'level':
      return change.kind === 'level' && change.figure === clash.figure;
    case 'scope':
      return change.kind === PART_KINDS[clash.part];
    case 'rule':
      return change.kind !== 'level' || !change.follows;
    case 'bands':
      return false;
  }
}

function sentence(change: RuleChange, names: PolicyNames, t: Translate): string {
  switch (change.kind) {
    case 'added':
      return t('diff.added', { template: names.template(change.template) });
    case 'removed':
      return t('diff.removed');
    case 'template':
      return `${t('visibility.starts_from')} — ${t('diff.from_to', {
        from: names.template(change.from),
        to: names.template(change.to),
      })}`;
    case 'level':
      return levelSentence(change, names, t);
    case 'types': {
      const list = (types: typeof change.gained) =>
        types.map((type) => t(`document.type.${type}`)).join(', ');
      return [
        ...(change.gained.length > 0 ? [t('diff.types.gained', { types: list(change.gained) })] : []),
        ...(change.lost.length > 0 ? [t('diff.types.lost', { types: list(change.lost) })] : []),
      ].join(' ');
    }
    case 'only_visible_deals':
      return t(change.to ? 'diff.only_visible_deals.on' : 'diff.only_visible_deals.off');
    case 'may_link':
      return t(change.to ? 'diff.may_link.on' : 'diff.may_link.off');
  }
}

/** What is said, unless it is only a consequence; and what is shown of it, where that is less. */
function levelSentence(
  { figure, from, to, follows }: Extract<RuleChange, { kind: 'level' }>,
  names: PolicyNames,
  t: Translate,
): string {
  const level = (of: typeof from) => names.level(figure, follows ? of.shown : of.says);
  const told = `${names.figure(figure)} — ${t('diff.from_to', { from: level(from), to: level(to) })}`;
  if (follows) return `${told} (${t('diff.follows')})`;
  const shown = names.level(figure, to.shown);
  return shown === level(to) ? told : `${told} (${t('diff.shown', { level: shown })})`;
}
