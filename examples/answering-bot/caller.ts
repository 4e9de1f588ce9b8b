// Who sends a notification: only the calling service may. Anybody can reach a webhook, so this comes before everything else.
import { createRemoteJWKSet, jwtVerify } from "jose";
import { z } from "zod";

/** Both are named by Microsoft's samples. */
const ISSUERS = ["https://api.botframework.com", "https://graph.microsoft.com"];

export interface Expected {
  /** App id of the bot, which every token is for. */
  readonly appId: string;
  /** The one tenant whose people may call. */
  readonly tenantId: string;
  /** Address of the OpenID document that leads to the keys. */
  readonly openIdConfiguration: string;
}

/** Whether an `Authorization` header is of the calling service: signature, times, issuer, audience and tenant. */
export function callerCheck({ appId, tenantId, openIdConfiguration }: Expected) {
  const OpenId = z.object({ jwks_uri: z.url() });
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;

  async function findKeys() {
    const answer = await fetch(openIdConfiguration);
    return createRemoteJWKSet(new URL(OpenId.parse(await answer.json()).jwks_uri));
  }

  return async (authorization: string | undefined): Promise<boolean> => {
    const [, token] = /^Bearer (\S+)$/.exec(authorization ?? "") ?? [];
    if (token === undefined) return false;
    // Found once, and again after a failure; the set reads the keys anew when there are new ones.
    keys ??= findKeys();
    keys.catch(() => {
      keys = undefined;
    });
    try {
      const expected = { issuer: ISSUERS, audience: appId, algorithms: ["RS256"] };
      const { payload } = await jwtVerify(token, await keys, expected);
      return payload["tid"] === tenantId;
    } catch (error) {
      console.error(
        `A notification was refused: ${error instanceof Error ? error.message : error}`,
      );
      return false;
    }
  };
}
