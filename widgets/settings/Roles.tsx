import { useMutation } from '@tanstack/react-query';
import type { Settings } from '../../server/contract/settings.ts';
import { assignRolesMutation } from '../api/assign-roles-mutation.ts';
import { asProblem } from '../api/problem-error.ts';
import { RolesCard } from './RolesCard.tsx';

/** Which role may see what. */
export function Roles({ roles }: { roles: Settings['roles'] }) {
  const saving = useMutation(assignRolesMutation);
  return (
    <RolesCard
      roles={roles}
      onSave={(assigned) => saving.mutate({ roles: [...assigned] })}
      onChange={() => saving.reset()}
      saving={saving.isPending ? 'running' : saving.isSuccess ? 'done' : 'no'}
      problem={saving.error ? asProblem(saving.error).code : null}
    />
  );
}
