// The address on which Microsoft asks for consent. A test holds it to adminConsentUrl of the rules, which stays out of
// the browser because its messages are for the people who deploy.

/** What the page knows when its button is pressed. */
export interface ConsentLinkParts {
  /** Origins. */
  readonly login: string;
  readonly graph: string;
  readonly appId: string;
  readonly redirectUri: string;
  readonly tenant: string;
  readonly state: string;
}

/** App roles are only consented to through `{graph}/.default` ("Admin consent on the Microsoft identity platform"). */
export function consentLink(parts: ConsentLinkParts): string {
  const query = new URLSearchParams({
    client_id: parts.appId,
    scope: `${parts.graph}/.default`,
    redirect_uri: parts.redirectUri,
    state: parts.state,
  });
  return `${parts.login}/${encodeURIComponent(parts.tenant)}/v2.0/adminconsent?${query}`;
}
