import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Settings } from '../../server/contract/settings.ts';
import { chooseOrganisationMutation } from '../api/choose-organisation-mutation.ts';
import { createBooksConnection } from '../api/connect-books.ts';
import { lifecycleQuery } from '../api/lifecycle-query.ts';
import { asProblem } from '../api/problem-error.ts';
import { settingsQuery } from '../api/settings-query.ts';
import { BooksCard, BooksPart } from './BooksCard.tsx';

/**
 * Connecting Books, and choosing whose: as a card, or one part of it as a step.
 * @param missing names of what Books does not let us read though it is connected
 * @param onDone called once what the part asks for was done here
 * @param onContinue called to go on where there is nothing to do
 */
export function Books({
  books,
  crmCurrency,
  part,
  missing = [],
  onDone,
  onContinue,
}: {
  books: Settings['books'];
  crmCurrency: string;
  part?: 'connection' | 'organisation';
  missing?: readonly string[];
  onDone?: () => void;
  onContinue?: () => void;
}) {
  const client = useQueryClient();
  const done = useRef(onDone);
  useEffect(() => {
    done.current = onDone;
  });
  const [connection] = useState(() =>
    createBooksConnection(async () => {
      await client.invalidateQueries({ queryKey: settingsQuery.queryKey });
      done.current?.();
    }),
  );
  const popup = useStore(connection.store);
  const choosing = useMutation(chooseOrganisationMutation);
  const { state } = books;
  // known from the page around it, which says so: nothing can be connected before it is kept
  const isEnding = useQuery({ ...lifecycleQuery, enabled: false }).data?.state === 'uninstalling';
  // biome-ignore lint/correctness/useExhaustiveDependencies: each state of the connection needs a start of its own
  useEffect(() => (isEnding ? undefined : connection.prepare()), [connection, state, isEnding]);
  const acts = {
    books,
    crmCurrency,
    popup,
    onConnect: connection.open,
    onChoose: (organisationId: string) =>
      choosing.mutate({ organisationId, instead: null }, { onSuccess: () => onDone?.() }),
    choosing: choosing.isPending,
    problem: choosing.error ? asProblem(choosing.error).code : null,
  };
  if (isEnding) return null;
  return part ? (
    <BooksPart part={part} missing={missing} {...acts} {...(onContinue ? { onContinue } : {})} />
  ) : (
    <BooksCard {...acts} />
  );
}
