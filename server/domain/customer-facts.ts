/** What a person would recognise a Books customer by. Server-private; what is absent was not told, `null` is told to be none. */
export interface CustomerFacts {
  readonly name?: string;
  readonly company?: string | null;
  readonly email?: string | null;
  /** Of the people at the customer; only the customer's own page tells them. */
  readonly personsEmails?: readonly string[];
  readonly website?: string | null;
  /** VAT, GST or other registration number; only the customer's own page tells it. */
  readonly taxNumber?: string | null;
  readonly inactive?: boolean;
  /** Whether Books says it is linked with CRM; to which record, only its own page tells. */
  readonly linked?: boolean;
}
