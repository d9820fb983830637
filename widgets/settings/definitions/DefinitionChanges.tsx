import { useWords } from '../../ui/words.tsx';
import { changedParts, type Part, type Typed } from './typed.ts';

/** What differs, in words: "Buckets: 30, 60, 90 → 15, 30". */
export function DefinitionChanges({
  before,
  after,
  currency,
  clashing = [],
}: {
  before: Typed;
  after: Typed;
  currency: string;
  /** Parts that somebody else changed as well. */
  clashing?: readonly Part[];
}) {
  const { t } = useWords();
  const say = (part: Part, typed: Typed): string => {
    switch (part) {
      case 'lifetimeValue':
        return t(`definitions.${typed.lifetimeValue}`);
      case 'dealAmount':
        return t(`definitions.${typed.dealAmount}`);
      case 'ageingEdges':
        return typed.ageingEdges.join(' · ');
      case 'materialityPercent':
        return `${typed.materialityPercent} %`;
      case 'materialityFloor':
        return typed.materialityFloor === ''
          ? t('definitions.floor.usual')
          : `${typed.materialityFloor} ${currency}`;
      default:
        return typed[part];
    }
  };
  const parts = changedParts(before, after);
  if (parts.length === 0) return <p className="small">{t('diff.none')}</p>;
  return (
    <ul className="changes">
      {parts.map((part) => (
        <li key={part}>
          <span className="changes-who">{t(`definitions.part.${part}`)}</span>{' '}
          {t('diff.from_to', { from: say(part, before), to: say(part, after) })}
          {clashing.includes(part) && (
            <span className="chip chip-small tone-warn">{t('conflict.clash')}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
