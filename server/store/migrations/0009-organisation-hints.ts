/** Which organisation a page said it sits in, while somebody signs in from it. */
export const organisationHints: readonly string[] = [
  'alter table sign_ins add column organisation_hint text',
];
