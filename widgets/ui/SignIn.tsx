import { Standing } from './Notice.tsx';
import { PopupSteps, type PopupView } from './PopupSteps.tsx';
import { useWords } from './words.tsx';

export type WhySignIn = 'not_yet' | 'ended' | 'not_kept' | 'other_person';

/** One click, and why it is needed. */
export function SignIn({
  why,
  screen,
  popup,
  onOpen,
  onCode,
}: {
  why: WhySignIn;
  screen: 'panel' | 'settings';
  popup: PopupView;
  onOpen: () => void;
  /** Given where a typed code is enough: for figures, not for settings. */
  onCode?: (text: string) => void;
}) {
  const { t } = useWords();
  return (
    <Standing icon="person" title={t(why === 'not_yet' ? `sign_in.${screen}.title` : `sign_in.${why}.title`)}>
      <p>{t(why === 'not_yet' ? `sign_in.${screen}.why` : `sign_in.${why}.why`)}</p>
      <PopupSteps popup={popup} label={t('sign_in')} onOpen={onOpen} {...(onCode ? { onCode } : {})} />
    </Standing>
  );
}
