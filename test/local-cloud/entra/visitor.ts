// A browser's visit without a browser: keeps cookies, does not follow redirects, fills the forms of a page.

export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  /** Where it redirects to; undefined when it does not. */
  readonly location: string | undefined;
  readonly text: string;
  /** The address that was asked for. */
  readonly url: string;
}

export class Visitor {
  private readonly cookies = new Map<string, string>();

  async get(url: string): Promise<Seen> {
    return this.send(url, {});
  }

  /** Sends fields as a form of `page` would, with that page's hidden fields unless `fields` say otherwise. */
  async submit(page: Seen, fields: Record<string, string>): Promise<Seen> {
    const body = new URLSearchParams({ ...hiddenFields(page.text), ...fields });
    return this.post(page.url, body);
  }

  async post(
    url: string,
    body: URLSearchParams,
    headers: Record<string, string> = { Origin: new URL(url).origin },
  ): Promise<Seen> {
    return this.send(url, { method: "POST", body, headers });
  }

  /** Signs in on a sign-in page and opens what it was in front of. */
  async signIn(page: Seen, person: { readonly id: string }): Promise<Seen> {
    const answer = await this.submit(page, { action: "sign-in", person: person.id });
    return answer.location === page.url ? this.get(page.url) : answer;
  }

  /** Opens `url` and signs in there. */
  async visit(url: string, person: { readonly id: string }): Promise<Seen> {
    return this.signIn(await this.get(url), person);
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  private async send(url: string, init: RequestInit): Promise<Seen> {
    const headers = new Headers(init.headers);
    if (this.cookies.size > 0) headers.set("Cookie", this.cookieHeader);
    const response = await fetch(url, { ...init, headers, redirect: "manual" });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = (cookie.split(";")[0] ?? "").split("=");
      this.cookies.set(name, value);
    }
    return {
      status: response.status,
      headers: response.headers,
      location: response.headers.get("location") ?? undefined,
      text: await response.text(),
      url,
    };
  }
}

function hiddenFields(page: string): Record<string, string> {
  const inputs = page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g);
  return Object.fromEntries([...inputs].map(([, name = "", value = ""]) => [name, value]));
}

/** Where a redirect goes, and the parameters it carries. */
export function answerOf({ location }: Seen): { to: string; parameters: Record<string, string> } {
  const url = new URL(location ?? "none:");
  return {
    to: `${url.origin}${url.pathname}`,
    parameters: Object.fromEntries(url.searchParams),
  };
}

/** The AADSTS number of an error page or of a redirect; undefined where there is none. */
export function aadsts({ location, text }: Seen): string | undefined {
  const description =
    location === undefined ? text : new URL(location).searchParams.get("error_description");
  return /AADSTS\d+/.exec(description ?? "")?.[0];
}
