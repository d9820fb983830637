import { useRef } from 'react';
import { MOST_EDGES } from '../../../server/contract/definitions.ts';
import { Icon } from '../../ui/Icon.tsx';
import { useWords } from '../../ui/words.tsx';
import { NumberField } from './NumberField.tsx';
import { edgeField, type Faults } from './typed.ts';

/** How many days a further bucket is given to begin with. */
const STEP = 30;

/** Up to which day each bucket of what is late goes, and how the panel then names them. */
export function AgeingEdges({
  edges,
  faults,
  onChange,
}: {
  edges: readonly string[];
  faults: Faults;
  onChange: (edges: readonly string[]) => void;
}) {
  const { t } = useWords();
  const fields = useRef<HTMLDivElement>(null);
  const isFaulty = edges.some((_edge, at) => faults.has(edgeField(at)));
  const add = (): void => onChange([...edges, String(Number(edges.at(-1) ?? 0) + STEP || STEP)]);
  const remove = (gone: number): void => {
    onChange(edges.filter((_edge, at) => at !== gone));
    // the button that was pressed goes with its field; the keyboard goes on beside it
    fields.current?.querySelectorAll('input')[Math.max(0, gone - 1)]?.focus();
  };
  return (
    <section className="card">
      <h2>{t('figure.ageing')}</h2>
      <p className="small">{t('definitions.ageing.why')}</p>
      <div className="number-fields" ref={fields}>
        {edges.map((edge, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bucket is its place; what is typed in it may be anything
          <div key={at} className="edge">
            <NumberField
              label={t('definitions.edge', { number: at + 1 })}
              unit={t('definitions.unit.late')}
              value={edge}
              fault={faults.get(edgeField(at))}
              onChange={(text) => onChange(edges.map((one, place) => (place === at ? text : one)))}
            />
            {edges.length > 1 && (
              <button
                type="button"
                className="button-icon"
                aria-label={t('definitions.edge.remove', { number: at + 1 })}
                title={t('definitions.edge.remove', { number: at + 1 })}
                onClick={() => remove(at)}
              >
                <Icon name="close" />
              </button>
            )}
          </div>
        ))}
      </div>
      {edges.length < MOST_EDGES && (
        <div className="standing-actions">
          <button type="button" className="button-quiet" onClick={add}>
            {t('definitions.edge.add')}
          </button>
        </div>
      )}
      <div className="definition-example" role="status">
        {!isFaulty && (
          <>
            <span>{t('definitions.ageing.example')}</span>
            <ul className="bands-sample">
              {[t('bucket.not_due'), ...bucketNames(edges.map(Number), t)].map((name) => (
                <li key={name} className="chip chip-small">
                  {name}
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </section>
  );
}

type Translate = ReturnType<typeof useWords>['t'];

/** As the panel names them. */
function bucketNames(edges: readonly number[], t: Translate): readonly string[] {
  const upTo = edges.map((edge, at) => {
    const from = (edges[at - 1] ?? 0) + 1;
    return from === edge ? t('count.days', { n: edge }) : t('bucket.days', { from, to: edge });
  });
  return [...upTo, t('bucket.over', { days: edges.at(-1) ?? 0 })];
}
