/** The part of COQL the local Zoho understands: `select … from M where (…) order by … limit a,b`. */
export interface CoqlQuery {
  readonly columns: readonly string[];
  readonly module: string;
  readonly where: Condition | null;
  readonly orderBy: readonly { readonly column: string; readonly descending: boolean }[];
  readonly offset: number;
  readonly limit: number;
}

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | {
      readonly kind: 'compare';
      readonly column: string;
      readonly operator: string;
      readonly values: readonly (string | null)[];
    };

/** A query COQL would not take; answered as SYNTAX_ERROR. */
export class CoqlSyntaxError extends Error {
  override readonly name = 'CoqlSyntaxError';
  readonly near: string;

  constructor(near: string) {
    super(`error occurred near ${near}`);
    this.near = near;
  }
}

const TOKEN =
  /\s*('(?:[^'\\]|\\.)*'|[A-Za-z_$][A-Za-z0-9_.$]*|-?\d+(?:\.\d+)?(?:-\d\d-\d\d(?:T[0-9:+-]+)?)?|<=|>=|!=|[=<>(),])/y;

function tokensOf(query: string): string[] {
  const tokens: string[] = [];
  const text = query.trim().replace(/;$/, '').trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const [, token] = TOKEN.exec(text) ?? [];
    if (token === undefined) throw new CoqlSyntaxError(text.slice(at, at + 20));
    tokens.push(token);
  }
  return tokens;
}

/** @throws CoqlSyntaxError */
export function parseCoql(query: string): CoqlQuery {
  const tokens = tokensOf(query);
  let at = 0;
  const peek = (): string => (tokens[at] ?? '').toLowerCase();
  const take = (): string => {
    const token = tokens[at];
    if (token === undefined) throw new CoqlSyntaxError('end of query');
    at += 1;
    return token;
  };
  const expect = (word: string): void => {
    const token = take();
    if (token.toLowerCase() !== word) throw new CoqlSyntaxError(token);
  };
  const list = <Item>(item: () => Item): Item[] => {
    const items = [item()];
    while (peek() === ',') {
      take();
      items.push(item());
    }
    return items;
  };
  const value = (): string | null => {
    const token = take();
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll(/\\(.)/g, '$1');
    return token.toLowerCase() === 'null' ? null : token;
  };

  const comparison = (): Condition => {
    const column = take();
    const word = take().toLowerCase();
    if (word === 'is') {
      const negated = peek() === 'not';
      if (negated) take();
      expect('null');
      return { kind: 'compare', column, operator: negated ? '!=' : '=', values: [null] };
    }
    const operator = word === 'not' ? `not ${take().toLowerCase()}` : word;
    if (!['=', '!=', '<', '>', '<=', '>=', 'like', 'not like', 'in', 'not in'].includes(operator))
      throw new CoqlSyntaxError(word);
    if (!operator.endsWith('in')) return { kind: 'compare', column, operator, values: [value()] };
    expect('(');
    const values = list(value);
    expect(')');
    return { kind: 'compare', column, operator, values };
  };
  const term = (): Condition => {
    if (peek() !== '(') return comparison();
    take();
    const inner = condition();
    expect(')');
    return inner;
  };
  const condition = (): Condition => {
    const left = term();
    const joint = peek();
    if (joint !== 'and' && joint !== 'or') return left;
    take();
    const right = term();
    // a third criterion needs its own brackets
    if (peek() === 'and' || peek() === 'or') throw new CoqlSyntaxError(peek());
    return { kind: joint, left, right };
  };

  expect('select');
  const columns = list(take);
  expect('from');
  const module = take();
  // COQL refuses a query without criteria
  expect('where');
  const where = condition();
  let orderBy: CoqlQuery['orderBy'] = [];
  if (peek() === 'order') {
    take();
    expect('by');
    orderBy = list(() => {
      const column = take();
      const descending = peek() === 'desc';
      if (descending || peek() === 'asc') take();
      return { column, descending };
    });
  }
  let [offset, limit] = [0, 200];
  if (peek() === 'limit') {
    take();
    const numbers = list(() => Number(take()));
    [offset = 0, limit = 0] = numbers.length > 1 ? numbers : [0, ...numbers];
  }
  if (at < tokens.length) throw new CoqlSyntaxError(take());
  return { columns, module, where, orderBy, offset, limit };
}
