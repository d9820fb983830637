/** The address carries no token, so a link cannot fetch it: the browser saves what we already hold. */
export function saveAs(content: Blob, name: string): void {
  const href = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
  URL.revokeObjectURL(href);
}
