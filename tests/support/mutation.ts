/**
 * `npm run mutation -- visibility` takes one line of defence after the other out of who sees what, and counts how many of
 * these changes a test notices; `identity` does so for who is asking. More arguments name files of the room. It takes
 * from a quarter of an hour to an hour, and is not part of `npm test`.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './run.ts';

const [room = '', ...files] = process.argv.slice(2);
if (!['visibility', 'identity'].includes(room)) {
  process.stderr.write('Say which room: visibility or identity.\n');
  process.exit(1);
}
process.env.MUTATED_ROOM = room;

// By its file, because the front door of the package insists on a newer Node than we and it need.
const core = join(ROOT, 'node_modules', '@stryker-mutator', 'core', 'dist', 'src', 'stryker.js');
const { Stryker } = (await import(pathToFileURL(core).href)) as typeof import('@stryker-mutator/core');
const inRoom = files.length > 0 ? files : ['**/*.ts', '!**/*.test.ts'];
const results = await new Stryker({
  configFile: 'tests/support/stryker.config.mjs',
  mutate: inRoom.map((file) => file.replace(/^(!?)/, `$1server/${room}/`)),
}).runMutationTest();
const judged = results.filter(({ status }) => !['Ignored', 'CompileError', 'RuntimeError'].includes(status));
const noticed = judged.filter(({ status }) => status === 'Killed' || status === 'Timeout');
process.stdout.write(`${noticed.length} of ${judged.length} changes were noticed.\n`);
