import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Settings } from '../../server/contract/settings.ts';
import { assignRolesMutation } from '../api/assign-roles-mutation.ts';
import { asProblem } from '../api/problem-error.ts';
import { RolesCard } from './RolesCard.tsx';

/**
 * A first decision for each role nobody has decided about. Saving touches no other role, whose single cells somebody may
 * have set; a role decided here stays in the list for this visit.
 * @param onContinue given where this is a step: called once the roles are saved
 */
export function Roles({ roles, onContinue }: { roles: Settings['roles']; onContinue?: () => void }) {
  const [asked] = useState(() => new Set(roles.filter(({ decided }) => !decided).map(({ id }) => id)));
  const saving = useMutation(assignRolesMutation);
  return (
    <RolesCard
      roles={roles.filter(({ id, decided }) => asked.has(id) || !decided)}
      onSave={(assigned) => saving.mutate({ roles: [...assigned] }, { onSuccess: () => onContinue?.() })}
      onChange={() => saving.reset()}
      saving={saving.isPending ? 'running' : saving.isSuccess ? 'done' : 'no'}
      problem={saving.error ? asProblem(saving.error).code : null}
      isStep={onContinue !== undefined}
    />
  );
}
