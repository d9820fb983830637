import { fileURLToPath } from 'node:url';
import { ConfigRefused, environment, readConfig } from './config.ts';
import { createLogger } from './logging.ts';
import { openDatabase } from './open-database.ts';
import { FolderTaken } from './store/pglite.ts';
import { wire } from './wire.ts';

async function main(): Promise<void> {
  const config = readConfig(environment());
  const logger = createLogger(config.LOG_LEVEL);
  logger.info({ database: config.DATABASE_URL ? 'PostgreSQL server' : 'embedded' }, 'opening the database');
  const database = await openDatabase(config, (err) =>
    logger.error({ err }, 'lost an idle database connection'),
  );
  const app = await wire({
    config,
    database,
    logger,
    clock: () => new Date(),
    widgetsFolder: fileURLToPath(new URL('../dist/app/widgets', import.meta.url)),
  });

  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    await app.close();
    await database.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal));

  await app.listen({ port: config.PORT, host: config.HOST });
}

main().catch((cause: unknown) => {
  // What an administrator can mend is said plainly; everything else keeps its stack.
  const plain = cause instanceof ConfigRefused || cause instanceof FolderTaken;
  process.stderr.write(`${plain ? cause.message : cause instanceof Error ? cause.stack : String(cause)}\n`);
  process.exit(1);
});
