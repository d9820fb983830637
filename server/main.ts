import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ConfigRefused, environment, readConfig } from './config.ts';
import { createStop } from './graceful-stop.ts';
import { createLogger } from './logging.ts';
import { openDatabase } from './open-database.ts';
import { FolderTaken } from './store/pglite.ts';
import { wire } from './wire.ts';

async function main(): Promise<void> {
  const config = readConfig(environment());
  const widgetsFolder = fileURLToPath(new URL('../dist/app/widgets', import.meta.url));
  if (!existsSync(widgetsFolder))
    throw new ConfigRefused('The server cannot start: the widgets are not built. Run `npm run build` first.');
  const logger = createLogger(config.LOG_LEVEL);
  logger.info({ database: config.DATABASE_URL ? 'PostgreSQL server' : 'embedded' }, 'opening the database');
  const database = await openDatabase(config, (err) =>
    logger.error({ err }, 'lost an idle database connection'),
  );
  const stopping = new AbortController();
  const app = await wire({
    config,
    database,
    logger,
    clock: () => new Date(),
    stopping: stopping.signal,
    widgetsFolder,
  });

  const stop = createStop({
    app,
    logger,
    stopping,
    noticeMs: config.STOP_NOTICE_SECONDS * 1_000,
    withinMs: config.STOP_WITHIN_SECONDS * 1_000,
    closeDatabase: () => database.close(),
    exit: (code) => process.exit(code),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);

  await app.listen({ port: config.PORT, host: config.HOST });
}

main().catch((cause: unknown) => {
  // What an administrator can mend is said plainly; everything else keeps its stack.
  const plain = cause instanceof ConfigRefused || cause instanceof FolderTaken;
  process.stderr.write(`${plain ? cause.message : cause instanceof Error ? cause.stack : String(cause)}\n`);
  process.exit(1);
});
