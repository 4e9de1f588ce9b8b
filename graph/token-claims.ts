// What an access token for Microsoft Graph says of whoever holds it. It is read, not verified: nothing is allowed by it.
import { z } from "zod";

const Claims = z.object({
  /** Object id of the holder. */
  oid: z.string().exactOptional(),
  /** Tenant that issued it. */
  tid: z.string().exactOptional(),
  /** App id of the application that asked for it. */
  appid: z.string().exactOptional(),
  /** App roles, by name: what is granted to an application. Absent when nothing is. */
  roles: z.array(z.string()).exactOptional(),
  /** Directory roles, by template id. */
  wids: z.array(z.string()).exactOptional(),
  /** Delegated scopes: present when a person signed in. */
  scp: z.string().exactOptional(),
  idtyp: z.string().exactOptional(),
});

export type TokenClaims = z.output<typeof Claims>;

/** Claims of an access token; none when it is not one that can be read. */
export function tokenClaims(token: string): TokenClaims {
  try {
    const payload = Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8");
    return Claims.parse(JSON.parse(payload));
  } catch {
    return {};
  }
}
