import { http, type RequestHandler } from 'msw';
import { createVisibility } from '../crm/visibility.ts';
import type { Organisation, Wire } from '../organisation.ts';
import { text } from '../zoho-wire.ts';
import { fileHandlers } from './files.ts';
import { at } from './pages/at.ts';
import { columns } from './pages/fields.ts';
import { framed, type Tab } from './pages/frame.ts';
import { html, type Markup } from './pages/markup.ts';
import { idOf, MODULES, type Module, recordsOf } from './pages/modules.ts';
import { recordList } from './pages/record-list.ts';
import { recordPage } from './pages/record-page.ts';
import { type Viewer, viewerOf } from './pages/viewer.ts';
import { type Hosted, widgetCard } from './pages/widget-card.ts';
import { switchUser } from './switch-user.ts';

interface Deps {
  readonly organisation: Organisation;
  /** Origin of our server; on another site than the CRM page, as at Zoho. */
  readonly widgetsOrigin: string;
  /** A real SDK file to serve, unmodified, instead of the stand-in. */
  readonly sdkFile?: string;
}

/**
 * The pages of the local CRM: lists, records with the panel beside them, the settings page, and the script that hosts
 * the widgets. Over HTTP only: the addresses are those of a site of its own.
 */
export function crmPageHandlers(deps: Deps): RequestHandler[] {
  const { organisation, widgetsOrigin } = deps;
  const [accounts] = MODULES;
  const visibility = createVisibility(organisation);

  // the rule of the CRM API: what is not in the list is not to be read either
  const seenBy = (viewer: Viewer, module: Module): readonly Wire[] =>
    visibility.opens(viewer, module.name)
      ? recordsOf(organisation, module).filter((record) => visibility.sees(viewer, module.name, record))
      : [];

  const page = (request: Request, tab: Tab | null, build: (viewer: Viewer, url: URL) => Built): Response => {
    const url = new URL(request.url);
    const viewer = viewerOf(organisation, request);
    const { title, main, status = 200 } = build(viewer, url);
    const here = url.pathname + url.search;
    return new Response(framed({ organisation, viewer, tab, title, main, here }), {
      status,
      headers: { 'content-type': 'text/html; charset=utf-8', ...pageHeaders(widgetsOrigin) },
    });
  };

  const list = (request: Request, module: Module): Response =>
    page(request, module.path, (viewer, { searchParams }) => ({
      title: module.name,
      main: recordList({
        module,
        records: seenBy(viewer, module),
        fields: columns(text(organisation.org.crm, 'iso_code'))[module.name],
        query: searchParams,
      }),
    }));

  const hosted = (
    viewer: Viewer,
    widget: Pick<Hosted, 'title' | 'record' | 'decoy'> & { page: string },
  ): Markup =>
    widgetCard({
      title: widget.title,
      src: `${widgetsOrigin}/widgets/${widget.page}`,
      user: asCurrentUser(viewer.user),
      org: organisation.org.crm,
      ...(widget.record ? { record: widget.record } : {}),
      ...(widget.decoy ? { decoy: widget.decoy } : {}),
    });

  const record = (request: Request, module: Module): Response =>
    page(request, module.path, (viewer, url) => {
      const id = decodeURIComponent(url.pathname.split('/')[2] ?? '');
      const seen = seenBy(viewer, module);
      const found = seen.find((one) => idOf(one) === id);
      if (!found) return NOT_FOUND;
      const decoy = seen.find((one) => one !== found);
      const deals = MODULES.find(({ name }) => name === 'Deals');
      return {
        title: module.nameOf(found),
        main: recordPage({
          organisation,
          module,
          record: found,
          deals: deals ? seenBy(viewer, deals) : [],
          widget: hosted(viewer, {
            page: 'panel.html',
            title: 'Customer 360',
            record: { module: module.name, id },
            ...(decoy ? { decoy: { module: module.name, id: idOf(decoy) } } : {}),
          }),
        }),
      };
    });

  return [
    http.get(at('/'), ({ request }) => (accounts ? list(request, accounts) : notFound())),
    ...MODULES.flatMap((module) => [
      http.get(at(`/${module.path}`), ({ request }) => list(request, module)),
      http.get(at(`/${module.path}/[^/]+`), ({ request }) => record(request, module)),
    ]),
    http.get(at('/settings'), ({ request }) =>
      page(request, 'settings', (viewer) => ({
        title: 'Settings',
        main: html`<div class="heading"><div><h1>Settings</h1><p>Extensions of this organisation</p></div></div>
<div class="settings">${hosted(viewer, { page: 'settings.html', title: 'Customer 360 settings' })}</div>`,
      })),
    ),
    http.post(at('/crm-page/user'), async ({ request }) => switchUser(organisation, request)),
    http.get(at('/crm-page/record'), ({ request }) => {
      const { searchParams } = new URL(request.url);
      const viewer = viewerOf(organisation, request);
      const module = MODULES.find(({ name }) => name === searchParams.get('module'));
      const found = module && seenBy(viewer, module).find((one) => idOf(one) === searchParams.get('id'));
      return Response.json({ data: found ? [found] : [] });
    }),
    ...fileHandlers(deps.sdkFile),
  ];
}

interface Built {
  readonly title: string;
  readonly main: Markup;
  readonly status?: number;
}

/** Absent and not allowed look the same. */
const NOT_FOUND: Built = {
  title: 'Not found',
  status: 404,
  main: html`<div class="heading"><div><h1>Not found</h1><p>There is no such record, or you have no permission to see it.</p></div></div>
<p class="empty"><a href="/accounts">All accounts</a></p>`,
};

const notFound = (): Response => new Response('Not found', { status: 404 });

const pageHeaders = (widgetsOrigin: string): Record<string, string> => ({
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'self'; img-src 'self' data:; frame-src 'self' http://localhost:* ${widgetsOrigin}; frame-ancestors 'none'; form-action 'self'`,
  'referrer-policy': 'strict-origin-when-cross-origin',
});

/** `getCurrentUser` answers a flat object with these members only. */
function asCurrentUser(user: Wire): Record<string, unknown> {
  const keys = [
    'id',
    'full_name',
    'first_name',
    'last_name',
    'email',
    'zuid',
    'status',
    'confirm',
    'alias',
    'role',
    'profile',
  ];
  return Object.fromEntries(keys.filter((key) => key in user).map((key) => [key, user[key]]));
}
