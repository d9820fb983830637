import { createHash } from 'node:crypto';
import type { AuditEntry } from '../contract/audit.ts';

/** What the first entry of a chain goes on from. */
export const GENESIS = '0'.repeat(64);

/** One thing that happened: who, what and how it was decided. Never a value of a figure, never a token. */
export type AuditEvent = Omit<AuditEntry, 'sequence' | 'at' | 'hash'>;

/** What an entry says that tells of entries removed for their age: up to which one. */
export const prunedSubject = (upTo: number): string => `entries/1-${upTo}`;

/** The text of an entry: members in alphabetical order, those without a value left out. The install is part of it, so that no entry fits into another's chain. */
export function entryText(
  installId: string,
  { sequence, at, ...event }: AuditEvent & { sequence: number; at: string },
): string {
  const { action, who, amr, subject, outcome, policyVersion, times, zohoCalls, requestId } = event;
  return JSON.stringify({
    action,
    amr,
    at,
    install: installId,
    outcome,
    policyVersion,
    requestId,
    sequence,
    subject,
    times,
    who,
    zohoCalls,
  });
}

/** SHA-256 over the previous hash, which has a fixed length, and the entry; in hex. */
export const chained = (previous: string, entry: string): string =>
  createHash('sha256').update(previous).update(entry).digest('hex');
