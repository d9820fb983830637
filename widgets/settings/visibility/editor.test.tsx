// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PolicyDocument, PolicyView } from '../../../server/contract/policy.ts';
import { aDocument, aPolicyView, ROLE, withRepLevels } from '../../../tests/gallery/sample-policy.ts';
import { ENGLISH } from '../../ui/catalogue.ts';
import { loadMoreWords, loadSettingsWords } from '../../ui/languages.ts';
import { usePolicyDraft } from './use-policy-draft.ts';
import { VisibilityEditor } from './VisibilityEditor.tsx';

beforeAll(async () => {
  await Promise.all([loadMoreWords(ENGLISH), loadSettingsWords(ENGLISH)]);
});
afterEach(cleanup);

let saved: PolicyDocument | null;

function Page({ inForce }: { inForce: PolicyView }) {
  const draft = usePolicyDraft(inForce);
  return (
    <VisibilityEditor
      inForce={inForce}
      draft={draft}
      newest={undefined}
      saving={{ state: 'no', problem: null }}
      onSave={() => {
        saved = draft.document;
      }}
      onUndo={null}
      preview={null}
    />
  );
}

/** Without a layout the editor is the narrow one: a rule must be opened first. */
function opened(who: string, view = aPolicyView()) {
  saved = null;
  const shown = render(<Page inForce={view} />);
  for (const rule of shown.container.querySelectorAll('details.rule')) {
    if (!(rule instanceof HTMLDetailsElement) || rule.querySelector('.rule-who')?.textContent !== who)
      continue;
    rule.open = true;
    fireEvent(rule, new Event('toggle'));
  }
  return shown;
}
const choose = (cell: string, level: string) =>
  fireEvent.change(screen.getByRole('combobox', { name: cell }), { target: { value: level } });
const told = (inside: Element): string[] =>
  [...inside.querySelectorAll('.changes ul li')].map(({ textContent }) => textContent ?? '');
function part(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`There is no ${selector}`);
  return found;
}
const bar = () => part('.save-bar');

describe('editing who sees what', () => {
  it('says before saving what would change, in words, and saves just that', () => {
    opened('Sales Representative');
    choose('Open, Sales Representative', 'exact');
    expect(within(bar()).getByText('Sales Representative')).toBeTruthy();
    expect(told(bar())).toEqual(['Open — Range → Exact']);
    fireEvent.click(screen.getByRole('button', { name: 'Save changes' }));
    expect(saved).toEqual(withRepLevels({ open: 'exact' }));
  });

  it('tells where less is in effect than was chosen, and because of which figure', () => {
    opened('Sales Representative');
    choose('Open by age, Sales Representative', 'exact');
    const cell = screen.getByRole('combobox', { name: 'Open by age, Sales Representative' });
    const why = document.getElementById(cell.getAttribute('aria-describedby') ?? '');
    expect(why?.textContent).toBe('in effect Yes or no, because of Overdue');
    expect(told(bar())).toEqual(['Open by age — Range → Exact (in effect Yes or no)']);
  });

  it('a rule left as its template shows what is in effect, without a warning', () => {
    const { container } = opened('Sales Representative');
    const cell = screen.getByRole('combobox', { name: 'Open by age, Sales Representative' });
    expect(cell).toHaveProperty('value', 'status');
    expect(document.getElementById(cell.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'never more than Overdue',
    );
    expect(container.querySelector('.cell-limited')).toBeNull();
    choose('Overdue, Sales Representative', 'band');
    expect(cell).toHaveProperty('value', 'band');
    choose('Overdue, Sales Representative', 'hidden');
    expect(container.querySelector('.cell-limited')?.textContent).toBe(
      'in effect Hidden, because of Overdue',
    );
  });

  it('a grade can only be shown or hidden', () => {
    opened('Sales Representative');
    const options = within(
      screen.getByRole('combobox', { name: 'How they pay, Sales Representative' }),
    ).getAllByRole('option');
    expect(options.map(({ textContent }) => textContent)).toEqual(['Hidden', 'Shown']);
  });

  it('a rule for a role and a profile starts from the less specific ones', () => {
    opened('');
    fireEvent.change(screen.getByLabelText('CRM role'), { target: { value: ROLE.intern } });
    fireEvent.change(screen.getByLabelText('CRM profile'), { target: { value: '12' } });
    fireEvent.click(screen.getByRole('button', { name: 'Add rule' }));
    fireEvent.click(screen.getByRole('button', { name: 'Save changes' }));
    expect(saved?.rules.at(-1)).toEqual({ role: ROLE.intern, profile: '12', template: null, levels: {} });
    expect(told(bar())).toEqual(['New rule, starting from “Less specific rules”']);
  });

  it('without a rule says what holds instead of drawing an empty table', () => {
    const { container } = opened('', aPolicyView({ document: aDocument({ rules: [] }) }));
    expect(screen.getByText(/^There is no rule yet: everybody but administrators/)).toBeTruthy();
    expect(container.querySelector('.matrix, .rule-list')).toBeNull();
    fireEvent.change(screen.getByLabelText('CRM role'), { target: { value: ROLE.intern } });
    fireEvent.click(screen.getByRole('button', { name: 'Add rule' }));
    expect(container.querySelectorAll('.rule')).toHaveLength(1);
  });

  it('nobody gets a second rule', () => {
    opened('');
    fireEvent.change(screen.getByLabelText('CRM role'), { target: { value: ROLE.ceo } });
    fireEvent.click(screen.getByRole('button', { name: 'Add rule' }));
    expect(screen.getByText('There is a rule for these people already.')).toBeTruthy();
  });

  it('ranges that do not ascend are not saved', () => {
    opened('');
    fireEvent.change(screen.getByLabelText('Lower ends in EUR, one a line'), {
      target: { value: '5000\n1000' },
    });
    expect(screen.getByText('1000 is not above the amount before it.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Save changes' }));
    expect(saved).toBeNull();
  });
});

describe('when somebody else was faster', () => {
  it('tells what they changed and what mine would, keeps both on request, and lets me save', () => {
    const { rerender } = opened('Sales Representative');
    choose('Open, Sales Representative', 'exact');
    rerender(<Page inForce={aPolicyView({ version: 8, document: withRepLevels({ quoted: 'hidden' }) })} />);
    expect(told(part('.overtaken'))).toEqual(['Quoted — Range → Hidden', 'Open — Range → Exact']);
    fireEvent.click(screen.getByRole('button', { name: 'Put my changes on top' }));
    fireEvent.click(screen.getByRole('button', { name: 'Save changes' }));
    expect(saved).toEqual(withRepLevels({ open: 'exact', quoted: 'hidden' }));
  });

  it('what nobody has touched here follows by itself', () => {
    const { rerender } = opened('Sales Representative');
    rerender(<Page inForce={aPolicyView({ version: 8, document: withRepLevels({ open: 'hidden' }) })} />);
    expect(screen.getByText('Nothing to save.')).toBeTruthy();
    expect(screen.getByRole('combobox', { name: 'Open, Sales Representative' })).toHaveProperty(
      'value',
      'hidden',
    );
  });

  it('dropping mine leaves what is in force', () => {
    const { rerender } = opened('Sales Representative');
    choose('Open, Sales Representative', 'exact');
    rerender(<Page inForce={aPolicyView({ version: 8, document: aDocument({ bands: {} }) })} />);
    fireEvent.click(screen.getByRole('button', { name: 'Drop my changes' }));
    expect(screen.getByText('Nothing to save.')).toBeTruthy();
  });
});
