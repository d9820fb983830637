import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from '../support/run.ts';
import { type Json, operationsIn } from './json.ts';
import { mended } from './known-faults.ts';

/** Zoho's own API descriptions; they may not be shipped, so they lie beside the project or are absent. */
const DESCRIPTIONS = join(ROOT, '../shared/zoho/openapi');
export const areDescriptionsHere = existsSync(DESCRIPTIONS);

/** A description in two readings: what may be sent, and what may come back. Known faults are mended in both. */
export interface Description {
  readonly file: string;
  readonly asked: Json;
  readonly answered: Json;
}

export interface Operation {
  readonly description: Description;
  readonly method: string;
  readonly template: string;
  readonly path: RegExp;
}

const BOOKS_FILES: Readonly<Record<string, string>> = {
  organizations: 'organizations.yml',
  contacts: 'contacts.yml',
  invoices: 'invoices.yml',
  customerpayments: 'customer-payments.yml',
  creditnotes: 'credit-notes.yml',
  estimates: 'estimates.yml',
  salesorders: 'sales-order.yml',
  expenses: 'expenses.yml',
  settings: 'currency.yml',
  users: 'users.yml',
};

const loaded = new Map<string, readonly Operation[]>();

/** Operations that could answer a path, the most literal first. `null` when the service has no description. */
export function operationsFor(pathname: string): readonly Operation[] | null {
  const [, service, rest] = /^\/(crm\/v8|books\/v3)(\/.*)$/.exec(pathname) ?? [];
  if (!service || !rest) return null;
  const files = service === 'books/v3' ? booksFiles(rest) : crmFiles();
  return files
    .flatMap((file) => operationsOf(file))
    .filter(({ path }) => path.test(rest))
    .sort((a, b) => holes(a.template) - holes(b.template));
}

function booksFiles(path: string): readonly string[] {
  const file = BOOKS_FILES[path.split('/')[1] ?? ''];
  return file ? [`books/${file}`] : [];
}

function crmFiles(): readonly string[] {
  const folder = 'crm/oas-3.1';
  return readdirSync(join(DESCRIPTIONS, folder))
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${folder}/${name}`);
}

/** All files whose operations are looked at. */
export const describedFiles = (): readonly string[] => [
  ...crmFiles(),
  ...Object.values(BOOKS_FILES).map((file) => `books/${file}`),
];

export function readDescription(file: string): Json {
  const text = readFileSync(join(DESCRIPTIONS, file), 'utf8');
  return file.endsWith('.json') ? JSON.parse(text) : parse(text);
}

function operationsOf(file: string): readonly Operation[] {
  const known = loaded.get(file);
  if (known) return known;
  const plain = readDescription(file);
  const description = {
    file,
    asked: mended(file, 'request', plain),
    answered: mended(file, 'response', plain),
  };
  const operations = [...operationsIn(description.asked)].map(({ template, method }) => ({
    description,
    method,
    template,
    path: pattern(template),
  }));
  loaded.set(file, operations);
  return operations;
}

const holes = (template: string): number => template.split('{').length;
const pattern = (template: string): RegExp => new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);

export const pointer = (...parts: readonly string[]): string =>
  parts.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
