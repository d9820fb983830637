import { type HttpHandler, http } from 'msw';
import { faultAnswer } from './scenario-answers.ts';
import type { ZohoState } from './zoho.ts';
import type { Service } from './zoho-exchanges.ts';

export interface Call {
  readonly request: Request;
  readonly url: URL;
  readonly query: URLSearchParams;
  /** A part of the path by its name; `''` when the path has none. */
  param(name: string): string;
  /** The request body as text, read once. */
  readonly body: string;
  readonly now: Date;
}

type Method = 'get' | 'post' | 'put' | 'delete' | 'all';
type Answer = (call: Call) => Response | Promise<Response>;

interface Place {
  readonly service: Service;
  readonly method: Method;
  readonly path: string;
  /** Marks the answer to whatever no endpoint serves. */
  readonly unknown?: true;
}

/** One endpoint of the local Zoho: misbehaves when the scenario says so, and keeps a record of every exchange. */
export function endpoint(
  zoho: ZohoState,
  { service, method, path, unknown }: Place,
  answer: Answer,
): HttpHandler {
  return http[method](`*${path}`, async ({ request, params }) => {
    const url = new URL(request.url);
    const body = request.body === null ? '' : await request.text();
    const record = (status: number, responseBody: string): void =>
      zoho.exchanges.record({
        service,
        method: request.method,
        url: request.url,
        path: url.pathname,
        status,
        requestBody: body,
        responseBody,
        unknown: unknown ?? false,
      });
    const call: Call = {
      request,
      url,
      query: url.searchParams,
      param: (name) => {
        const value = params[name];
        return typeof value === 'string' ? decodeURIComponent(value) : '';
      },
      body,
      now: zoho.clock.now(),
    };
    const rule = zoho.scenario.take({ service, method: request.method, path: url.pathname });
    // recorded before waiting: an answer that never comes is still a call that was made
    if (rule && ['timeout', 'reset', 'lost'].includes(rule.answer)) record(0, '');
    const response = rule ? await faultAnswer(rule, service, async () => answer(call)) : await answer(call);
    if (rule?.answer !== 'reset') record(response.status, await response.clone().text());
    return response;
  });
}
