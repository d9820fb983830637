import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** What any answer says unless its route says otherwise: nothing runs, nobody frames, nobody stores. */
export async function sendSecurityHeaders(app: FastifyInstance, publicUrl: string): Promise<void> {
  await app.register(helmet, {
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
  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (request.url.startsWith('/api/') || request.url.startsWith('/auth/'))
      reply.header('vary', 'Authorization, Origin');
  });
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
