import { Component, type ReactNode, Suspense } from 'react';
import { Standing } from './Notice.tsx';
import { useWords } from './words.tsx';

/** A part that is fetched when needed: `meanwhile` until it is there, and an explanation when it cannot come. */
export function Part({ meanwhile, children }: { meanwhile: ReactNode; children: ReactNode }) {
  return (
    <Failing instead={<PartFailed />}>
      <Suspense fallback={meanwhile}>{children}</Suspense>
    </Failing>
  );
}

class Failing extends Component<{ instead: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.instead : this.props.children;
  }
}

function PartFailed() {
  const { t } = useWords();
  return (
    <Standing
      icon="warning"
      tone="bad"
      alert
      title={t('part_failed')}
      actions={
        <button type="button" className="button" onClick={() => window.location.reload()}>
          {t('reload')}
        </button>
      }
    >
      <p>{t('part_failed.next')}</p>
    </Standing>
  );
}
