import { type ComponentType, lazy } from 'react';
import type { MessageKey } from '../ui/catalogue.ts';
import { Part } from '../ui/Part.tsx';
import { Waiting } from './Asked.tsx';
import type { Tab } from './Tabs.tsx';

/** Fetched when it is opened. */
function later(key: Tab['key'], meanwhile: MessageKey, fetch: () => Promise<ComponentType>): Tab {
  const Screen = lazy(() => fetch().then((screen) => ({ default: screen })));
  return {
    key,
    content: (
      <Part meanwhile={<Waiting meanwhile={meanwhile} />}>
        <Screen />
      </Part>
    ),
  };
}

/** What an administrator comes back for, in this order. */
export const LATER: readonly Tab[] = [
  later('mapping', 'mapping.loading', () => import('./mapping/Mapping.tsx').then(({ Mapping }) => Mapping)),
  later('visibility', 'visibility.loading', () =>
    import('./visibility/Visibility.tsx').then(({ Visibility }) => Visibility),
  ),
  later('definitions', 'definitions.loading', () =>
    import('./definitions/Definitions.tsx').then(({ Definitions }) => Definitions),
  ),
  later('health', 'health.loading', () => import('./health/Health.tsx').then(({ Health }) => Health)),
  later('connection', 'lifecycle.loading', () =>
    import('./lifecycle/Lifecycle.tsx').then(({ Lifecycle }) => Lifecycle),
  ),
  later('flows', 'settings.loading', () =>
    import('./data-flows/DataFlows.tsx').then(({ DataFlows }) => DataFlows),
  ),
  later('history', 'history.loading', () => import('./history/History.tsx').then(({ History }) => History)),
  later('audit', 'audit.loading', () => import('./audit/AuditLog.tsx').then(({ AuditLog }) => AuditLog)),
];
