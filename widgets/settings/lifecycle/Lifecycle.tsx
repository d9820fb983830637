import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Lifecycle as View } from '../../../server/contract/lifecycle.ts';
import { createBooksConnection } from '../../api/connect-books.ts';
import {
  changeStateMutation,
  switchOrganisationMutation,
  uninstallMutation,
} from '../../api/lifecycle-mutations.ts';
import { booksOrganisationsQuery, lifecycleQuery } from '../../api/lifecycle-query.ts';
import { asProblem } from '../../api/problem-error.ts';
import { settingsQuery } from '../../api/settings-query.ts';
import { preFlightQuery } from '../../api/setup-query.ts';
import { Asked } from '../Asked.tsx';
import { LifecycleView } from './LifecycleView.tsx';

/** The connection's state, and everything that becomes of it; asks and changes. */
export function Lifecycle({ onContinue }: { onContinue?: () => void }) {
  const now = useQuery(lifecycleQuery);
  return (
    <Asked query={now} meanwhile="lifecycle.loading">
      {(view) => <Connection view={view} {...(onContinue ? { onContinue } : {})} />}
    </Asked>
  );
}

function Connection({ view, onContinue }: { view: View; onContinue?: () => void }) {
  const client = useQueryClient();
  const [connection] = useState(() =>
    createBooksConnection(() => client.invalidateQueries({ queryKey: settingsQuery.queryKey })),
  );
  const popup = useStore(connection.store);
  const [looking, look] = useState(false);
  const [wasKept, keep] = useState(false);
  const organisations = useQuery({ ...booksOrganisationsQuery, enabled: looking });
  // whoever opened the set-up has had it looked at; it is not asked of Zoho again for this
  const checks = useQuery({ ...preFlightQuery, enabled: false }).data?.checks ?? [];
  const changing = useMutation(changeStateMutation);
  const switching = useMutation(switchOrganisationMutation);
  const uninstalling = useMutation(uninstallMutation);
  const { version, state } = view;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each state of the connection needs a start of its own
  useEffect(
    () => (state === 'uninstalling' ? undefined : connection.prepare()),
    [connection, state, view.books?.connectedAt],
  );

  const failed = changing.error ?? switching.error ?? uninstalling.error ?? organisations.error;
  return (
    <LifecycleView
      view={view}
      lacksPermissions={checks.some(({ finding }) => finding === 'books_scopes.missing')}
      popup={popup}
      running={changing.isPending || switching.isPending || uninstalling.isPending}
      problem={failed ? asProblem(failed).code : null}
      organisations={looking ? organisations.data?.organisations : undefined}
      onConnect={connection.open}
      wasKept={wasKept}
      onChange={(to) =>
        changing.mutate(
          { basedOn: version, to },
          { onSuccess: () => keep(wasKept || state === 'uninstalling') },
        )
      }
      onLook={() => (looking ? void organisations.refetch() : look(true))}
      onSwitch={(organisationId) =>
        switching.mutate({ basedOn: version, organisationId }, { onSuccess: () => look(false) })
      }
      onUninstall={(confirm, erase) => uninstalling.mutate({ basedOn: version, confirm, erase })}
      {...(onContinue ? { onContinue } : {})}
    />
  );
}
