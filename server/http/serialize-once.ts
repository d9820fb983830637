import type { FastifyInstance } from 'fastify';
import { serializerCompiler } from 'fastify-type-provider-zod';

/** Answers are checked against what their route declares and written as JSON; the very same answer once. */
export function serializeOnce(app: FastifyInstance): void {
  app.setSerializerCompiler((route) => {
    const serialize = serializerCompiler(route as Parameters<typeof serializerCompiler>[0]);
    const texts = new WeakMap<object, string>();
    return (answer: unknown) => {
      if (typeof answer !== 'object' || answer === null) return serialize(answer);
      const known = texts.get(answer);
      if (known !== undefined) return known;
      const text = serialize(answer);
      texts.set(answer, text);
      return text;
    };
  });
}
