import type { Audit } from '../audit/audit.ts';
import {
  DefinitionsDocument,
  type DefinitionsHistory,
  type DefinitionsView,
} from '../contract/definitions.ts';
import { Problem } from '../contract/problem.ts';
import type { SaveDefinitions } from '../contract/save-definitions.ts';
import { type Definitions, makeSense, USUAL_DEFINITIONS } from '../domain/definitions.ts';
import { usualFloor } from '../domain/payer-grade.ts';
import type { Caller } from '../identity/caller.ts';
import { definitionsOf } from '../identity/install.ts';
import type { Database } from '../store/database.ts';
import { addVersion, versionsOf } from '../store/versions.ts';

/** Versions told at once. */
const HISTORY = 50;

/**
 * What administrators do with the organisation's definitions. Each of these asks CRM afresh whether the caller is one.
 * Which version is in force comes with the install at every request, so every server reckons by it at the next one.
 * @throws Problem `settings.not_administrator`
 */
export interface DefinitionSettings {
  view(caller: Caller): Promise<DefinitionsView>;
  /** @throws Problem `definitions.contradict`, `definitions.changed_meanwhile` */
  save(caller: Caller, save: SaveDefinitions): Promise<DefinitionsView>;
  history(caller: Caller): Promise<DefinitionsHistory>;
}

interface Needs {
  readonly database: Database;
  readonly audit: Pick<Audit, 'record'>;
  readonly mustAdminister: (caller: Caller) => Promise<unknown>;
  readonly clock: () => Date;
}

export function createDefinitionSettings({
  database,
  audit,
  mustAdminister,
  clock,
}: Needs): DefinitionSettings {
  return {
    async view(caller) {
      await mustAdminister(caller);
      const { install } = caller;
      return told(caller, {
        version: install.definitions?.version ?? 0,
        document: mutable(definitionsOf(install)),
      });
    },

    async save(caller, { basedOn, document }) {
      await mustAdminister(caller);
      if (!makeSense(document)) throw new Problem('definitions.contradict');
      const { install, crmUserId: who, name, amr } = caller;
      const version = basedOn + 1;
      await database.transaction(async (on) => {
        const added = await addVersion(on, 'definitions', install.id, {
          basedOn,
          document,
          at: clock(),
          byId: who,
          byName: name,
        });
        if (!added) throw new Problem('definitions.changed_meanwhile');
        await audit.record(on, install.id, {
          action: 'definitions.changed',
          who,
          amr,
          subject: `definitions/${version}`,
          outcome: 'saved',
        });
      });
      return told(caller, { version, document });
    },

    async history(caller) {
      await mustAdminister(caller);
      const rows = await versionsOf(database, 'definitions', caller.install.id, HISTORY);
      return {
        versions: rows.map(({ version, at, byId, byName, document }) => ({
          version,
          at: at.toISOString(),
          by: { id: byId, name: byName },
          document: DefinitionsDocument.parse(document),
        })),
      };
    },
  };
}

/** Nothing of it is changed; a contract's list is of the other kind. */
const mutable = (definitions: Definitions): DefinitionsDocument => ({
  ...definitions,
  ageingEdges: [...definitions.ageingEdges],
});

function told(
  { install }: Caller,
  { version, document }: Pick<DefinitionsView, 'version' | 'document'>,
): DefinitionsView {
  const baseCurrency = install.books?.currency ?? install.crmCurrency;
  return {
    version,
    document,
    usual: mutable(USUAL_DEFINITIONS),
    baseCurrency,
    usualFloor: usualFloor(baseCurrency).amount,
  };
}
