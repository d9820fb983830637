import { loadLinkWords } from '../ui/languages.ts';
import { Part } from '../ui/Part.tsx';
import { spokenScreen } from '../ui/spoken-screen.ts';
import { useWords } from '../ui/words.tsx';

const dealLinksIn = spokenScreen(
  () => import('../link/DealLinks.tsx').then(({ DealLinks }) => DealLinks),
  loadLinkWords,
);

/** The links of a deal, in a place that is kept for them from the start. */
export function DealLinking({ dealId, today }: { dealId: string; today: string }) {
  const { language } = useWords();
  const DealLinks = dealLinksIn(language);
  return (
    <div className="deal-links-place">
      <Part meanwhile={null}>
        <DealLinks dealId={dealId} today={today} />
      </Part>
    </div>
  );
}
