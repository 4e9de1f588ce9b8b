// The one Microsoft Graph client of this package: the stock one, for Microsoft's hosts and for any other.
import { Client, MiddlewareFactory } from "@microsoft/microsoft-graph-client";
import { BatchedReads } from "./batched-reads.js";

/** Whatever hands out access tokens; the credentials of @azure/identity do. */
export interface TokenSource {
  getToken(scopes: string[]): Promise<{ readonly token: string } | null>;
}

export interface GraphClientOptions {
  readonly credential: TokenSource;
  /** Microsoft Graph's origin, `https://graph.microsoft.com`, without a path. */
  readonly graphOrigin: string;
  /** What the token is for. @default everything that was consented to: `{graphOrigin}/.default` */
  readonly scopes?: readonly string[];
  /** Whether reads that come at about the same time go out as one request. @default false */
  readonly batched?: boolean;
}

/** A client that speaks v1.0, follows redirects, and waits and repeats when Graph throttles it. */
export function graphClient(options: GraphClientOptions): Client {
  const { credential, graphOrigin, scopes = [`${graphOrigin}/.default`] } = options;
  const authProvider = {
    getAccessToken: async () => {
      const answer = await credential.getToken([...scopes]);
      if (answer === null) throw new Error("The sign-in gave no token for Microsoft Graph.");
      return answer.token;
    },
  };
  const handlers = MiddlewareFactory.getDefaultMiddlewareChain(authProvider);
  if (options.batched === true) handlers.unshift(new BatchedReads(`${graphOrigin}/v1.0`));
  return Client.initWithMiddleware({
    baseUrl: `${graphOrigin}/`,
    defaultVersion: "v1.0",
    // Without the port: with it the client would silently leave out the token.
    customHosts: new Set([new URL(graphOrigin).hostname]),
    middleware: handlers,
  });
}
