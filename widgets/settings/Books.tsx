import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Settings } from '../../server/contract/settings.ts';
import { chooseOrganisationMutation } from '../api/choose-organisation-mutation.ts';
import { createBooksConnection } from '../api/connect-books.ts';
import { asProblem } from '../api/problem-error.ts';
import { settingsQuery } from '../api/settings-query.ts';
import { BooksCard } from './BooksCard.tsx';

/** Connecting Books, and choosing whose. */
export function Books({ books }: { books: Settings['books'] }) {
  const client = useQueryClient();
  const [connection] = useState(() =>
    createBooksConnection(() => client.invalidateQueries({ queryKey: settingsQuery.queryKey })),
  );
  const popup = useStore(connection.store);
  const choosing = useMutation(chooseOrganisationMutation);
  const { state } = books;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each state of the connection needs a start of its own
  useEffect(() => connection.prepare(), [connection, state]);
  return (
    <BooksCard
      books={books}
      popup={popup}
      onConnect={connection.open}
      onChoose={(organisationId) => choosing.mutate({ organisationId })}
      choosing={choosing.isPending}
      problem={choosing.error ? asProblem(choosing.error).code : null}
    />
  );
}
