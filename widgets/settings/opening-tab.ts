import { createContext, useContext } from 'react';

/** Parts of the settings that another one sends people to. */
type Elsewhere = 'setup' | 'connection';

/** Opens another part of the settings; `null` where there is none to open, e.g. while they are set up step by step. */
export const OpeningTab = createContext<((key: Elsewhere) => void) | null>(null);
export const useOpeningTab = () => useContext(OpeningTab);
