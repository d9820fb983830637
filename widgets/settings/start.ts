import { followCrmPerson, resumeSession } from '../api/session.ts';
import { connectToCrm } from '../crm/connect-to-crm.ts';
import { followCrmTheme } from '../crm/crm-theme.ts';
import { personInCrm } from '../crm/crm-user.ts';

// Settings need no record and also work in a tab of their own; CRM only lends its theme and takes our height.
const arrived = connectToCrm({ expects: 'nothing' });
followCrmPerson(arrived.then(personInCrm));
void resumeSession();
followCrmTheme((theme) => {
  document.documentElement.dataset.theme = theme;
});
Promise.all([import('../ui/mount.ts'), import('./SettingsPage.tsx')]).then(([{ mount }, { openSettings }]) =>
  openSettings(mount),
);
