import { HttpResponse } from 'msw';

/** Books' envelope: `code` 0 is success, everything else an error whatever the HTTP status says. */
export const booksAnswer = (resources: object, message = 'success'): Response =>
  HttpResponse.json({ code: 0, message, ...resources });

export const booksError = (status: number, code: number, message: string): Response =>
  HttpResponse.json({ code, message }, { status });

export const invalidValue = (parameter: string): Response =>
  booksError(400, 2, `Invalid value passed for ${parameter}`);

/** The same about a field of a body. */
export const invalidAttribute = (field: string): Response =>
  booksError(400, 4, `Invalid value passed for ${field}`);

/** Missing scope, bad token and foreign organisation are one answer. */
export const notAuthorised = (): Response =>
  booksError(401, 57, 'You are not authorized to perform this operation');

export const invalidUrl = (): Response => booksError(404, 5, 'Invalid URL Passed');

export const doesNotExist = (noun: string): Response => booksError(404, 1002, `${noun} does not exist.`);
