import { type NotedHead, verifyAudit } from './audit/verify.ts';
import { ConfigRefused, environment, readConfig } from './config.ts';
import { openDatabase } from './open-database.ts';
import { FolderTaken } from './store/pglite.ts';

const NOTED = /^([0-9a-f-]{36}):([0-9]{1,15}):([0-9a-f]{64})$/;

/** Ends with this when nothing is wrong as far as it can be told, and a head that was given back tells nothing. */
const NOT_COMPARED = 2;

/** Something on the command line is no head of a chain. */
class NotAHead extends Error {
  override readonly name = 'NotAHead';
}

/**
 * `npm run audit:verify [head …]` reads every organisation's audit log from its oldest entry to its newest and prints
 * each head, to be noted down elsewhere and given back another time. Ends with 1 when anything is not as it was written,
 * and with 2 when a head that was given back is too old to tell.
 */
async function main(given: readonly string[]): Promise<void> {
  const noted = given.map(headOf);
  const database = await openDatabase(readConfig(environment()), ({ message }) =>
    process.stderr.write(`${message}\n`),
  );
  try {
    const states = await verifyAudit(database, noted);
    for (const { head, broken, unproven } of states) {
      const { installId, sequence, hash, prunedSequence } = head;
      const kept = `${sequence - prunedSequence} kept, ${prunedSequence} past their time`;
      const verdict = broken ? `BROKEN at ${broken.sequence}: ${broken.why}` : 'whole';
      process.stdout.write(`${verdict} (${kept})\n  head ${installId}:${sequence}:${hash}\n`);
      for (const at of unproven)
        process.stdout.write(
          `  NOT COMPARED with the head noted at ${at}: it is past its time; note a newer one\n`,
        );
    }
    if (states.length === 0) process.stdout.write('nothing has been written yet\n');
    if (states.some(({ broken }) => broken)) process.exitCode = 1;
    else if (states.some(({ unproven }) => unproven.length > 0)) process.exitCode = NOT_COMPARED;
  } finally {
    await database.close();
  }
}

function headOf(text: string): NotedHead {
  const [, installId, sequence, hash] = NOTED.exec(text) ?? [];
  if (!installId || !sequence || !hash)
    throw new NotAHead(`${text} is not a head: install:sequence:hash, as printed`);
  return { installId, sequence: Number(sequence), hash };
}

main(process.argv.slice(2)).catch((cause: unknown) => {
  const plain = cause instanceof ConfigRefused || cause instanceof FolderTaken || cause instanceof NotAHead;
  process.stderr.write(`${plain ? cause.message : cause instanceof Error ? cause.stack : String(cause)}\n`);
  process.exitCode = 1;
});
