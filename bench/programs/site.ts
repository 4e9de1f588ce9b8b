/** Where the bots of the programs run. */
export const SITE = "https://contoso.com";
