import helmet from '@fastify/helmet';
import Fastify, { type FastifyInstance } from 'fastify';

/** What any answer says unless its route says otherwise: nothing runs, nobody frames, nobody stores. */
export async function sendSecurityHeaders(app: FastifyInstance, publicUrl: string): Promise<void> {
  const always = { ...(await helmetHeaders(publicUrl)), 'cache-control': 'no-store' };
  const ofApi = { ...always, vary: 'Authorization, Origin' };
  app.addHook('onRequest', (request, reply, done) => {
    const isApi = request.url.startsWith('/api/') || request.url.startsWith('/auth/');
    reply.headers(isApi ? ofApi : always);
    done();
  });
}

/** Helmet says the same to everybody, so it is asked once. */
async function helmetHeaders(publicUrl: string): Promise<Record<string, string>> {
  const asked = Fastify();
  await asked.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // frame-ancestors says it better, and the widgets are framed on purpose
    frameguard: false,
    // The sign-in popup must keep its opener: it is how the result gets back.
    crossOriginOpenerPolicy: false,
    crossOriginEmbedderPolicy: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
  });
  asked.get('/', async () => '');
  const { headers } = await asked.inject('/');
  await asked.close();
  const { date, connection, 'content-length': length, 'content-type': type, ...said } = headers;
  return said as Record<string, string>; // safe because helmet sets each of its headers once, as text
}

/** For what is no page at all. */
export const NOTHING_POLICY = policy({ 'default-src': "'none'", 'frame-ancestors': "'none'" });

/** For our popup pages: their own script and style, and nothing else. */
export const POPUP_POLICY = policy({
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'frame-ancestors': "'none'",
});

/** For a widget page inside CRM. */
export const widgetPolicy = ({ sdkUrl, frames }: { sdkUrl: string; frames: readonly string[] }): string =>
  policy({
    'default-src': "'none'",
    'script-src': `'self' ${new URL(sdkUrl).origin}`,
    'style-src': "'self'",
    'connect-src': "'self'",
    'img-src': "'self' data:",
    'font-src': "'self'",
    'frame-ancestors': frames.join(' '),
  });

function policy(directives: Readonly<Record<string, string>>): string {
  const all = { ...directives, 'base-uri': "'none'", 'form-action': "'none'" };
  return Object.entries(all)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}
