/** How long a link that was taken back can be restored, in milliseconds. */
export const UNDO_MS = 10 * 60_000;
