/** Which page opened a sign-in's window, where it is one hosted by Zoho: nobody else is told how it ended. */
export const openers: readonly string[] = ['alter table sign_ins add column opener_origin text'];
