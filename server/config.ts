import { existsSync } from 'node:fs';
import * as z from 'zod';
import type { KeyEncryptionKey } from './identity/sealed-secret.ts';
import { DATA_CENTRES, type DataCentre, localDataCentre } from './zoho/data-centres.ts';

interface Setting<Schema extends z.ZodType> {
  readonly doc: string;
  readonly schema: Schema;
  /** Absent: the server does not start without it. */
  readonly default?: string;
  /** What `.env.example` shows where there is no default. */
  readonly example?: string;
}

const setting = <Schema extends z.ZodType>(described: Setting<Schema>): Setting<Schema> => described;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

const origin = z.string().transform((text, context) => {
  if (!URL.canParse(text)) return refuse(context, 'must be a URL');
  const { protocol, hostname, origin: itself } = new URL(text);
  if (protocol !== 'https:' && !(protocol === 'http:' && LOOPBACK.includes(hostname))) {
    return refuse(context, 'must be https (http is for this machine only)');
  }
  return itself;
});

const keys = z.string().transform((text, context): readonly KeyEncryptionKey[] => {
  const parsed = text.split(',').map((entry) => {
    const [, id, encoded] = /^\s*([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/_=-]+)\s*$/.exec(entry) ?? [];
    return id && encoded ? { id, key: Buffer.from(encoded, 'base64') } : null;
  });
  const good = parsed.filter((key) => key !== null && key.key.length === 32);
  if (good.length !== parsed.length)
    return refuse(context, 'must be a list of name:key, each key 32 bytes in base64');
  if (new Set(good.map((key) => key?.id)).size !== good.length) return refuse(context, 'names a key twice');
  return good.filter((key) => key !== null);
});

const local = z.string().transform((text, context): DataCentre | null => {
  if (text === '') return null;
  try {
    return localDataCentre(text);
  } catch (cause) {
    return refuse(context, cause instanceof Error ? cause.message : 'is not a URL');
  }
});

const origins = z.string().transform((text, context): readonly string[] => {
  const listed = text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
  const good = listed.every(
    (entry) =>
      URL.canParse(entry) && new URL(entry).origin === entry && /^https:\/\/[a-z0-9.-]+(:\d+)?$/.test(entry),
  );
  return good ? listed : refuse(context, 'must be a list of https origins');
});

