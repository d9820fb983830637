export type Service = 'accounts' | 'crm' | 'books';

export interface Exchange {
  readonly service: Service;
  readonly method: string;
  readonly url: string;
  readonly path: string;
  /** 0 when the connection was cut or never answered. */
  readonly status: number;
  readonly requestBody: string;
  readonly responseBody: string;
  /** No endpoint of this path exists. */
  readonly unknown: boolean;
}

export interface Exchanges {
  record(exchange: Exchange): void;
  list(service?: Service): readonly Exchange[];
  /** Calls per `service METHOD /path`, ids replaced by `{id}`. */
  counts(): Readonly<Record<string, number>>;
  reset(): void;
  /** Called for each exchange from now on; the answer stops it. */
  follow(listener: (exchange: Exchange) => void): () => void;
}

/** Beyond this the oldest are forgotten: a demo may run for days. */
const KEPT = 5_000;

export function createExchanges(): Exchanges {
  let kept: Exchange[] = [];
  const listeners = new Set<(exchange: Exchange) => void>();
  return {
    record(exchange) {
      kept.push(exchange);
      if (kept.length > KEPT) kept = kept.slice(-KEPT / 2);
      for (const listener of listeners) listener(exchange);
    },
    list: (service) => kept.filter((exchange) => !service || exchange.service === service),
    counts() {
      const counts: Record<string, number> = {};
      for (const { service, method, path } of kept) {
        const key = `${service} ${method} ${path.replace(/\/\d{6,20}(?=\/|$)/g, '/{id}')}`;
        counts[key] = (counts[key] ?? 0) + 1;
      }
      return counts;
    },
    reset() {
      kept = [];
    },
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
