/** Strokes on a 16 × 16 grid; drawn in the colour of the text beside them. */
const STROKES = {
  info: 'M8 14.25a6.25 6.25 0 1 0 0-12.5 6.25 6.25 0 0 0 0 12.5ZM8 7.25v3.75M8 4.9v.1',
  lock: 'M4 7.25h8v6H4zM5.5 7.25V5a2.5 2.5 0 0 1 5 0v2.25',
  warning: 'M8 2.25 14.5 13.5h-13zM8 6.5v3.25M8 11.6v.1',
  check: 'M8 14.25a6.25 6.25 0 1 0 0-12.5 6.25 6.25 0 0 0 0 12.5ZM5.25 8.25l2 2 3.5-4',
  clock: 'M8 14.25a6.25 6.25 0 1 0 0-12.5 6.25 6.25 0 0 0 0 12.5ZM8 4.5V8l2.5 1.5',
  pause: 'M8 14.25a6.25 6.25 0 1 0 0-12.5 6.25 6.25 0 0 0 0 12.5ZM6.25 5.75v4.5M9.75 5.75v4.5',
  new: 'M8 2v3M8 11v3M2 8h3M11 8h3M4 4l1.75 1.75M10.25 10.25 12 12M4 12l1.75-1.75M10.25 5.75 12 4',
  refresh: 'M13.25 8A5.25 5.25 0 1 1 11.6 4.2M13.25 2.25v3h-3',
  link: 'M6.75 9.25a2.5 2.5 0 0 0 3.6 0l2-2a2.55 2.55 0 1 0-3.6-3.6l-.75.75M9.25 6.75a2.5 2.5 0 0 0-3.6 0l-2 2a2.55 2.55 0 1 0 3.6 3.6l.75-.75',
  outside: 'M6.5 3.5h-3v9h9v-3M9 2.75h4.25V7M13 3 7.5 8.5',
  paper: 'M4 1.75h5.5L12.5 5v9.25H4zM9.25 1.75V5.25h3.25M6.25 8.5h4M6.25 11h4',
  plug: 'M5.5 2v3M10.5 2v3M3.75 5h8.5v2.5a4.25 4.25 0 0 1-8.5 0zM8 11.75V14.5',
  tick: 'M3.75 8.5l2.75 2.75 5.75-6.5',
  close: 'M4 4l8 8M12 4l-8 8',
  chevron: 'M4.5 6.25 8 9.75l3.5-3.5',
  undo: 'M5.5 3 2.75 5.75 5.5 8.5M3 5.75h6.5a3.5 3.5 0 0 1 0 7H6',
  person: 'M8 8a2.75 2.75 0 1 0 0-5.5A2.75 2.75 0 0 0 8 8ZM2.75 13.75a5.25 5.25 0 0 1 10.5 0',
} as const;
export type IconName = keyof typeof STROKES;

/** Decoration only: the words beside it carry the meaning. */
export function Icon({ name, turning }: { name: IconName; turning?: boolean }) {
  const mirrored = name === 'outside' ? ' icon-mirrored' : '';
  return (
    <svg
      className={`icon${mirrored}${turning ? ' turning' : ''}`}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={STROKES[name]} />
    </svg>
  );
}
