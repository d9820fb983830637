import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { Problem } from '../../contract/problem.ts';
import { escaped } from '../popup-pages.ts';
import { widgetPolicy } from '../security-headers.ts';

interface WidgetsNeeds {
  /** Folder of the built widgets: the pages, and their files under `assets`. */
  readonly folder: string;
  readonly sdkUrl: string;
  /** Origins of CRM pages that may frame the widgets. */
  readonly crmOrigins: readonly string[];
}

const PAGE = /^[a-z][a-z0-9-]{0,40}\.html$/;
const FILE = /^[A-Za-z0-9_.-]{1,120}$/;

/** The widget pages as CRM frames them, on the same origin as the API. */
export async function widgetsRoutes(
  app: FastifyInstance,
  { folder, sdkUrl, crmOrigins }: WidgetsNeeds,
): Promise<void> {
  // Only `sendFile` is wanted: a wildcard route of its own would have no declared right.
  await app.register(fastifyStatic, { root: folder, serve: false });
  const contentPolicy = widgetPolicy({ sdkUrl, frames: crmOrigins });
  const filled: Readonly<Record<string, string>> = {
    __ZOHO_SDK_URL__: sdkUrl,
    __CRM_ORIGINS__: crmOrigins.join(' '),
    // empty: the API is where the page is
    __API_ORIGIN__: '',
  };

  app.get(
    '/widgets/:page',
    {
      config: { right: 'public', why: 'a page without data; figures come by the API', rateLimit: false },
      schema: { hide: true },
    },
    async (request, reply) => {
      const { page } = request.params as { page: string }; // safe because the path has this parameter
      const built = PAGE.test(page) ? await readFile(join(folder, page), 'utf8').catch(absent) : null;
      if (built === null) throw new Problem('request.not_found');
      const ready = Object.entries(filled).reduce(
        (text, [mark, value]) => text.replaceAll(mark, escaped(value)),
        built,
      );
      return reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-cache')
        .header('content-security-policy', contentPolicy)
        .send(ready);
    },
  );

  app.get(
    '/widgets/assets/:file',
    {
      config: { right: 'public', why: 'scripts and styles of the widget pages', rateLimit: false },
      schema: { hide: true },
    },
    async (request, reply) => {
      const { file } = request.params as { file: string }; // safe because the path has this parameter
      if (!FILE.test(file)) throw new Problem('request.not_found');
      // Their names change with their content.
      return reply.sendFile(`assets/${file}`, { maxAge: '365d', immutable: true });
    },
  );
}

function absent(cause: NodeJS.ErrnoException): null {
  if (cause.code === 'ENOENT') return null;
  throw cause;
}
