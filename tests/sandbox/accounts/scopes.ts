/** `Service.group.group.OPERATION`, as the authorisation request lists them. @see https://www.zoho.com/crm/developer/docs/api/v8/scopes.html */
const FORM = /^[A-Za-z]+(\.[A-Za-z_]+)*\.[A-Za-z]+$|^(openid|email|profile)$/;
const WRITES = ['create', 'update', 'delete'];

/** `null` when the list is empty or one of them is no scope. */
export function parseScopes(listed: string): readonly string[] | null {
  const scopes = listed.split(/[\s,]+/).filter((scope) => scope !== '');
  return scopes.length > 0 && scopes.every((scope) => FORM.test(scope)) ? scopes : null;
}

/** Whether the granted scopes cover the one an endpoint needs: a wider group or ALL (or WRITE) covers more. */
export function mayUse(granted: readonly string[], needed: string): boolean {
  const need = split(needed);
  return granted.some((scope) => {
    const have = split(scope);
    const covers =
      need.group === have.group ||
      need.group.startsWith(`${have.group}.`) ||
      have.group === `${need.service}.fullaccess`;
    return (
      covers &&
      (have.operation === need.operation ||
        have.operation === 'all' ||
        (have.operation === 'write' && WRITES.includes(need.operation)))
    );
  });
}

/** Whether the scope lets an application change something. */
export const isWrite = (scope: string): boolean =>
  [...WRITES, 'write', 'all'].includes(split(scope).operation);

function split(scope: string): { service: string; group: string; operation: string } {
  const parts = scope.toLowerCase().split('.');
  return { service: parts[0] ?? '', group: parts.slice(0, -1).join('.'), operation: parts.at(-1) ?? '' };
}
