/**
 * `npm run mutation -- visibility` takes one line of defence after the other out of who sees what, and counts how many of
 * these changes a test notices; `identity` does so for who is asking. More arguments name files of the room, and
 * `--share=0.1` changes only a tenth of the lines, picked at random. Who sees what takes a quarter of an hour; who is asking
 * takes hours, because most of its tests start a whole server. It is not part of `npm test`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './run.ts';

const [room = '', ...rest] = process.argv.slice(2);
const share = Number(rest.find((word) => word.startsWith('--share='))?.slice('--share='.length) ?? 1);
const files = rest.filter((word) => !word.startsWith('--'));
if (!['visibility', 'identity'].includes(room)) {
  process.stderr.write('Say which room: visibility or identity.\n');
  process.exit(1);
}
process.env.MUTATED_ROOM = room;

// By its file, because the front door of the package insists on a newer Node than we and it need.
const core = join(ROOT, 'node_modules', '@stryker-mutator', 'core', 'dist', 'src', 'stryker.js');
const { Stryker } = (await import(pathToFileURL(core).href)) as typeof import('@stryker-mutator/core');
const inRoom = (
  files.length > 0
    ? files.map((file) => `server/${room}/${file}`)
    : readdirSync(join(ROOT, 'server', room))
        .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
        .map((file) => `server/${room}/${file}`)
).flatMap((file) => (share < 1 ? someLinesOf(file) : [file]));
const results = await new Stryker({
  configFile: 'tests/support/stryker.config.mjs',
  mutate: inRoom,
}).runMutationTest();
const judged = results.filter(({ status }) => !['Ignored', 'CompileError', 'RuntimeError'].includes(status));
const noticed = judged.filter(({ status }) => status === 'Killed' || status === 'Timeout');
process.stdout.write(`${noticed.length} of ${judged.length} changes were noticed.\n`);

/** A dozen lines at a time, so that changes over several lines are among them too. */
function someLinesOf(file: string): readonly string[] {
  const lines = readFileSync(join(ROOT, file), 'utf8').split('\n').length;
  return Array.from({ length: Math.ceil(lines / 12) }, (_, dozen) => dozen * 12 + 1)
    .filter(() => Math.random() < share)
    .map((first) => `${file}:${first}-${first + 11}`);
}
