import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Settings } from '../../server/contract/settings.ts';
import { PassableStep } from '../../server/contract/setup.ts';

/**
 * Installs the extension the way an administrator does, through the same pages and routes: sign in at Zoho,
 * connect Books, choose the organisation, confirm the roles, finish. There is no back door.
 *
 * @param administrator the button text or user id to choose at Zoho's sign-in page
 */
export async function walkInstall({
  server,
  administratorId,
}: {
  server: string;
  administratorId: string;
}): Promise<Settings> {
  const signedIn = await signIn({ server, userId: administratorId, purpose: 'setup' });
  const api = authorised(server, signedIn);

  const { verifier, challenge } = proof();
  const started = (await api('POST', '/api/v1/settings/books/start', { challenge })) as Started; // safe because a wrong answer fails the walk
  const code = codeIn(await walkConsent(new URL(started.url, server).href, administratorId));
  await api('POST', '/api/v1/settings/books/redeem', { tx: started.tx, code, verifier });

  const choosing = Settings.parse(await api('GET', '/api/v1/settings'));
  if (choosing.books.state !== 'choose_organisation')
    throw new Error(`Books answered ${choosing.books.state}`);
  const [organisation] = choosing.books.organisations;
  if (!organisation) throw new Error('The administrator has no Books organisation');
  await api('PUT', '/api/v1/settings/books/organisation', { organisationId: organisation.id });
  await api('PUT', '/api/v1/settings/roles', {
    roles: choosing.roles.map(({ id, suggested, template }) => ({ id, template: suggested ?? template })),
  });
  for (const step of PassableStep.options) await api('PUT', '/api/v1/settings/setup/step', { step });
  return Settings.parse(await api('GET', '/api/v1/settings'));
}

/** Signs a CRM user in without a browser; answers the session as the widget gets it. */
export async function signIn(ask: {
  server: string;
  userId: string;
  purpose: 'panel' | 'setup';
}): Promise<{ accessToken: string; cookie: string }> {
  const { verifier, challenge } = proof();
  const started = (await json(
    await post(ask.server, '/auth/start', { challenge, purpose: ask.purpose }),
  )) as Started; // safe because a wrong answer fails the sign-in
  const page = await walkConsent(new URL(started.url, ask.server).href, ask.userId);
  const code = codeIn(page);
  const answer = await post(ask.server, '/auth/redeem', { tx: started.tx, code, verifier });
  const { accessToken } = (await json(answer)) as { accessToken: string };
  return { accessToken, cookie: cookieOf(answer) };
}

interface Started {
  readonly tx: string;
  readonly url: string;
}

/** What a widget makes before it asks for a consent. */
function proof(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** What the popup's last page hands to its opener. */
function codeIn(page: string): string {
  const code = /data-code="([A-Za-z0-9_-]{43})"/.exec(page)?.[1];
  if (!code) throw new Error(`The consent did not end with a code: ${page.slice(0, 400)}`);
  return code;
}

/** Follows our page to Zoho's, chooses the user, accepts, and answers the last page's HTML. */
async function walkConsent(goUrl: string, userId: string): Promise<string> {
  const go = await (await fetch(goUrl)).text();
  const onwards = /href="([^"]*\/auth\/go[^"]*)"/.exec(go)?.[1];
  if (!onwards) throw new Error('The sign-in page offers no way on');
  const consent = await fetch(new URL(unescaped(onwards), goUrl));
  const page = await consent.text();
  const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1];
  if (!action) throw new Error(`Zoho shows no consent form: ${page.slice(0, 300)}`);
  const hidden = [...page.matchAll(/<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)];
  const form = new URLSearchParams(hidden.map(([, name, value]) => [name ?? '', unescaped(value ?? '')]));
  form.set('user', userId);
  form.set('decision', 'accept');
  const back = await fetch(new URL(unescaped(action), consent.url), { method: 'POST', body: form });
  return back.text();
}

/** As the settings page does it: each change has a name of its own, and a token minted for it. */
function authorised(server: string, signedIn: { accessToken: string; cookie: string }) {
  let { accessToken, cookie } = signedIn;
  return async (method: string, path: string, body?: unknown): Promise<unknown> => {
    if (body !== undefined) {
      const renewed = await post(server, '/auth/refresh', {}, cookie);
      cookie = cookieOf(renewed);
      ({ accessToken } = (await json(renewed)) as { accessToken: string });
    }
    return json(
      await fetch(new URL(path, server), {
        method,
        headers: {
          authorization: `Bearer ${accessToken}`,
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', 'idempotency-key': randomUUID() }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  };
}

const post = (server: string, path: string, body: unknown, cookie?: string): Promise<Response> =>
  fetch(new URL(path, server), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: new URL(server).origin,
      'x-customer-360': '1',
      ...(cookie === undefined ? {} : { cookie }),
    },
    body: JSON.stringify(body),
  });

const cookieOf = (answer: Response): string => (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';

async function json(answer: Response): Promise<unknown> {
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  const text = await answer.text();
  return text === '' ? null : JSON.parse(text);
}

const unescaped = (html: string): string =>
  html.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<');