function refuse(context: z.RefinementCtx, message: string): never {
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

/** Every setting there is. Nothing else in the server reads the environment. */
const SETTINGS = {
  PORT: setting({
    doc: 'Port to listen on.',
    schema: z.coerce.number().int().min(0).max(65_535),
    default: '3600',
  }),
  HOST: setting({
    doc: 'Address to listen on; 0.0.0.0 behind a proxy on another machine.',
    schema: z.string().min(1),
    default: 'localhost',
  }),
  PUBLIC_URL: setting({
    doc: 'How browsers reach this server.',
    schema: origin,
    example: 'https://customer360.example.com',
  }),
  DATA_DIR: setting({
    doc: 'Folder of the embedded database.',
    schema: z.string().min(1),
    default: './data',
  }),
  DATABASE_URL: setting({
    doc: 'PostgreSQL server to use instead of the embedded database; needed for several instances.',
    schema: z.string().regex(/^(postgres(ql)?:\/\/.+)?$/, 'must begin with postgres://'),
    default: '',
  }),
  ZOHO_CLIENT_ID: setting({
    doc: 'Client of the extension at https://api-console.zoho.com.',
    schema: z.string().min(1),
    example: '1000.XXXX',
  }),
  ZOHO_CLIENT_SECRET: setting({ doc: 'Its secret.', schema: z.string().min(1), example: 'change-me' }),
  SECRET_KEYS: setting({
    doc: 'Keys that encrypt stored tokens, newest first: name:key, separated by commas. Make one with `openssl rand -base64 32`. To change it, put a new one first and keep the old one until the log of every server says that no secret waits for an older key; with several servers, first add the new one at the end of the list of each.',
    schema: keys,
    example: '2026-11:…',
  }),
  ZOHO_LOCAL_URL: setting({
    doc: 'A local stand-in of Zoho; only http addresses of this machine.',
    schema: local,
    default: '',
  }),
  ZOHO_SDK_URL: setting({
    doc: 'Where the widgets load the CRM widget SDK from.',
    schema: z.url({ protocol: /^https?$/ }),
    default: 'https://live.zwidgets.com/js-sdk/1.5/ZohoEmbededAppSDK.min.js',
  }),
  BACKGROUND_READS: setting({
    doc: 'Follow changes in Books and read ahead behind the scenes; off reads customers only when somebody looks.',
    schema: z.enum(['on', 'off']),
    default: 'on',
  }),
  BOOKS_CALLS_PER_DAY: setting({
    doc: 'Calls a day Zoho Books allows an organisation whose plan it does not name; a tenth is left to other apps.',
    schema: z.coerce.number().int().min(500).max(1_000_000),
    default: '1000',
  }),
  ERASE_AFTER_DAYS: setting({
    doc: 'Days between uninstalling and erasing what is stored of an organisation; an administrator can have it erased at once.',
    schema: z.coerce.number().int().min(1).max(365),
    default: '30',
  }),
  LOG_LEVEL: setting({
    doc: 'How much to log.',
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']),
    default: 'info',
  }),
  STOP_NOTICE_SECONDS: setting({
    doc: 'How long a server that was told to stop goes on taking requests while /readyz says that it is not ready; behind a load balancer, as long as it needs to notice.',
    schema: z.coerce.number().min(0).max(300),
    default: '0',
  }),
  STOP_WITHIN_SECONDS: setting({
    doc: 'How long a server that was told to stop waits for what it is answering, the notice included. It ends at most five seconds later.',
    schema: z.coerce.number().min(0).max(600),
    default: '20',
  }),
  METRICS_TOKEN: setting({
    doc: 'Opens /metrics as `Authorization: Bearer …`; at least 32 characters, e.g. of `openssl rand -hex 32`. Empty: there is no /metrics.',
    schema: z.string().regex(/^([\x21-\x7e]{32,200})?$/, 'must have at least 32 characters, without spaces'),
    default: '',
  }),
  SIGN_INS_PER_MINUTE: setting({
    doc: 'Sign-ins accepted from one address in a minute; an office behind one address may need more.',
    schema: z.coerce.number().int().min(1).max(10_000),
    default: '10',
  }),
  REQUESTS_PER_USER_PER_MINUTE: setting({
    doc: 'Questions one person may ask in a minute; a rep who clicks through records stays far below.',
    schema: z.coerce.number().int().min(1).max(1_000_000),
    default: '120',
  }),
  REQUESTS_PER_ORGANISATION_PER_MINUTE: setting({
    doc: 'Questions all people of one organisation may ask in a minute together.',
    schema: z.coerce.number().int().min(1).max(10_000_000),
    default: '600',
  }),
  REQUESTS_PER_ADDRESS_PER_MINUTE: setting({
    doc: 'Questions accepted from one address in a minute, before anybody is asked who sent them; an office shares one.',
    schema: z.coerce.number().int().min(1).max(10_000_000),
    default: '3000',
  }),
  REQUESTS_AT_ONCE: setting({
    doc: 'Requests answered at the same time; more are told to come back in a moment.',
    schema: z.coerce.number().int().min(1).max(100_000),
    default: '200',
  }),
  WIDGET_ORIGINS: setting({
    doc: 'Origins of the widgets where Zoho hosts them (the zip), e.g. https://<uuid>.zappsusercontent.com, separated by commas. Exact ones only: all developers share that domain.',
    schema: origins,
    default: '',
  }),
  EXTRA_CRM_ORIGINS: setting({
    doc: 'More origins of CRM pages that may frame the widgets (sandboxes, Zoho One), separated by commas.',
    schema: origins,
    default: '',
  }),
  TRUSTED_PROXY: setting({
    doc: 'Addresses of proxies whose X-Forwarded-For is believed, separated by commas; empty for none.',
    schema: z.string().transform((text) =>
      text
        .split(',')
        .map((address) => address.trim())
        .filter(Boolean),
    ),
    default: '',
  }),
};

/** What `compose.yaml` takes from the same file for the database beside the server; the server reads none of it. */
const COMPOSED = {
  POSTGRES_PASSWORD:
    'Only for compose.yaml: password of the database it starts, e.g. of `openssl rand -hex 24`. DATABASE_URL is then made of it.',
};

type Values = { readonly [Name in keyof typeof SETTINGS]: z.output<(typeof SETTINGS)[Name]['schema']> };

export interface Config extends Values {
  /** Zoho's, and the local one where it is set. */
  readonly dataCentres: readonly DataCentre[];
}

/** The environment does not make a server. The message lists every setting to mend. */
export class ConfigRefused extends Error {
  override readonly name = 'ConfigRefused';
}

/** @throws ConfigRefused naming everything that is missing or wrong, at once */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const values: Record<string, unknown> = {};
  const wrong: string[] = [];
  for (const [name, { schema, default: fallback, doc }] of Object.entries(SETTINGS) as [
    string,
    Setting<z.ZodType>,
  ][]) {
    const given = environment[name] || fallback;
    if (given === undefined) {
      wrong.push(`${name} is missing: ${doc}`);
      continue;
    }
    const parsed = schema.safeParse(given);
    if (parsed.success) values[name] = parsed.data;
    else wrong.push(`${name} ${parsed.error.issues[0]?.message ?? 'is wrong'}`);
  }
  if (wrong.length > 0)
    throw new ConfigRefused(`The server cannot start:\n${wrong.map((line) => `  - ${line}`).join('\n')}`);
  const config = values as unknown as Values; // safe because every name of SETTINGS was parsed by its own schema
  return {
    ...config,
    dataCentres: config.ZOHO_LOCAL_URL ? [...DATA_CENTRES, config.ZOHO_LOCAL_URL] : DATA_CENTRES,
  };
}

/** The text of `.env.example`. */
export function exampleEnvironment(): string {
  const lines = (Object.entries(SETTINGS) as [string, Setting<z.ZodType>][]).map(
    ([name, { doc, default: fallback, example }]) =>
      fallback === undefined
        ? `# ${doc} Required.\n${name}=${example ?? ''}`
        : `# ${doc}\n#${name}=${fallback}`,
  );
  const others = Object.entries(COMPOSED).map(([name, doc]) => `# ${doc}\n#${name}=`);
  return `${[...lines, ...others].join('\n\n')}\n`;
}

/** The environment, with what a `.env` file in the working directory adds. */
export function environment(): Readonly<Record<string, string | undefined>> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}
