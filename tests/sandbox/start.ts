/**
 * `npm start`: a local Zoho with the demo organisation, our server beside it, installed through the same pages an
 * administrator uses. Prints `ready: <url of the CRM page>`.
 */
import { startProduct } from '../support/product.ts';
import { runBinary } from '../support/run.ts';
import { demoOrganisation } from './demo/demo-organisation.ts';

if ((await runBinary('vite', 'vite', ['build', '--logLevel', 'warn'])) !== 0) process.exit(1);

try {
  const product = await startProduct({
    organisation: demoOrganisation(),
    port: Number(process.env.PORT ?? 3600),
    sandboxPort: Number(process.env.SANDBOX_PORT ?? 3601),
    logs: process.env.LOG_LEVEL ? 'shown' : 'hidden',
    onServerExit: (code) => process.exit(code),
    ...(process.env.ZOHO_SDK_FILE ? { sdkFile: process.env.ZOHO_SDK_FILE } : {}),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => void product.stop().then(() => process.exit(0)));
  }
  process.stdout.write(`ready: ${product.crm}/\n`);
} catch (failure) {
  process.stderr.write(`${failure instanceof Error ? failure.message : String(failure)}\n`);
  process.exit(1);
}
