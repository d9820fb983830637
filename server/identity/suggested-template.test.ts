import { expect, it } from 'vitest';
import { suggestedTemplate } from './suggested-template.ts';

it.each([
  ['exact', ['Finance Manager', 'CFO', 'Accounts Receivable', 'Buchhaltung', 'Finanzleiter', 'Controlling']],
  [
    'exact',
    ['CEO', 'Chief Executive Officer', 'Managing Director', 'Owner', 'Management', 'Executive Board'],
  ],
  [
    'exact',
    ['Geschäftsführer', 'Geschäftsführung', 'Geschäftsleitung', 'Vorstand', 'Inhaberin', 'المدير العام'],
  ],
  ['sales', ['Sales Representative West', 'Sales Director', 'Account Manager', 'Business Development']],
  ['sales', ['Vertriebsleiter', 'Verkauf', 'Verkäuferin', 'Außendienst', 'مندوب مبيعات']],
  [
    'least',
    [
      'Support Agent',
      'Support Manager',
      'Service Director',
      'Product Owner',
      'Assistenz der Geschäftsführung',
    ],
  ],
  ['least', ['Intern', 'Warehouse', 'Einkaufsdirektor', 'Manager', 'Team A', 'Assistant to the CEO', '']],
] as const)('suggests %s for %j', (template, names) => {
  expect(names.map((name) => [name, suggestedTemplate(name)])).toEqual(names.map((name) => [name, template]));
});
