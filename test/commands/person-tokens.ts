// Tokens of a person who has signed in for Microsoft Graph, for what no application may do.
import { GLOBAL_ADMIN, widsOf } from "../../local-cloud/directory/people.js";
import { AccessTokens } from "../../local-cloud/entra/access-tokens.js";
import { signingKey } from "../../local-cloud/entra/signing-key.js";
import { pathsIn } from "../../local-cloud/state/state-folder.js";
import type { TestCloud } from "../support/test-cloud.js";

/** @param state the cloud's folder. Returns what makes a credential of a person with that delegated permission. */
export async function personTokens(cloud: TestCloud, state: string) {
  const { AZURE_AUTHORITY_HOST: login = "", LOCAL_GRAPH_URL: aud = "" } = cloud.environment();
  const key = await signingKey(pathsIn(state).signingKey);
  const tokens = new AccessTokens(
    key,
    () => login.replace(/\/$/, ""),
    () => new Date(),
  );
  const appid = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
  return (scp: string, person = GLOBAL_ADMIN) => {
    const claims = { aud, tid: person.tenantId, appid, oid: person.id, wids: widsOf(person) };
    return {
      getToken: async () => ({ token: await tokens.issue({ ...claims, idtyp: "user", scp }) }),
    };
  };
}
