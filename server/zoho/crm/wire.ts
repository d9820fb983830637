import { z } from 'zod';
import { Currency, Day, Decimal, Id, maybe, Text } from '../wire-values.ts';

/** CRM v8 answers, as far as they are read; everything else is dropped. @see https://www.zoho.com/crm/developer/docs/api/v8/ */

const Named = z.object({ id: Id, name: Text });
const Lookup = maybe(z.object({ id: Id }));
const Info = maybe(z.object({ more_records: maybe(z.boolean()) }));

export const WireUser = z.object({
  id: Id,
  /** `null` until the user has confirmed. */
  zuid: maybe(Id),
  full_name: Text,
  email: Text,
  role: Named,
  profile: Named,
  status: z.string(),
  confirm: z.boolean(),
  type__s: maybe(z.string()),
});
export type WireUser = z.infer<typeof WireUser>;

export const UsersAnswer = z.object({ users: z.array(WireUser), info: Info });

/** Administrators are only counted by id: nobody's missing name may keep one out of the settings. */
export const AdministratorsAnswer = z.object({
  users: z.array(z.object({ id: Id, profile: z.object({ id: Id }) })),
  info: Info,
});

export const OrgAnswer = z.object({
  org: z.array(z.object({ id: Id, zgid: Id, company_name: Text, iso_code: Currency })).length(1),
});

const Word = z.string().regex(/^[A-Za-z0-9 _-]{1,60}$/);

export const StandingAnswer = z.object({
  org: z
    .array(
      z.object({
        iso_code: Currency,
        /** Nobody is kept out because of it, so whatever it holds may be of any form. */
        license_details: maybe(z.object({ paid_type: Word, trial_type: maybe(Word).catch(undefined) })).catch(
          undefined,
        ),
      }),
    )
    .length(1),
});

export const RolesAnswer = z.object({ roles: z.array(Named) });
export const ProfilesAnswer = z.object({ profiles: z.array(Named) });

export const AccountRow = z.object({ id: Id, Account_Name: Text });
export const ContactRow = z.object({ id: Id, Full_Name: Text, Account_Name: Lookup });
export const DealRow = z.object({
  id: Id,
  Deal_Name: Text,
  Stage: Text,
  Amount: maybe(Decimal),
  /** Only organisations with several currencies have it. */
  Currency: maybe(Currency),
  Closing_Date: maybe(Day),
  Account_Name: Lookup,
  Contact_Name: Lookup,
});
export type WireDeal = z.infer<typeof DealRow>;

/** The fields to ask for: the least that is shown. */
export const fieldsOf = (row: z.ZodObject): string =>
  Object.keys(row.shape)
    .filter((name) => name !== 'id')
    .join(',');

export const recordAnswer = <Row extends z.ZodType>(row: Row) => z.object({ data: z.array(row).length(1) });
export const listAnswer = <Row extends z.ZodType>(row: Row) => z.object({ data: z.array(row), info: Info });
export const IdRow = z.object({ id: Id });

export const ErrorAnswer = z.object({
  code: z.string(),
  status: z.literal('error'),
  /** Names the parameter when it is one of ours that CRM does not like. */
  details: z.object({ param_name: z.string().optional().catch(undefined) }).catch({}),
});
