import { delay, HttpResponse } from 'msw';
import type { ScenarioRule } from './scenario.ts';
import type { Service } from './zoho-exchanges.ts';

export const BOOKS_LIMIT_MESSAGES = {
  minute:
    'For security reasons your organization has been blocked as it have exceeded the maximum number of requests per minute. Please try again after some time.',
  day: (limit: number): string =>
    `The API call for this organization has exceeded the maximum call rate limit of ${limit}.`,
  security:
    'For security reasons you have been blocked for some time as you have exceeded the maximum number of requests per minute that can originate from one account.',
  concurrency:
    'You have reached the maximum number of in process requests allowed. Please try again after sometime.',
} as const;

/** Over a limit of Books: always 429, told apart by the code. */
export function booksLimit(code: 43 | 44 | 45 | 1070, message: string): Response {
  const headers = code === 43 ? { 'Retry-After': '3600' } : undefined;
  return HttpResponse.json({ code, message }, { status: 429, ...(headers ? { headers } : {}) });
}

const badGateway = (): Response =>
  HttpResponse.html('<html><body><h1>502 Bad Gateway</h1></body></html>', { status: 502 });

const never = (): Promise<never> => new Promise(() => undefined);

/** What the scenario sends instead of (or made from) the real answer. */
export async function faultAnswer(
  rule: ScenarioRule,
  service: Service,
  real: () => Promise<Response>,
): Promise<Response> {
  switch (rule.answer) {
    case 'http_500':
      return failed(500, service);
    case 'http_502':
      return badGateway();
    case 'lost':
      await real();
      return never();
    case 'done_then_502':
      await real();
      return badGateway();
    case 'timeout':
      return never();
    case 'reset':
      return HttpResponse.error();
    case 'half_json': {
      const whole = await real();
      const body = await whole.text();
      return new HttpResponse(body.slice(0, Math.floor(body.length / 2)), {
        status: whole.status,
        headers: { 'content-type': 'application/json;charset=UTF-8' },
      });
    }
    case 'html':
      return HttpResponse.html('<!doctype html><title>Zoho</title><h1>Scheduled maintenance</h1>');
    case '200_with_error':
      return failed(200, service);
    case '204':
      return new HttpResponse(null, { status: 204 });
    case 'redirect':
      return HttpResponse.redirect(rule.location ?? 'https://elsewhere.invalid/', 302);
    case 'slow':
      await delay(rule.delayMs ?? 2_000);
      return real();
    case '429_minute':
      return overLimit(service, () => booksLimit(44, BOOKS_LIMIT_MESSAGES.minute));
    case '429_day':
      return overLimit(service, () => booksLimit(45, BOOKS_LIMIT_MESSAGES.day(1000)));
    case '429_security':
      return overLimit(service, () => booksLimit(43, BOOKS_LIMIT_MESSAGES.security));
    case '429_concurrency':
      return overLimit(service, () => booksLimit(1070, BOOKS_LIMIT_MESSAGES.concurrency));
  }
}

function failed(status: number, service: Service): Response {
  switch (service) {
    case 'books':
      return HttpResponse.json({ code: 1000, message: 'Internal Error' }, { status });
    case 'crm':
      return HttpResponse.json(
        { code: 'INTERNAL_ERROR', details: {}, message: 'Internal Server Error', status: 'error' },
        { status },
      );
    case 'accounts':
      return HttpResponse.json({ error: 'general_error' }, { status });
  }
}

function overLimit(service: Service, books: () => Response): Response {
  switch (service) {
    case 'books':
      return books();
    case 'crm':
      return HttpResponse.json(
        {
          code: 'TOO_MANY_REQUESTS',
          details: {},
          message: 'Your API requests exceeded the concurrency limit. Please try again later.',
          status: 'error',
        },
        { status: 429 },
      );
    case 'accounts':
      // the accounts service answers over-limit calls with 200
      return tooManyTokens();
  }
}

export const tooManyTokens = (): Response =>
  HttpResponse.json({
    error_description: 'You have made too many requests continuously. Please try again after some time.',
    error: 'Access Denied',
    status: 'failure',
  });
