import { expect, test } from 'vitest';
import { noteEnded } from './session-ends.ts';

test('ended sessions are written down install by install in one order, so that two servers cannot block each other', async () => {
  const written: unknown[] = [];
  const audit = {
    record: async (_: unknown, installId: string, event: object) =>
      void written.push({ installId, ...event }),
  };
  const ended = ['c', 'a', 'b', 'a'].map((installId, nth) => ({
    id: `s${nth}`,
    installId,
    crmUserId: `u${nth}`,
    amr: 'zoho-oauth',
  }));
  await noteEnded({ query: async () => [] }, audit, ended, 'too_old');
  expect(written).toEqual(
    [
      ['a', 1],
      ['a', 3],
      ['b', 2],
      ['c', 0],
    ].map(([installId, nth]) => ({
      installId,
      action: 'session.ended',
      who: `u${nth}`,
      amr: 'zoho-oauth',
      subject: `sessions/s${nth}`,
      outcome: 'too_old',
    })),
  );
});
