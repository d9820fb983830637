export type Json = Record<string, unknown>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The object at a path of keys; an empty one when there is none. */
export function child(of: unknown, ...keys: readonly string[]): Json {
  let at: unknown = of;
  for (const key of keys) at = isJson(at) ? at[key] : undefined;
  return isJson(at) ? at : {};
}

const unescaped = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

/** Follows `#/a/b` within one description. */
export function resolved(document: Json, value: unknown): Json {
  if (!isJson(value)) return {};
  const { $ref } = value;
  if (typeof $ref !== 'string') return value;
  return resolved(document, child(document, ...$ref.slice(2).split('/').map(unescaped)));
}

/** Every object of a description, outer before inner; the caller may change what it is given. */
export function* objectsOf(value: unknown): Generator<Json> {
  if (Array.isArray(value)) {
    for (const item of value) yield* objectsOf(item);
  } else if (isJson(value)) {
    // taken before the caller may change it, else a mended place would be walked again
    const inner = Object.values(value);
    yield value;
    for (const item of inner) yield* objectsOf(item);
  }
}

export interface Described {
  readonly template: string;
  readonly method: string;
  readonly operation: Json;
}

export function* operationsIn(document: Json): Generator<Described> {
  for (const [template, item] of Object.entries(child(document, 'paths'))) {
    for (const [method, operation] of Object.entries(isJson(item) ? item : {})) {
      if (['get', 'post', 'put', 'patch', 'delete'].includes(method) && isJson(operation)) {
        yield { template, method, operation };
      }
    }
  }
}
