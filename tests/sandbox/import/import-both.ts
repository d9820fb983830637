import { PEOPLE } from '../demo/people.ts';
import type { Organisation } from '../organisation.ts';
import { pipelineOf } from './import-pipeline.ts';
import { receivablesOf } from './import-receivables.ts';
import { importedOrganisation } from './imported-organisation.ts';

/**
 * Both public sets side by side in one organisation. They share no customer: accounts of the receivables have
 * customers in Books and no deals, those of the pipeline deals and no customer.
 */
export function importBoth(dataDir: string, asOf: string, today: string): Organisation {
  const sets = [receivablesOf(dataDir, asOf, today), pipelineOf(dataDir, today)];
  return importedOrganisation(sets, {
    name: 'Imported receivables and pipeline',
    today,
    repId: PEOPLE.rep.id,
  });
}
