/** A whole path: `/contacts` must not answer for `/books/v3/contacts`. */
export const at = (path: string): RegExp => new RegExp(`^https?://[^/]+${path}$`);
