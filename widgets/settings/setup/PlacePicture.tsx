import { useWords } from '../../ui/words.tsx';

/** A record's page in CRM as it is known by sight: lists at the side, fields, and where the panel goes. */
export function PlacePicture({ module }: { module: 'Accounts' | 'Deals' | 'Contacts' }) {
  const { t } = useWords();
  return (
    <svg
      viewBox="0 0 240 132"
      className="place-picture"
      role="img"
      aria-label={t('setup.place.picture', { module })}
    >
      <rect className="place-page" x="0.5" y="0.5" width="239" height="131" rx="6" />
      <rect className="place-bar" x="0.5" y="0.5" width="239" height="18" rx="6" />
      <text className="place-name" x="10" y="13">
        {module}
      </text>
      {[30, 42, 54, 66, 78].map((y, at) => (
        <rect
          key={y}
          className={at === 4 ? 'place-new' : 'place-line'}
          x="10"
          y={y}
          width={at === 4 ? 52 : 38 + ((at * 7) % 13)}
          height="6"
          rx="3"
        />
      ))}
      <path className="place-arrow" d="M36 88v14h38M68 97l6 5-6 5" />
      {[30, 42].map((y) => (
        <g key={y}>
          <rect className="place-line" x="82" y={y} width="44" height="6" rx="3" />
          <rect className="place-line" x="158" y={y} width="60" height="6" rx="3" />
        </g>
      ))}
      <rect className="place-panel" x="82" y="60" width="148" height="64" rx="4" />
      <text className="place-name" x="90" y="74">
        Customer 360
      </text>
      {[82, 94, 106].map((y) => (
        <rect key={y} className="place-figure" x="90" y={y} width={y === 82 ? 96 : 64} height="6" rx="3" />
      ))}
    </svg>
  );
}
