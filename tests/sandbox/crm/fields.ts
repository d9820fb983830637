import { HttpResponse, type RequestHandler } from 'msw';
import type { Wire } from '../organisation.ts';
import type { ZohoState } from '../zoho.ts';
import { text } from '../zoho-wire.ts';
import { invalidParameter, missingParameter } from './answers.ts';
import { isModule, type Module } from './modules.ts';
import type { CrmEndpoint } from './viewer.ts';

type ForecastType = 'Open' | 'Closed Won' | 'Closed Lost';

/** Zoho's shipped stages; others found on deals are open with even odds. */
const STAGES: readonly (readonly [string, number, ForecastType])[] = [
  ['Qualification', 10, 'Open'],
  ['Needs Analysis', 20, 'Open'],
  ['Value Proposition', 40, 'Open'],
  ['Identify Decision Makers', 60, 'Open'],
  ['Proposal/Price Quote', 75, 'Open'],
  ['Negotiation/Review', 90, 'Open'],
  ['Closed Won', 100, 'Closed Won'],
  ['Closed Lost', 0, 'Closed Lost'],
  ['Closed Lost to Competition', 0, 'Closed Lost'],
];

const DATA_TYPES: Readonly<Record<string, string>> = {
  Account_Name: 'lookup',
  Contact_Name: 'lookup',
  Parent_Account: 'lookup',
  Vendor_Name: 'lookup',
  Owner: 'ownerlookup',
  Created_By: 'ownerlookup',
  Modified_By: 'ownerlookup',
  Stage: 'picklist',
  Currency: 'picklist',
  Amount: 'currency',
  Expected_Revenue: 'currency',
  Unit_Price: 'currency',
  Annual_Revenue: 'currency',
  Probability: 'integer',
  Exchange_Rate: 'double',
  Closing_Date: 'date',
  Created_Time: 'datetime',
  Modified_Time: 'datetime',
  Email: 'email',
  Phone: 'phone',
  Mobile: 'phone',
  Website: 'website',
  Description: 'textarea',
};
const SYSTEM_SET = [
  'Owner',
  'Created_By',
  'Modified_By',
  'Created_Time',
  'Modified_Time',
  'Expected_Revenue',
];

/** A module's fields as the records show them; `Stage` with its pick list, forecast type and probability. */
export function fieldHandlers(
  { organisation: { org, crm } }: ZohoState,
  crmEndpoint: CrmEndpoint,
): RequestHandler[] {
  const base = text(org.crm, 'id').padEnd(13, '0').slice(0, 13);
  const idOf = (kind: number, at: number): string => `${base}${String(kind * 10_000 + at).padStart(6, '0')}`;

  return [
    crmEndpoint(
      { method: 'get', path: '/settings/fields', scopes: ['ZohoCRM.settings.fields.READ'] },
      ({ query }) => {
        const module = query.get('module');
        if (module === null) return missingParameter('module');
        if (!isModule(module)) return invalidParameter('module');
        return HttpResponse.json({ fields: namesOf(module).map((name, at) => field(module, name, at)) });
      },
    ),
  ];

  function namesOf(module: Module): readonly string[] {
    const names = new Set(
      module === 'Deals'
        ? ['Deal_Name', 'Account_Name', 'Stage', 'Amount', 'Probability', 'Closing_Date']
        : [],
    );
    for (const record of crm[module].slice(0, 50)) for (const name of Object.keys(record)) names.add(name);
    return [...names].filter((name) => /^[A-Z]/.test(name));
  }

  function stages(): readonly Wire[] {
    const shipped = new Set(STAGES.map(([name]) => name));
    const own = new Set(
      crm.Deals.map((deal) => text(deal, 'Stage')).filter((name) => name !== '' && !shipped.has(name)),
    );
    const all = [
      ...STAGES,
      ...[...own].map((name) => [name, guessed(name).probability, guessed(name).type] as const),
    ];
    return all.map(([name, probability, type], at) => ({
      id: idOf(2, at + 1),
      actual_value: name,
      display_value: name,
      reference_value: name,
      sequence_number: at + 1,
      type: 'used',
      colour_code: '#879bfb',
      probability,
      forecast_type: type,
      forecast_category: {
        id: idOf(3, at + 1),
        name: type === 'Open' ? 'Pipeline' : type === 'Closed Won' ? 'Closed' : 'Omitted',
      },
    }));
  }

  function field(module: Module, name: string, at: number): Wire {
    const dataType = DATA_TYPES[name] ?? 'text';
    const label = name.replaceAll('_', ' ');
    const open = !SYSTEM_SET.includes(name);
    return {
      id: idOf(1, at + 1),
      api_name: name,
      field_label: label,
      display_label: label,
      data_type: dataType,
      json_type: dataType.endsWith('lookup')
        ? 'jsonobject'
        : ['currency', 'double'].includes(dataType)
          ? 'double'
          : dataType === 'integer'
            ? 'integer'
            : 'string',
      ui_type: 1,
      type: 'used',
      length: 255,
      column_name: name.toUpperCase(),
      visible: true,
      read_only: !open,
      field_read_only: !open,
      system_mandatory: name === 'Deal_Name' || name === 'Stage' || name === 'Closing_Date',
      custom_field: false,
      created_source: 'default',
      display_type: -1,
      display_field: name === 'Deal_Name' || name === 'Account_Name',
      virtual_field: false,
      public: false,
      webhook: true,
      separator: false,
      searchable: true,
      filterable: true,
      sortable: true,
      mass_update: open,
      businesscard_supported: true,
      colour_code_enabled_by_system: false,
      enable_colour_code: false,
      history_tracking_enabled: false,
      pick_list_values_sorted_lexically: false,
      operation_type: { web_update: open, api_create: open, web_create: open, api_update: open },
      view_type: { view: true, edit: open, quick_create: open, create: open },
      profiles: crm.profiles.slice(0, 50).map((profile) => ({
        id: text(profile, 'id'),
        name: text(profile, 'name'),
        permission_type: open ? 'read_write' : 'read_only',
      })),
      pick_list_values: module === 'Deals' && name === 'Stage' ? stages() : [],
      association_details: null,
      multi_module_lookup: {},
      multiselectlookup: {},
      lookup: {},
      unique: {},
      currency: {},
      auto_number: {},
      rollup_summary: {},
      formula: {},
      external: null,
      range: null,
      email_parser: { fields_update_supported: false, record_operations_supported: false },
      convert_mapping: {},
    };
  }
}

const guessed = (stage: string): { probability: number; type: ForecastType } =>
  /\bwon\b/i.test(stage)
    ? { probability: 100, type: 'Closed Won' }
    : /\blost\b/i.test(stage)
      ? { probability: 0, type: 'Closed Lost' }
      : { probability: 50, type: 'Open' };
