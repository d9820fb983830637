import pino, { type DestinationStream, type Logger } from 'pino';
import type { Config } from './config.ts';

/** The end of such an address is a secret. */
const HOOK = /^(\/hooks\/[^/]*\/[^/]*)\/.*$/;

/** Logs as JSON lines. Addresses lose their query, which can hold codes, and headers are never written. */
export function createLogger(
  level: Config['LOG_LEVEL'],
  destination: DestinationStream = process.stdout,
): Logger {
  const options = {
    level,
    serializers: {
      req: (request: { method: string; url: string }) => ({
        method: request.method,
        path: request.url.split('?')[0]?.replace(HOOK, '$1/[hidden]'),
      }),
      res: (reply: { statusCode: number }) => ({ statusCode: reply.statusCode }),
      err: (error: Error & { code?: unknown }) => ({
        type: error.name,
        message: error.message,
        code: error.code,
        stack: error.stack,
        cause:
          error.cause instanceof Error ? { type: error.cause.name, message: error.cause.message } : undefined,
      }),
    },
    // A second wall: nobody logs these on purpose.
    redact: {
      paths: [
        '*.authorization',
        '*.cookie',
        '*.accessToken',
        '*.refreshToken',
        '*.token',
        '*.code_verifier',
        '*.clientSecret',
        '*.handle',
      ],
      censor: '[hidden]',
    },
  };
  return pino(options, destination);
}
