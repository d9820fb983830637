import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * The pages start with a few kilobytes that ask CRM and our server at once; React follows as a chunk of its own.
 * Announcing that chunk in the page lets both travel together instead of one after the other.
 */
const announceScreens: Plugin = {
  name: 'announce-screens',
  enforce: 'post',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle, chunk }) =>
      (chunk?.dynamicImports ?? [])
        .filter((name) => bundle?.[name]?.type === 'chunk' && /\/mount-[^/]+\.js$/.test(name))
        .map((name) => ({
          tag: 'link',
          attrs: { rel: 'modulepreload', crossorigin: true, href: `./${name.replace(/^widgets\//, '')}` },
          injectTo: 'head' as const,
        })),
  },
};

/** A pattern for these modules of a folder. */
const among = (folder: string, names: readonly string[]): string =>
  `/${folder}/(${names.join('|')})\\.[a-z]+$`;

const SPOKEN = [
  'words',
  'catalogue',
  'formats',
  'languages',
  'Notice',
  'Icon',
  'Part',
  'MoneyText',
  'is-some',
];
const DRAWN = [
  ...['Ageing', 'FourFigures', 'Figure', 'Ladder', 'VerdictLine', 'Explain', 'explanations'],
  ...['DocumentTable', 'DocumentStatus', 'DocumentName'],
];
const PANEL = [
  ...['Panel', 'PanelView', 'panel-state', 'LinkedCustomer', 'LinkableCustomer', 'Footer'],
  ...['MissingParts', 'NewestDocuments', 'Notices', 'preview-only', 'settings-href'],
];

/**
 * What arrives together with the figures, in few pieces: left alone, every part that is fetched when needed cuts what
 * the screens share into smaller ones, which compress worse. The entry is not in here: it must wait for none of them.
 */
const PIECES = [
  // What an entry shares with a screen must not live in the entry: whoever imports an entry starts its screen.
  { name: 'ask', test: /\/widgets\/api\/(ask|customer-360-question)\./ },
  { name: 'mount', priority: 2, test: /\/node_modules\/(react|react-dom|scheduler)\/|\/widgets\/ui\/mount/ },
  {
    name: 'screen',
    test: new RegExp(
      `/node_modules/@tanstack/|/zustand/esm/react\\.|/crm/widget-height|/translations/en\\.json|${among('widgets/ui', SPOKEN)}`,
    ),
  },
  {
    name: 'drawn',
    test: new RegExp(
      [
        among('widgets/ui', DRAWN),
        among('widgets/panel', PANEL),
        among('server/contract', ['customer-360', 'figures']),
        '/zod/v4/mini/iso\\.',
      ].join('|'),
    ),
  },
];

export default defineConfig({
  root: at('app'),
  // Zoho serves the packed widgets below a path we do not know
  base: './',
  plugins: [react(), announceScreens],
  build: {
    outDir: at('dist/app'),
    emptyOutDir: true,
    assetsDir: 'widgets/assets',
    // the packing toolkit drops .map files, and asset limits make inlining pointless
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    rolldownOptions: {
      output: { codeSplitting: { includeDependenciesRecursively: false, groups: PIECES } },
      input: readdirSync(at('app/widgets'))
        .filter((name) => name.endsWith('.html'))
        .map((name) => at(`app/widgets/${name}`)),
    },
  },
});
