import { HttpResponse } from 'msw';

/** CRM's one error envelope. @see oas30/common */
export const crmError = (status: number, code: string, message: string, details: object = {}): Response =>
  HttpResponse.json({ code, details, message, status: 'error' }, { status });

/** Absent and invisible look the same: 204 and no body. */
export const nothing = (): Response => new HttpResponse(null, { status: 204 });

export const missingParameter = (name: string): Response =>
  crmError(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', { param_name: name });

export const invalidParameter = (name: string): Response =>
  crmError(400, 'INVALID_DATA', `invalid value for the parameter ${name}`, { param_name: name });

export const invalidModule = (): Response =>
  crmError(400, 'INVALID_MODULE', 'the module name given seems to be invalid', { resource_path_index: 0 });

export const invalidId = (at: number): Response =>
  crmError(400, 'INVALID_DATA', 'the id given seems to be invalid', { resource_path_index: at });
