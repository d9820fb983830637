import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import type { BooksHooks } from '../../identity/books-hook.ts';
import type { Install } from '../../identity/install.ts';
import type { Ledger } from '../../ledger/ledger.ts';

interface HooksNeeds {
  readonly booksHooks: BooksHooks;
  readonly ledger: Pick<Ledger, 'hint'>;
  readonly installOf: (installId: string) => Promise<Install | null>;
  readonly clock: () => Date;
}

const BODY_BYTES = 64 * 1_024;
const CALLS_PER_MINUTE = 600;
/** The same event again within this time is the same event. */
const SAME_MS = 10 * 60_000;
/** One event is about one document; more customers than this in it are not believed. */
const CUSTOMERS = 25;

const CUSTOMER = /\b(?:customer_id|contact_id)["']?\s*[:=]\s*["']?([0-9]{1,20})\b/g;
const DOCUMENT =
  /\b(invoice|estimate|salesorder|creditnote|expense|payment|contact)_id["']?\s*[:=]\s*["']?([0-9]{1,20})\b/;
/** What the ledger calls Books' modules; of any other, and of none, the customers are read again. */
const TYPES: Readonly<Record<string, readonly string[]>> = {
  invoice: ['invoice'],
  estimate: ['estimate'],
  salesorder: ['sales_order'],
  creditnote: ['credit_note'],
  expense: ['expense'],
  payment: ['payment'],
};
const MODIFIED = /\blast_modified_time["']?\s*[:=]\s*["']?([0-9T:+Z. -]{10,40})/;

/**
 * Where Books says that something changed. The body is a hint and nothing else: ids found in it decide what is read
 * again with our own connection. The answer is empty, for what is known and what is not.
 */
export function hooksRoutes(
  app: FastifyInstance,
  { booksHooks, ledger, installOf, clock }: HooksNeeds,
): void {
  const heard = new LRUCache<string, number>({ max: 10_000 });

  /** Whether this event is new; one without a name is taken for itself. */
  const isNew = (installId: string, text: string): boolean => {
    const [, module = '', id = ''] = DOCUMENT.exec(text) ?? [];
    const modified = MODIFIED.exec(text)?.[1];
    if (id === '' || modified === undefined) return true;
    const key = `${installId}|${module}|${id}|${modified}`;
    const at = clock().getTime();
    const before = heard.get(key);
    if (before !== undefined && at - before < SAME_MS) return false;
    heard.set(key, at);
    return true;
  };

  // Books sends JSON, a form around it, or what somebody typed: within these routes any body is text.
  app.register(async (hooks) => {
    hooks.removeAllContentTypeParsers();
    hooks.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    hooks.post(
      '/hooks/books/:installId/:token',
      {
        config: {
          right: 'public',
          why: 'proves itself by the token in the address',
          rateLimit: {
            max: CALLS_PER_MINUTE,
            timeWindow: 60_000,
            hook: 'onRequest',
            keyGenerator: (request: FastifyRequest) => `hook:${request.ip}`,
          },
        },
        bodyLimit: BODY_BYTES,
        schema: { hide: true },
      },
      async (request, reply) => {
        const { installId, token } = request.params as { installId: string; token: string }; // safe because the path has these parameters
        if (!(await booksHooks.opens(installId, token))) return reply.code(401).send();
        const install = await installOf(installId);
        const text = readable(String(request.body ?? ''));
        if (install?.books && isNew(installId, text)) {
          const customers = new Set([...text.matchAll(CUSTOMER)].map(([, id = '']) => id));
          const [, module = ''] = DOCUMENT.exec(text) ?? [];
          await ledger.hint(install, {
            customerIds: [...customers].slice(0, CUSTOMERS),
            types: TYPES[module] ?? [],
          });
        }
        return reply.code(200).send();
      },
    );
  });
}

/** A form's text, or the text itself where it is none. */
function readable(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text; // a lone percent sign makes no form
  }
}
