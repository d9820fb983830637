import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { AuthRedeem, AuthStart, AuthStarted, Session } from '../../contract/auth.ts';
import { Problem } from '../../contract/problem.ts';
import { CallbackQuery } from '../../identity/callback.ts';
import { hashed } from '../../identity/one-time-code.ts';
import type { IssuedSession, Sessions } from '../../identity/session.ts';
import type { SignIn } from '../../identity/sign-in.ts';
import type { Limits } from '../limits.ts';
import { popupWords } from '../pages/popup-language.ts';
import type { PopupWords } from '../pages/popup-words.ts';
import { donePage, goPage, POPUP_ASSETS, refusalPage } from '../popup-pages.ts';
import { problemOf } from '../problems.ts';
import { POPUP_POLICY } from '../security-headers.ts';
import { openerOf, requireWidgetPage, type WidgetPages } from '../widget-origins.ts';

interface AuthNeeds extends WidgetPages {
  readonly signIn: SignIn;
  readonly sessions: Sessions;
  readonly tenantOf: (installId: string) => Promise<{ dataCentre: string; zgid: string } | null>;
  readonly limits: Limits;
}

const COOKIE = '__Host-c360';
/** As long as a session can last; the server decides when it is really over. */
const COOKIE_SECONDS = 12 * 3_600;
const REFRESHES_PER_MINUTE = 60;

const Nothing = z.strictObject({});
const GoQuery = z.object({
  tx: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  continue: z.literal('1').optional(),
});

/** Sign-in by popup, and the session it gives. */
export function authRoutes(app: FastifyInstance, needs: AuthNeeds): void {
  const { signIn, sessions, publicUrl, limits } = needs;
  /** Who is told how a window ended: exactly the page that began, as long as it is still one of ours. */
  const listenerOf = ({ opener }: { opener: string | null }): string =>
    opener !== null && needs.widgetOrigins.includes(opener) ? opener : publicUrl;
  // A panel prepares its sign-in before anyone clicks, and each sign-in passes the popup's pages more than once.
  const perAddress = (requestsPerSignIn: number) =>
    ({ max: limits.signInsPerMinute * requestsPerSignIn, hook: 'onRequest' }) as const;
  // Everyone in an office shares an address, and each open panel refreshes every few minutes.
  const perHandle = {
    max: REFRESHES_PER_MINUTE,
    hook: 'onRequest',
    keyGenerator: (request: FastifyRequest) => {
      const handle = request.cookies[COOKIE];
      return handle ? `handle:${hashed(handle)}` : `address:${request.ip}`;
    },
  } as const;

  app.post(
    '/auth/start',
    {
      config: { right: 'public', why: 'a sign-in begins here', rateLimit: perAddress(6) },
      schema: { body: AuthStart, response: { 200: AuthStarted } },
    },
    async (request) => {
      return signIn.start(AuthStart.parse(request.body), openerOf(request, needs));
    },
  );

  app.get(
    '/auth/go',
    {
      config: { right: 'public', why: 'the popup, before anyone is known', rateLimit: perAddress(3) },
      schema: { hide: true },
    },
    async (request, reply) => {
      const query = GoQuery.safeParse(request.query);
      const pending = query.success ? await signIn.pending(query.data.tx) : null;
      if (!query.success || !pending) return refused(new Problem('sign_in.invalid'), request, reply);
      if (query.data.continue) return reply.redirect(await signIn.onwards(query.data.tx), 302);
      return html(reply, goPage(wordsFor(request), query.data.tx, pending));
    },
  );

  app.get(
    '/auth/callback',
    {
      config: { right: 'public', why: 'Zoho sends the browser back here', rateLimit: perAddress(3) },
      schema: { hide: true },
    },
    async (request, reply) => {
      const query = CallbackQuery.safeParse(request.query);
      if (!query.success) return refused(new Problem('sign_in.invalid'), request, reply);
      try {
        const outcome = await signIn.callback(query.data);
        switch (outcome.kind) {
          case 'onwards':
            return reply.redirect(outcome.url, 302);
          case 'done':
            return html(
              reply,
              donePage(wordsFor(request), outcome.message, listenerOf(outcome), outcome.typed),
            );
          case 'refused': {
            const problem = problemOf(outcome.cause);
            noted(problem, request);
            const message = { type: 'customer360.refused', tx: outcome.tx, problem: problem.code } as const;
            return html(
              reply.code(problem.status),
              donePage(wordsFor(request), message, listenerOf(outcome)),
            );
          }
        }
      } catch (cause) {
        return refused(problemOf(cause), request, reply);
      }
    },
  );

  app.post(
    '/auth/redeem',
    {
      config: { right: 'public', why: 'proves itself by code and verifier', rateLimit: perAddress(1) },
      schema: { body: AuthRedeem, response: { 200: Session } },
    },
    async (request, reply) => {
      openerOf(request, needs); // nobody else's page may even try
      return withCookie(reply, await signIn.redeem(AuthRedeem.parse(request.body)));
    },
  );

  app.post(
    '/auth/refresh',
    {
      config: { right: 'public', why: 'proves itself by the cookie', rateLimit: perHandle },
      schema: { body: Nothing, response: { 200: Session } },
    },
    async (request, reply) => {
      requireWidgetPage(request, needs);
      try {
        return withCookie(reply, await sessions.refresh(request.cookies[COOKIE], needs.tenantOf));
      } catch (cause) {
        if (cause instanceof Problem && cause.code === 'session.ended') forgetCookie(reply);
        throw cause;
      }
    },
  );

  app.post(
    '/auth/logout',
    {
      config: { right: 'public', why: 'proves itself by the cookie', rateLimit: perHandle },
      schema: { body: Nothing },
    },
    async (request, reply) => {
      requireWidgetPage(request, needs);
      await sessions.endByHandle(request.cookies[COOKIE]);
      forgetCookie(reply);
      return reply.code(204).send();
    },
  );

  app.get(
    '/auth/assets/:name',
    {
      config: { right: 'public', why: "the popup's own script and style", rateLimit: false },
      schema: { hide: true },
    },
    async (request, reply) => {
      const { name } = request.params as { name: string }; // safe because the path has this parameter
      if (name !== 'popup.js' && name !== 'popup.css') throw new Problem('request.not_found');
      return reply.type(POPUP_ASSETS[name].type).send(POPUP_ASSETS[name].text);
    },
  );
}

const ATTRIBUTES = { path: '/', httpOnly: true, secure: true, sameSite: 'none', partitioned: true } as const;

function withCookie(reply: FastifyReply, { session, handle }: IssuedSession): Session {
  reply.setCookie(COOKIE, handle, { ...ATTRIBUTES, maxAge: COOKIE_SECONDS });
  return session;
}

function forgetCookie(reply: FastifyReply): void {
  reply.clearCookie(COOKIE, ATTRIBUTES);
}

const wordsFor = ({ headers }: FastifyRequest): PopupWords => popupWords(headers['accept-language']);

const html = (reply: FastifyReply, page: string): FastifyReply =>
  reply.type('text/html; charset=utf-8').header('content-security-policy', POPUP_POLICY).send(page);

function refused(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  noted(problem, request);
  return html(reply.code(problem.status), refusalPage(wordsFor(request), problem.code));
}

function noted(problem: Problem, request: FastifyRequest): void {
  const { cause } = problem.detail;
  request.log[problem.status >= 500 ? 'error' : 'info'](
    { problem: problem.code, err: cause },
    'sign-in refused',
  );
}
