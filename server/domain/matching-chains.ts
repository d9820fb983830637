import type { MatchDocument } from './matching-question.ts';
import { isDigits, isTelling, type Words } from './matching-text.ts';

/** What people wrote on a document, read once. */
export interface Paper {
  readonly document: MatchDocument;
  readonly number: Words;
  readonly reference: Words;
  /** Folded names. */
  readonly items: ReadonlySet<string>;
}

/** Words a document's number may have, for finding it inside a reference. */
const LONGEST_NUMBER = 4;
/** Digits that make a reference a number of its own, such as the customer's order number. */
const REFERENCE_DIGITS = 3;

/**
 * For each document its chain, itself included: documents made from one another (quote → order → invoice), documents
 * whose reference names another's number, and documents of one customer with the same numbered reference, which is the
 * customer's own order. @see domain rule A7
 */
export function chainsOf(papers: readonly Paper[]): ReadonlyMap<MatchDocument, readonly Paper[]> {
  const chains = neighbourhoods(papers);
  const members = new Map<string, Paper[]>();
  for (const paper of papers) {
    const chain = chains.get(keyOf(paper.document)) ?? '';
    members.set(chain, [...(members.get(chain) ?? []), paper]);
  }
  return new Map(
    papers.map((paper) => {
      const chain = chains.get(keyOf(paper.document));
      return [paper.document, (chain === undefined ? undefined : members.get(chain)) ?? [paper]];
    }),
  );
}

/** The chain each document is in; none for a document that nothing is joined to. */
function neighbourhoods(papers: readonly Paper[]): ReadonlyMap<string, string> {
  const links = new Map<string, Set<string>>();
  const join = (a: string, b: string): void => {
    links.set(a, (links.get(a) ?? new Set()).add(b));
    links.set(b, (links.get(b) ?? new Set()).add(a));
  };
  const byNumber = new Map(
    papers
      .filter(({ number }) => isTelling(number))
      .map(({ document, number }) => [ofCustomer(document, number), keyOf(document)]),
  );
  for (const { document, reference } of papers) {
    const own = keyOf(document);
    if (document.estimateId) join(own, `estimate ${document.estimateId}`);
    if (document.salesOrderId) join(own, `sales_order ${document.salesOrderId}`);
    for (const part of partsOf(reference)) {
      const named = byNumber.get(ofCustomer(document, part));
      if (named !== undefined && named !== own) join(own, named);
    }
    if (reference.filter(isDigits).join('').length >= REFERENCE_DIGITS)
      join(own, `reference ${ofCustomer(document, reference)}`);
  }
  const chains = new Map<string, string>();
  for (const start of links.keys()) {
    if (chains.has(start)) continue;
    const chain = new Set([start]);
    // a set walks over what is added on the way
    for (const one of chain) for (const next of links.get(one) ?? []) chain.add(next);
    for (const one of chain) chains.set(one, start);
  }
  return chains;
}

const keyOf = ({ type, id }: MatchDocument): string => `${type} ${id}`;

const ofCustomer = ({ customerId }: MatchDocument, words: Words): string =>
  `${customerId} ${words.join(' ')}`;

function partsOf(words: Words): readonly Words[] {
  const lengths = Array.from({ length: Math.min(LONGEST_NUMBER, words.length) }, (_, at) => at + 1);
  return lengths.flatMap((length) =>
    words.slice(0, words.length - length + 1).map((_, from) => words.slice(from, from + length)),
  );
}
