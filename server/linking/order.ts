import type { Audit } from '../audit/audit.ts';
import type { InBooks } from '../contract/links.ts';
import { Problem } from '../contract/problem.ts';
import type { DealId } from '../domain/documents.ts';
import type { Install } from '../identity/install.ts';
import type { Database } from '../store/database.ts';
import type { LinkIntentRow } from '../store/link-intents.ts';
import type { DocumentKey } from '../store/links.ts';
import type { BooksDocuments } from '../zoho/books/books.ts';
import type { DocumentName, ObstacleRaw } from './linked-document.ts';
import type { Asked } from './plan.ts';

/** A server that goes silent is given up after this long; far above what one change can take. */
export const LEASE_MS = 120_000;
interface Actor {
  readonly crmUserId: string;
  readonly name: string;
  /** How they signed in. */
  readonly amr: string;
  readonly requestId: string;
}

/** One thing to be done with one document. */
export interface Order {
  readonly install: Install;
  readonly actor: Actor;
  /** The request's own key: the same key and order is done once. */
  readonly key: string;
  readonly dealId: DealId;
  readonly document: DocumentName;
  readonly asked: Asked;
  /** Customers of the deal's account, as the person sees it. */
  readonly customerIds: readonly string[];
  /** Whether the person sees a customer who is not the deal's. */
  readonly seesCustomer: (customerId: string) => Promise<boolean>;
  /** Lets it be noticed that a deal in the way has been deleted. */
  readonly lookForDeal: (dealId: DealId) => Promise<void>;
  /** Whether the person may open all of these deals in CRM. */
  readonly seesDeals: (deals: readonly DealId[]) => Promise<boolean>;
  /** For this person a document of a deal they may not open does not exist. */
  readonly onlyVisibleDeals: boolean;
}

/** Stored with the intent, so that a repeated request gets the same answer. */
export type Outcome =
  | {
      readonly outcome: 'done';
      readonly inBooks: InBooks;
      /** The link that was taken back. */
      readonly undoId: string | null;
      /** Something else of the document changed in the same moment. */
      readonly altered: boolean;
    }
  | { readonly outcome: 'refused'; readonly obstacles: readonly ObstacleRaw[] };

/** What an intent stores of an order. */
export interface AskedOf {
  readonly asked: Asked;
  readonly customerIds: readonly string[];
  readonly amr: string;
}

export interface ChangeNeeds {
  readonly database: Database;
  readonly booksFor: (install: Install) => Promise<BooksDocuments>;
  readonly audit: Pick<Audit, 'record'>;
  readonly clock: () => Date;
  /** Names this server among several. */
  readonly holder: string;
  /** Told loudly: a document changed in more than its deal. */
  readonly onAltered: (about: { install: string; type: string; documentId: string }) => void;
}

export type Live = Pick<Order, 'seesCustomer' | 'lookForDeal' | 'seesDeals' | 'onlyVisibleDeals'>;

/** @throws Problem `books.not_connected` */
export function keyOf({ install, document }: Pick<Order, 'install' | 'document'>): DocumentKey {
  if (!install.books) throw new Problem('books.not_connected');
  return {
    installId: install.id,
    organisationId: install.books.organisationId,
    type: document.type,
    documentId: document.id,
  };
}

/** A deal and a document as the audit log names them. */
export const subjectOf = (of: { dealId: string; type: string; documentId: string }): string =>
  `Deals/${of.dealId} ${of.type}/${of.documentId}`;

/** Who asked for it, as the audit log says it. */
export function actorOf(intent: LinkIntentRow): { who: string; amr: string; requestId?: string } {
  const { amr } = intent.asked as AskedOf; // safe because only we write it
  return { who: intent.who, amr, ...(intent.requestId ? { requestId: intent.requestId } : {}) };
}
