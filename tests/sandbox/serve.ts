/**
 * `npm run sandbox`: the local Zoho alone.
 *
 *   --data DIR                       an organisation folder
 *   --import ar [--as-of DAY]        the public accounts-receivable set as of a day (default 2012-12-31)
 *   --import crm                     the public sales pipeline
 *   --import both [--as-of DAY]      both in one organisation
 *   --shared DIR                     where the public data sets are (default ../shared/data)
 *   --port N                         default SANDBOX_PORT or 3601
 *
 * Without --data or --import: the demo organisation.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from '../support/run.ts';
import { DEMO_TIME_ZONE, demoOrganisation } from './demo/demo-organisation.ts';
import { importBoth } from './import/import-both.ts';
import { importPipeline } from './import/import-pipeline.ts';
import { importReceivables } from './import/import-receivables.ts';
import { loadOrganisation } from './load.ts';
import type { Organisation } from './organisation.ts';
import { startSandbox } from './serve-sandbox.ts';
import { dayIn } from './zoho-clock.ts';

const AS_OF = '2012-12-31';

interface Flags {
  readonly data?: string | undefined;
  readonly import?: string | undefined;
  readonly 'as-of'?: string | undefined;
  readonly shared: string;
}

function chosen(flags: Flags): Organisation {
  if (flags.data) return loadOrganisation(flags.data);
  // the imported organisations live in the demo's zone; today is their calendar's
  const today = dayIn(DEMO_TIME_ZONE, new Date());
  switch (flags.import) {
    case undefined:
      return demoOrganisation();
    case 'ar':
      return importReceivables(flags.shared, flags['as-of'] ?? AS_OF, today);
    case 'crm':
      return importPipeline(flags.shared, today);
    case 'both':
      return importBoth(flags.shared, flags['as-of'] ?? AS_OF, today);
    default:
      throw new Error(`--import takes ar, crm or both, not ${flags.import}`);
  }
}

const { ZOHO_CLIENT_ID: id, ZOHO_CLIENT_SECRET: secret, ZOHO_SDK_FILE: sdkFile } = process.env;

try {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      import: { type: 'string' },
      'as-of': { type: 'string' },
      shared: { type: 'string', default: join(ROOT, '../shared/data') },
      port: { type: 'string', default: process.env.SANDBOX_PORT ?? '3601' },
    },
  });
  const sandbox = await startSandbox({
    organisation: chosen(values),
    port: Number(values.port),
    widgetsOrigin: process.env.WIDGETS_ORIGIN ?? 'http://localhost:3600',
    ...(id && secret ? { client: { id, secret } } : {}),
    ...(sdkFile ? { sdkFile } : {}),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
  process.stdout.write(`local Zoho: ${sandbox.origin}/\n`);
} catch (failure) {
  process.stderr.write(`${failure instanceof Error ? failure.message : String(failure)}\n`);
  process.exit(1);
}
