import { createContext } from 'react';

/** True where an administrator looks at what somebody else gets: nothing in it asks or acts in that person's place. */
export const PreviewOnly = createContext(false);
