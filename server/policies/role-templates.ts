import type { PolicyDocument, PolicyRule } from '../contract/policy.ts';
import type { Template } from '../contract/settings.ts';
import type { Caller } from '../identity/caller.ts';
import type { Install } from '../identity/install.ts';
import type { Policies } from './policies.ts';

/** Role by role, as the first settings page decides it: a rule for the role alone, with a built-in set. */

interface RoleTemplate {
  readonly id: string;
  readonly template: Template;
}

/** What the first settings page reads and writes of the policy. */
export const createRolePolicy = (policies: Pick<Policies, 'inForce' | 'change'>) => ({
  templates: async (install: Install): Promise<ReadonlyMap<string, Template>> =>
    templatesIn((await policies.inForce(install)).document),

  assign: async (
    caller: Caller,
    roles: readonly RoleTemplate[],
    administrators: readonly string[],
  ): Promise<void> => {
    const { version, document } = await policies.inForce(caller.install);
    await policies.change(caller, {
      basedOn: version,
      document: withTemplates(document, roles),
      administrators,
    });
  },
});

/** CRM role id → built-in set; a role not in here has no decision of its own. */
const templatesIn = ({ rules }: PolicyDocument): ReadonlyMap<string, Template> =>
  new Map(
    rules.flatMap((rule) => {
      const role = onlyRole(rule);
      return role === undefined ? [] : [[role, rule.template ?? 'least'] as const];
    }),
  );

/** The document with other sets for these roles; everything else that was decided stays. */
function withTemplates(document: PolicyDocument, roles: readonly RoleTemplate[]): PolicyDocument {
  const chosen = new Map(roles.map(({ id, template }) => [id, template]));
  const known = templatesIn(document);
  const added = roles
    .filter(({ id }) => !known.has(id))
    // Whoever works with figures may put documents on deals; the policy's editor can take it back.
    .map(
      ({ id, template }): PolicyRule => ({ role: id, template, levels: {}, mayLink: template !== 'least' }),
    );
  return {
    ...document,
    rules: [
      ...document.rules.map((rule) => ({
        ...rule,
        template: chosen.get(onlyRole(rule) ?? '') ?? rule.template,
      })),
      ...added,
    ],
  };
}

const onlyRole = ({ role, profile }: PolicyRule): string | undefined =>
  profile === undefined ? role : undefined;
