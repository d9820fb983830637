import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { MappingGroup } from '../../../server/contract/mapping.ts';
import { MOST_DECISIONS } from '../../../server/contract/mapping.ts';
import {
  decideMutation,
  readAgainMutation,
  saveMappingSettingsMutation,
} from '../../api/mapping-mutation.ts';
import { mappingQuery } from '../../api/mapping-query.ts';
import { asProblem } from '../../api/problem-error.ts';
import { useSettled } from '../../ui/use-settled.ts';
import { Asked } from '../Asked.tsx';
import { type Change, type Result, undoing } from './decisions.ts';
import { MappingView } from './MappingView.tsx';

/** How long typing rests before it is searched for. */
const TYPING_MS = 300;

/** Asks for the report a page at a time, and decides. */
export function Mapping({ onContinue }: { onContinue?: () => void }) {
  const [group, setGroup] = useState<MappingGroup>('suggested');
  const [typed, setTyped] = useState('');
  const [page, setPage] = useState(1);
  const [results, setResults] = useState<readonly Result[]>([]);
  const [isUndone, setUndone] = useState(false);
  const asked = { group, page, search: useSettled(typed.trim(), TYPING_MS) };
  const report = useQuery(mappingQuery(asked));
  const deciding = useMutation(decideMutation);
  const saving = useMutation(saveMappingSettingsMutation);
  const again = useMutation(readAgainMutation);

  /** A few at a time: what was done stays done when a later part fails. */
  const decide = async (changes: readonly Change[], undone: boolean): Promise<void> => {
    const all: Result[] = [];
    setResults([]);
    setUndone(undone);
    for (let from = 0; from < changes.length; from += MOST_DECISIONS) {
      const part = changes.slice(from, from + MOST_DECISIONS);
      all.push(...(await deciding.mutateAsync({ changes: part })).results);
      setResults([...all]);
    }
  };
  const told = (work: Promise<void>): void => {
    work.catch(() => undefined); // the mutation holds what went wrong
  };

  const trouble = report.data ? (deciding.error ?? again.error ?? report.error) : deciding.error;
  return (
    <Asked query={report} meanwhile="mapping.loading">
      {(data) => (
        <MappingView
          report={data}
          group={group}
          search={typed}
          isStale={report.isPlaceholderData}
          onGroup={(next) => {
            setGroup(next);
            setPage(1);
          }}
          onSearch={(text) => {
            setTyped(text);
            setPage(1);
          }}
          onPage={setPage}
          onAgain={() => again.mutate(asked)}
          isReadingAgain={again.isPending}
          onDecide={(changes) => told(decide(changes, false))}
          isDeciding={deciding.isPending}
          results={results}
          onUndo={isUndone ? null : () => told(decide(undoing(results), true))}
          isUndone={isUndone}
          problem={trouble ? asProblem(trouble) : null}
          saving={{
            state: saving.isPending ? 'running' : saving.isSuccess ? 'done' : 'no',
            problem: saving.error ? asProblem(saving.error).code : null,
          }}
          onSave={(settings) => saving.mutate({ basedOn: data.settings.version, ...settings })}
          onContinue={onContinue}
        />
      )}
    </Asked>
  );
}
