import type { RecordRef } from '../../server/contract/record.ts';
import type { Person } from '../support/person.ts';
import type { Product } from '../support/product.ts';

interface Calls {
  /** Waited for by the person. */
  readonly booksForTheFigures: number;
  /** Made behind the answer: other document types, splits. */
  readonly booksAfterwards: number;
  readonly crm: number;
}

/** What the figures wait for; everything else Books is asked follows behind the answer. */
const FIGURES = [/\/contacts$/, /\/contacts\/\d+$/, /\/invoices$/, /\/customerpayments$/, /\/creditnotes$/];

/** Counts the calls one view costs, for a customer never seen before and again right after. */
export async function callsPerView(
  product: Product,
  who: Person,
  { module, recordId }: RecordRef,
): Promise<{ cold: Calls; warm: Calls }> {
  const path = `/api/v1/records/${module}/${recordId}/customer-360`;
  const view = async (): Promise<Calls> => {
    product.sandbox.exchanges.reset();
    const { status, text } = await who.get(path);
    if (status !== 200) throw new Error(text);
    await quiet(product);
    const books = product.sandbox.exchanges.list('books');
    const figures = books.filter((call) => FIGURES.some((pattern) => pattern.test(call.path)));
    return {
      booksForTheFigures: figures.length,
      booksAfterwards: books.length - figures.length,
      crm: product.sandbox.exchanges.list('crm').length,
    };
  };
  return { cold: await view(), warm: await view() };
}

/** Until nothing is asked of Zoho for a while. */
async function quiet(product: Product): Promise<void> {
  for (let before = -1; before !== product.sandbox.exchanges.list().length; ) {
    before = product.sandbox.exchanges.list().length;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}
