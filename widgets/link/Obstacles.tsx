import type { Obstacle } from '../../server/contract/links.ts';
import type { Translate } from '../ui/catalogue.ts';
import type { Formats } from '../ui/formats.ts';
import { Icon } from '../ui/Icon.tsx';
import { useWords } from '../ui/words.tsx';

/** What stands in the way of a link, each with its next step. Plain text, so that it may stand inside an option. */
export function Obstacles({ obstacles }: { obstacles: readonly Obstacle[] }) {
  const { t, formats } = useWords();
  return obstacles.map((obstacle) => (
    <span key={obstacle.code} className="obstacle">
      <Icon name="warning" />
      <span>
        {textOf(obstacle, t, formats)}. <span className="obstacle-next">{nextStep(obstacle, t)}</span>
      </span>
    </span>
  ));
}

function textOf(obstacle: Obstacle, t: Translate, formats: Formats): string {
  if (obstacle.code !== 'linked_elsewhere') return t(`obstacle.${obstacle.code}`);
  const deal = obstacle.deal ? `“${obstacle.deal.name}”` : t('obstacle.linked_elsewhere.unknown');
  if (!obstacle.by || !obstacle.at) return t('obstacle.linked_elsewhere', { deal });
  const time = formats.clock(new Date(obstacle.at), new Date());
  return t('obstacle.linked_elsewhere.by', { deal, name: obstacle.by, time });
}

/** A document can be taken from a deal the person sees, and from no other. */
function nextStep(obstacle: Obstacle, t: Translate): string {
  return obstacle.code === 'linked_elsewhere' && !obstacle.deal
    ? t('obstacle.linked_elsewhere.unknown.next')
    : t(`obstacle.${obstacle.code}.next`);
}
