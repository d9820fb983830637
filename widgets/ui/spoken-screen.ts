import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { Language } from './catalogue.ts';

type Screen<Props> = LazyExoticComponent<ComponentType<Props>>;

/**
 * A screen that is fetched when first drawn, together with the words it needs.
 * @returns the same component for the same language, or React would start it anew at every drawing
 */
export function spokenScreen<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  loadWords: (language: Language) => Promise<void>,
): (language: Language) => Screen<Props> {
  const screens = new Map<Language, Screen<Props>>();
  return (language) => {
    const known = screens.get(language);
    if (known) return known;
    const made = lazy(async () => {
      const [screen] = await Promise.all([load(), loadWords(language)]);
      return { default: screen };
    });
    screens.set(language, made);
    return made;
  };
}
