import { askZoho } from './ask-zoho.ts';

const SETTLE_MS = 60; // long enough to join the steps of one rendering, too short to see

let reported = 0;
let wanted = 0;
let pending: ReturnType<typeof setTimeout> | undefined;

/**
 * Asks CRM to make our frame this high, in CSS pixels. The first height goes out at once, because CRM opens related
 * lists at almost none; later ones wait a moment for the last. A host that refuses leaves us scrollable.
 * @public asked for on its own by its tests
 */
export function resizeTo(height: number): void {
  wanted = Math.ceil(height);
  if (reported === 0) report();
  else if (pending === undefined) pending = setTimeout(report, SETTLE_MS);
}

/** Keeps the frame as high as an element, until the returned function is called. */
export function reportHeight(element: Element): () => void {
  const observer = new ResizeObserver(() => resizeTo(element.getBoundingClientRect().height));
  observer.observe(element);
  return () => observer.disconnect();
}

function report(): void {
  pending = undefined;
  if (wanted === reported || wanted <= 0) return;
  const height = wanted;
  reported = height;
  askZoho('resize', ({ CRM }) => CRM.UI.Resize({ height })).catch(() => {
    reported = 0; // so that the next height is asked for even when it is the same one
  });
}
