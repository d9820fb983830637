import { resumeSession } from '../api/session.ts';
import { connectToCrm } from '../crm/connect-to-crm.ts';
import { followCrmTheme } from '../crm/crm-theme.ts';

// Settings need no record and also work in a tab of their own; CRM only lends its theme and takes our height.
void connectToCrm({ expects: 'nothing' });
void resumeSession();
followCrmTheme((theme) => {
  document.documentElement.dataset.theme = theme;
});
Promise.all([import('../ui/mount.ts'), import('./SettingsPage.tsx')]).then(([{ mount }, { openSettings }]) =>
  openSettings(mount),
);
