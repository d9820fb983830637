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
      input: readdirSync(at('app/widgets'))
        .filter((name) => name.endsWith('.html'))
        .map((name) => at(`app/widgets/${name}`)),
    },
  },
});
