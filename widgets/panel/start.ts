import { createStore } from 'zustand/vanilla';
import { askCustomer360Early } from '../api/customer-360-question.ts';
import { followCrmPerson, resumeSession, session } from '../api/session.ts';
import { connectToCrm } from '../crm/connect-to-crm.ts';
import { followCrmTheme } from '../crm/crm-theme.ts';
import { personInCrm } from '../crm/crm-user.ts';
import type { CrmState } from './panel-state.ts';

// Everything that takes a journey sets out at once, before React has even arrived; the page's own HTML stands in.
const crm = createStore<CrmState>(() => ({ state: 'connecting' }));
const arrived = connectToCrm({ onSwitch: (context) => crm.setState(context, true) });
followCrmPerson(arrived.then(personInCrm));
const resumed = resumeSession();
const screen = import('./PanelScreen.tsx');
const react = import('../ui/mount.ts');

arrived.then((context) => crm.setState(context, true));
Promise.all([arrived, resumed]).then(([context]) => {
  if (context.state === 'record' && session.getState().state === 'signed_in') askCustomer360Early(context);
});
followCrmTheme((theme) => {
  document.documentElement.dataset.theme = theme;
});
Promise.all([react, screen]).then(([{ mount }, { openPanel }]) => openPanel({ crm, mount }));
