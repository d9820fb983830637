/** One Zoho data centre; all hosts of one account are in the same one. @see https://www.zoho.com/accounts/protocol/oauth/multi-dc.html */
export interface DataCentre {
  /** `location` as the authorisation call-back names it. */
  readonly location: string;
  readonly accounts: string;
  readonly api: string;
  /** Origin of the CRM pages that may frame our widgets. */
  readonly crm: string;
  /** Origin of the Books web application, for links. */
  readonly books: string;
}

const centre = (location: string, accounts: string, api: string, crm: string, books: string): DataCentre => ({
  location,
  accounts: `https://${accounts}`,
  api: `https://${api}`,
  crm: `https://${crm}`,
  books: `https://${books}`,
});

export const DATA_CENTRES: readonly DataCentre[] = [
  centre('us', 'accounts.zoho.com', 'www.zohoapis.com', 'crm.zoho.com', 'books.zoho.com'),
  centre('eu', 'accounts.zoho.eu', 'www.zohoapis.eu', 'crm.zoho.eu', 'books.zoho.eu'),
  centre('in', 'accounts.zoho.in', 'www.zohoapis.in', 'crm.zoho.in', 'books.zoho.in'),
  centre('au', 'accounts.zoho.com.au', 'www.zohoapis.com.au', 'crm.zoho.com.au', 'books.zoho.com.au'),
  centre('jp', 'accounts.zoho.jp', 'www.zohoapis.jp', 'crm.zoho.jp', 'books.zoho.jp'),
  centre('cn', 'accounts.zoho.com.cn', 'www.zohoapis.com.cn', 'crm.zoho.com.cn', 'books.zoho.com.cn'),
  centre('ca', 'accounts.zohocloud.ca', 'www.zohoapis.ca', 'crm.zohocloud.ca', 'books.zohocloud.ca'),
  centre('sa', 'accounts.zoho.sa', 'www.zohoapis.sa', 'crm.zoho.sa', 'books.zoho.sa'),
  centre('uk', 'accounts.zoho.uk', 'www.zohoapis.uk', 'crm.zoho.uk', 'books.zoho.uk'),
  centre('ae', 'accounts.zoho.ae', 'www.zohoapis.ae', 'crm.zoho.ae', 'books.zoho.ae'),
];

/** The loopback data centre: the same services at one local origin. @throws when the URL is not loopback. */
export function localDataCentre(localUrl: string): DataCentre {
  const { hostname, origin, protocol } = new URL(localUrl);
  if (protocol !== 'http:' || !['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) {
    throw new Error('ZOHO_LOCAL_URL must be an http address of this machine');
  }
  return { location: 'local', accounts: origin, api: origin, crm: origin, books: origin };
}
