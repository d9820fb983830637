import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { build, type InlineConfig, preview } from 'vite';
import { ROOT } from '../support/run.ts';

export interface Gallery {
  /** The page with every state; `?state=NAME&theme=night&locale=ar` shows one alone. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Builds the gallery outside the product's own build and serves it on loopback. @param port 0 for any free one */
export async function openGallery({ port = 0 }: { port?: number } = {}): Promise<Gallery> {
  const outDir = mkdtempSync(join(tmpdir(), 'gallery-'));
  const page: InlineConfig = {
    configFile: false,
    root: join(ROOT, 'tests/gallery'),
    logLevel: 'warn',
    plugins: [react()],
  };
  await build({ ...page, build: { outDir, emptyOutDir: true, target: 'es2022' } });
  const server = await preview({ ...page, build: { outDir }, preview: { host: '127.0.0.1', port } });
  const [url] = server.resolvedUrls?.local ?? [];
  if (!url) throw new Error('The gallery has no address');
  return {
    url,
    close: async () => {
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
