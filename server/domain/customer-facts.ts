/** What a person would recognise a Books customer by. Server-private; what is absent was not told. */
export interface CustomerFacts {
  readonly name?: string;
  readonly company?: string;
  readonly email?: string;
  /** Of the people at the customer; only the customer's own page tells them. */
  readonly personsEmails?: readonly string[];
  readonly website?: string;
  /** VAT, GST or other registration number; only the customer's own page tells it. */
  readonly taxNumber?: string;
  readonly inactive?: boolean;
  /** Whether Books says it is linked with CRM; to which record, only its own page tells. */
  readonly linked?: boolean;
}
