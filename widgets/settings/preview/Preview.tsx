import { skipToken, useQuery } from '@tanstack/react-query';
import { lazy, useState } from 'react';
import type { PolicyView } from '../../../server/contract/policy.ts';
import { previewQuery } from '../../api/preview-query.ts';
import { Part } from '../../ui/Part.tsx';
import { Asked, Waiting } from '../Asked.tsx';
import { type PreviewAsked, PreviewView } from './PreviewView.tsx';

/** The panel's own pictures: fetched with the first preview, so that no settings page waits for them. */
const PreviewPanel = lazy(() =>
  import('../../panel/PreviewPanel.tsx').then((module) => ({ default: module.PreviewPanel })),
);

const NOTHING: PreviewAsked = { record: { module: 'Accounts', recordId: '' }, role: '', profile: '' };

/** Asks as whom an administrator looks, and shows what they get. */
export function Preview({
  roles,
  profiles,
  unsaved,
}: Pick<PolicyView, 'roles' | 'profiles'> & { unsaved: boolean }) {
  const [asked, ask] = useState<PreviewAsked | null>(null);
  const { record, role, profile } = asked ?? NOTHING;
  const query = previewQuery(record, { role, profile });
  const answer = useQuery(asked ? query : { ...query, queryFn: skipToken });
  return (
    <PreviewView roles={roles} profiles={profiles} unsaved={unsaved} asked={asked} onAsk={ask}>
      <Asked query={answer} meanwhile="preview.loading">
        {(customer) => (
          <Part meanwhile={<Waiting meanwhile="preview.loading" />}>
            <PreviewPanel answer={customer} />
          </Part>
        )}
      </Asked>
    </PreviewView>
  );
}
