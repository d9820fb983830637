import type { RequestHandler } from 'msw';
import type { ZohoState } from '../zoho.ts';
import { endpoint } from '../zoho-endpoint.ts';
import { crmError } from './answers.ts';
import { coqlHandlers } from './coql.ts';
import { fieldHandlers } from './fields.ts';
import { peopleHandlers } from './people.ts';
import { recordHandlers } from './records.ts';
import { createCrmEndpoints } from './viewer.ts';
import { createVisibility } from './visibility.ts';

/** CRM v8 as far as it is used. Fixed paths come before `/{module}`. */
export function crmHandlers(zoho: ZohoState): RequestHandler[] {
  const crmEndpoint = createCrmEndpoints(zoho);
  const visibility = createVisibility(zoho.organisation);
  return [
    ...peopleHandlers(zoho, crmEndpoint),
    ...fieldHandlers(zoho, crmEndpoint),
    ...coqlHandlers(zoho, crmEndpoint, visibility),
    endpoint(zoho, { service: 'crm', method: 'all', path: '/crm/v8/settings/*', unknown: true }, unknownPath),
    ...recordHandlers(zoho, crmEndpoint, visibility),
    endpoint(zoho, { service: 'crm', method: 'all', path: '/crm/*', unknown: true }, unknownPath),
  ];
}

const unknownPath = (): Response =>
  crmError(404, 'INVALID_URL_PATTERN', 'Please check if the URL trying to access is a correct one');
