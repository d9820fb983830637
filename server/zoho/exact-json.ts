/** A number literal too long for a double to hold exactly: 16 characters or more, no exponent. */
const LONG_NUMBER = /[:[,\s]-?\d[\d.]{15,}/;
const STRING_OR_LONG_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.]{15,}(?![\d.eE])/g;

/**
 * JSON as Zoho sends it. Number literals longer than a double holds become strings, so that a 19-digit id or a very
 * large amount keeps every digit; shorter ones survive `String(number)` unchanged (shortest round trip).
 * Throws a `SyntaxError` without the text in it.
 */
export function parseExactJson(text: string): unknown {
  try {
    return JSON.parse(LONG_NUMBER.test(text) ? text.replace(STRING_OR_LONG_NUMBER, quoteNumber) : text);
  } catch {
    // The engine's own message quotes the text, and texts from Zoho must not reach a log.
    throw new SyntaxError('Not JSON');
  }
}

const quoteNumber = (literal: string): string => (literal.startsWith('"') ? literal : `"${literal}"`);
