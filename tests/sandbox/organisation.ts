/**
 * An organisation folder in memory: what `--data DIR` loads and what the demo generator and the importers make.
 * Everything is in Zoho's own wire shape (as its detail calls answer), so it can be compared with Zoho's API
 * descriptions. List rows are cut from these details by the sandbox.
 */
export type Wire = Record<string, unknown>;

export interface Organisation {
  /** `org.json` */
  readonly org: OrgFile;
  readonly crm: {
    readonly Accounts: Wire[];
    readonly Contacts: Wire[];
    readonly Deals: Wire[];
    readonly Products: Wire[];
    readonly Vendors: Wire[];
    readonly users: Wire[];
    readonly roles: Wire[];
    readonly profiles: Wire[];
  };
  readonly books: {
    readonly organizations: Wire[];
    readonly contacts: Wire[];
    readonly invoices: Wire[];
    readonly customerpayments: Wire[];
    readonly creditnotes: Wire[];
    readonly estimates: Wire[];
    readonly salesorders: Wire[];
    readonly expenses: Wire[];
    readonly items: Wire[];
    readonly users: Wire[];
  };
  /** What only a maker of organisations knows, for measurements. No call of the local Zoho tells it. */
  readonly truth?: {
    /** The deal each document belongs to that Books holds none for: document id → deal id. */
    readonly dealOfDocument: Readonly<Record<string, string>>;
  };
}

/** The CRM organisation itself plus what only a local Zoho needs to know. */
export interface OrgFile {
  /** `GET /crm/v8/org` → `org[0]`: id, zgid, company_name, iso_code, time_zone, … */
  readonly crm: Wire;
  /** Day the folder was made for; the sandbox's clock says this date. Absent: the machine's. */
  readonly today?: string;
  /** Organisation-wide sharing of CRM modules; Accounts, Contacts and Deals are private unless it says otherwise. */
  readonly sharing?: Readonly<
    Record<string, 'private' | 'public' | 'public_read_only' | 'public_read_write'>
  >;
  /** Who opens the CRM page first: ids from `crm/users`. */
  readonly demo?: { readonly administratorId?: string; readonly repId?: string };
}
