import { useId } from 'react';
import type { DefinitionsHistory, DefinitionsView } from '../../../server/contract/definitions.ts';
import type { ProblemTextCode } from '../../ui/ProblemStanding.tsx';
import { InCurrency, useWords } from '../../ui/words.tsx';
import { AgeingEdges } from './AgeingEdges.tsx';
import { GradeLimits } from './GradeLimits.tsx';
import { OvertakenDefinitions } from './OvertakenDefinitions.tsx';
import { SaveDefinitions } from './SaveDefinitions.tsx';
import { readTyped } from './typed.ts';
import type { DefinitionsDraft } from './use-definitions-draft.ts';
import { Versions } from './Versions.tsx';
import '../../ui/styles/visibility.css';
import '../../ui/styles/definitions.css';

type Version = DefinitionsHistory['versions'][number];

/** A form with what each decision leads to beside it. It asks for nothing itself. */
export function DefinitionsForm({
  inForce,
  draft,
  versions,
  saving,
  onSave,
  onUndo,
  onPutBack,
  onContinue,
}: {
  inForce: DefinitionsView;
  draft: DefinitionsDraft;
  versions: readonly Version[];
  saving: { readonly state: 'no' | 'running' | 'done'; readonly problem: ProblemTextCode | null };
  onSave: () => void;
  onUndo: (() => void) | null;
  onPutBack: (version: Version) => void;
  /** In the wizard only. */
  onContinue: (() => void) | undefined;
}) {
  const { t } = useWords();
  const { typed, edit } = draft;
  const { baseCurrency, usualFloor } = inForce;
  const { faults } = readTyped(typed, baseCurrency);
  return (
    <InCurrency base={baseCurrency}>
      <div className="definitions">
        <p>{t('definitions.why')}</p>
        <Alternatives
          name="lifetimeValue"
          options={['collected', 'invoiced_net']}
          chosen={typed.lifetimeValue}
          onChoose={(lifetimeValue) => edit({ lifetimeValue })}
          amounts={{ each: '1190', invoiced: '10000', total: '11900', collected: '10710' }}
          currency={baseCurrency}
        />
        <AgeingEdges
          edges={typed.ageingEdges}
          faults={faults}
          onChange={(ageingEdges) => edit({ ageingEdges })}
        />
        <GradeLimits
          typed={typed}
          faults={faults}
          baseCurrency={baseCurrency}
          usualFloor={usualFloor}
          ignored={ignoredFloor(inForce)}
          onChange={edit}
        />
        <Alternatives
          name="dealAmount"
          options={['without_tax', 'with_tax']}
          chosen={typed.dealAmount}
          onChoose={(dealAmount) => edit({ dealAmount })}
          amounts={{ deal: '1190', net: '1000', tax: '190', nothing: '0' }}
          currency={baseCurrency}
        />
        {draft.overtaken ? (
          <OvertakenDefinitions inForce={inForce} draft={draft} newest={versions[0]} />
        ) : (
          <SaveDefinitions
            draft={draft}
            version={inForce.version}
            currency={baseCurrency}
            faulty={faults.size > 0}
            saving={saving}
            onSave={onSave}
            onUndo={onUndo}
            onContinue={onContinue}
          />
        )}
        {versions.length > 0 && !onContinue && (
          <Versions
            versions={versions}
            inForce={inForce}
            running={saving.state === 'running'}
            onPutBack={onPutBack}
          />
        )}
      </div>
    </InCurrency>
  );
}

/** The floor that was set in a base currency the organisation no longer has. */
const ignoredFloor = ({ document, baseCurrency }: DefinitionsView) => {
  const floor = document.grade.materialityFloor;
  return floor && floor.currency !== baseCurrency ? floor : null;
};

type Option = 'collected' | 'invoiced_net' | 'without_tax' | 'with_tax';

/** One of two, each with what it means and an example in the organisation's currency. */
function Alternatives<Of extends Option>({
  name,
  options,
  chosen,
  onChoose,
  amounts,
  currency,
}: {
  name: 'lifetimeValue' | 'dealAmount';
  options: readonly Of[];
  chosen: Of;
  onChoose: (option: Of) => void;
  /** Of the example; whole numbers of the currency. */
  amounts: Readonly<Record<string, string>>;
  currency: string;
}) {
  const { t, formats } = useWords();
  const id = useId();
  const told = Object.fromEntries(
    Object.entries(amounts).map(([key, amount]) => [key, formats.money({ currency, amount })]),
  );
  return (
    <section className="card">
      <h2 id={id}>{t(`definitions.${name}`)}</h2>
      <p className="small">{t(`definitions.${name}.why`)}</p>
      <div className="choices" role="radiogroup" aria-labelledby={id}>
        {options.map((option) => (
          <label key={option} className="choice">
            <input
              type="radio"
              name={id}
              checked={option === chosen}
              aria-labelledby={`${id}${option}name`}
              aria-describedby={`${id}${option}`}
              onChange={() => onChoose(option)}
            />
            <span>
              <span id={`${id}${option}name`} className="definition-name">
                {t(`definitions.${option}`)}
              </span>
              <span id={`${id}${option}`} className="definition-meaning small">
                {t(`definitions.${option}.meaning`)}
              </span>
            </span>
          </label>
        ))}
      </div>
      <p className="definition-example" role="status">
        {t(`definitions.${chosen}.example`, told)}
      </p>
    </section>
  );
}
