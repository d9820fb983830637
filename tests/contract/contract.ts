import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Exchange, Exchanges } from '../sandbox/zoho-exchanges.ts';
import { child, isJson, type Json, list, resolved } from './json.ts';
import { type Description, type Operation, operationsFor, pointer } from './openapi.ts';

export type { Exchange };

/** Keeps every exchange from now on; `stop` ends it. */
export function recordExchanges(exchanges: Exchanges): { readonly all: readonly Exchange[]; stop(): void } {
  const all: Exchange[] = [];
  const stop = exchanges.follow((exchange) => all.push(exchange));
  return { all, stop };
}

// strict off: descriptions carry words of OpenAPI that JSON Schema does not know
const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  validateSchema: false,
  coerceTypes: false,
  logger: false,
});
const coercing = new Ajv2020({
  strict: false,
  allErrors: true,
  validateSchema: false,
  coerceTypes: true,
  logger: false,
});
for (const one of [ajv, coercing]) addFormats.default(one);

/** Books describes successes only; this is the error every page of its documentation shows. */
const BOOKS_ERROR: Json = {
  type: 'object',
  required: ['code', 'message'],
  properties: { code: { type: 'integer', not: { const: 0 } }, message: { type: 'string', minLength: 1 } },
  additionalProperties: false,
};

/**
 * What in an exchange with the local Zoho disagrees with Zoho's descriptions: path, parameters, bodies, status.
 * Empty for a sound exchange and for the accounts service, which has no description.
 */
export function validateExchange(exchange: Exchange): readonly string[] {
  const { url, method, status } = exchange;
  const { pathname, searchParams } = new URL(url);
  const operations = operationsFor(pathname);
  if (operations === null || status === 0) return [];
  const operation = operations.find((one) => one.method === method.toLowerCase());
  const at = `${method} ${pathname}`;
  if (!operation) return [`${at}: no such operation in the descriptions`];
  return [
    ...parameterFaults(operation, searchParams),
    ...requestFaults(operation, exchange),
    ...answerFaults(operation, exchange),
  ].map((fault) => `${at} (${status}): ${fault}`);
}

function parameterFaults(
  { description: { asked }, template, method }: Operation,
  query: URLSearchParams,
): string[] {
  const item = child(asked, 'paths', template);
  const listed = [...list(item.parameters), ...list(child(item, method).parameters)]
    .map((parameter) => resolved(asked, parameter))
    .filter((parameter) => parameter.in === 'query');
  const names = new Map(
    listed.flatMap((parameter) => namesOf(parameter).map((name) => [name, parameter] as const)),
  );
  const missing = listed
    .filter((parameter) => parameter.required === true && !query.has(String(parameter.name)))
    .map((parameter) => `parameter ${parameter.name} is missing`);
  const wrong = [...query].flatMap(([name, value]) => {
    const parameter = names.get(name);
    if (!parameter) return [`parameter ${name} is not described`];
    // in an object, because only there a text can be coerced to the number it means
    const holder = { type: 'object', properties: { value: child(parameter, 'schema') } };
    return schemaFaults(coercing, holder, { value }, `parameter ${name}`);
  });
  return [...missing, ...wrong];
}

/** A parameter's name and the variants its text speaks of (`_contains`, `_startswith`, `_start`, …). */
function namesOf(parameter: Json): string[] {
  const name = String(parameter.name);
  const variants = [
    ...String(parameter.description ?? '').matchAll(
      /\b([a-z_]+_(?:contains|startswith|start|end|before|after))\b/g,
    ),
  ];
  return [name, ...variants.map(([, variant]) => variant ?? name)];
}

function requestFaults(operation: Operation, { requestBody }: Exchange): string[] {
  const { description, method, template } = operation;
  const content = child(description.asked, 'paths', template, method, 'requestBody', 'content');
  const [type] = Object.keys(content);
  if (requestBody === '') return [];
  if (!type) return ['a body where none is described'];
  const schema = resolved(description.asked, child(content, type).schema);
  const strange = description.file.startsWith('books')
    ? strangeKeys(parsedBody(requestBody), child(schema, 'properties'))
    : [];
  return strange.concat(
    bodyFaults(
      description,
      'asked',
      ['paths', template, method, 'requestBody', 'content', type, 'schema'],
      requestBody,
    ),
  );
}

function answerFaults(
  { description, method, template }: Operation,
  { status, responseBody }: Exchange,
): string[] {
  if (description.file.startsWith('books') && status >= 400) {
    return schemaFaults(ajv, BOOKS_ERROR, parsedBody(responseBody), 'error body');
  }
  const responses = child(description.answered, 'paths', template, method, 'responses');
  const response = responses[String(status)];
  if (!isJson(response)) return [`status ${status} is not described`];
  const [type] = Object.keys(child(response, 'content'));
  if (!type) return responseBody === '' ? [] : ['a body where none is described'];
  const schema = resolved(description.answered, child(response, 'content', type).schema);
  const strange = description.file.startsWith('books')
    ? strangeKeys(parsedBody(responseBody), child(schema, 'properties'))
    : [];
  return strange.concat(
    bodyFaults(
      description,
      'answered',
      ['paths', template, method, 'responses', String(status), 'content', type, 'schema'],
      responseBody,
    ),
  );
}

/** Books' descriptions allow anything beside, so a misnamed list or field would pass unseen. */
const strangeKeys = (body: unknown, described: Json): string[] =>
  Object.keys(isJson(body) ? body : {})
    .filter((key) => !(key in described))
    .map((key) => `${key} is not described`);

const compiled = new Map<string, ValidateFunction>();

function bodyFaults(
  description: Description,
  reading: 'asked' | 'answered',
  path: readonly string[],
  body: string,
): string[] {
  const key = `${description.file}/${reading}`;
  const id = `${key}#/${pointer(...path)}`;
  if (!ajv.getSchema(key)) ajv.addSchema(description[reading], key, false, false);
  const validate = compiled.get(id) ?? ajv.compile({ $ref: encodeURI(id) });
  compiled.set(id, validate);
  const value = parsedBody(body);
  if (value === NOT_JSON) return ['the body is not JSON'];
  return validate(value)
    ? []
    : (validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      );
}

function schemaFaults(validator: Ajv2020, schema: Json, value: unknown, what: string): string[] {
  const validate = validator.compile(schema);
  return validate(value) ? [] : (validate.errors ?? []).map(({ message }) => `${what} ${message}`);
}

const NOT_JSON = Symbol('not JSON');

function parsedBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return NOT_JSON; // told as a fault by whoever asked
  }
}
