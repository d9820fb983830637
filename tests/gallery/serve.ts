import { openGallery } from './open-gallery.ts';

/** `npm run gallery`: every designed state of every widget on one page. */
const { url, close } = await openGallery({ port: Number(process.env.PORT ?? 0) });
process.stdout.write(`ready: ${url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    close().finally(() => process.exit(0));
  });
}
