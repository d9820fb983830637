import type { ReactNode } from 'react';
import { ADMINISTRATOR_STATES } from './administrator-states.tsx';
import { DEFINITIONS_STATES } from './definitions-states.tsx';
import { HEALTH_STATES } from './health-states.tsx';
import { LIFECYCLE_STATES } from './lifecycle-states.tsx';
import { LINK_STATES } from './link-states.tsx';
import { MAPPING_STATES } from './mapping-states.tsx';
import { PANEL_STATES } from './panel-states.tsx';
import { SETTINGS_STATES } from './settings-states.tsx';
import { SETUP_STATES } from './setup-states.tsx';

export interface GalleryState {
  readonly name: string;
  readonly widget: 'panel' | 'settings';
  readonly render: () => ReactNode;
}

const of = (
  widget: GalleryState['widget'],
  states: Readonly<Record<string, () => ReactNode>>,
): GalleryState[] => Object.entries(states).map(([name, render]) => ({ name, widget, render }));

/** Every designed state of every widget. */
export const GALLERY_STATES: readonly GalleryState[] = [
  ...of('panel', PANEL_STATES),
  ...of('panel', LINK_STATES),
  ...of('settings', SETTINGS_STATES),
  ...of('settings', SETUP_STATES),
  ...of('settings', ADMINISTRATOR_STATES),
  ...of('settings', DEFINITIONS_STATES),
  ...of('settings', HEALTH_STATES),
  ...of('settings', LIFECYCLE_STATES),
  ...of('settings', MAPPING_STATES),
];
