import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { savePolicyMutation } from '../../api/policy-mutation.ts';
import { policyHistoryQuery, policyQuery } from '../../api/policy-query.ts';
import { asProblem } from '../../api/problem-error.ts';
import { Asked } from '../Asked.tsx';
import { HistoryView } from './HistoryView.tsx';

/** Asks for all versions; putting one back is saving it once more. */
export function History() {
  const policy = useQuery(policyQuery);
  const history = useQuery(policyHistoryQuery);
  const saving = useMutation(savePolicyMutation);
  const [done, setDone] = useState<number | null>(null);
  return (
    <Asked query={policy} meanwhile="history.loading">
      {(inForce) => (
        <Asked query={history} meanwhile="history.loading">
          {({ versions }) => (
            <HistoryView
              versions={versions}
              inForce={inForce}
              onPutBack={({ version, document }) => {
                setDone(null);
                saving.mutate({ basedOn: inForce.version, document }, { onSuccess: () => setDone(version) });
              }}
              puttingBack={{
                running: saving.isPending,
                done,
                problem: saving.error ? asProblem(saving.error).code : null,
              }}
            />
          )}
        </Asked>
      )}
    </Asked>
  );
}
