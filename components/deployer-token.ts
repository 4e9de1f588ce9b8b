// A Microsoft Graph token of whoever deploys, to read with while the program runs.
import { getClientToken } from "@pulumi/azure-native/authorization/getClientToken.js";
import * as azuread from "@pulumi/azuread";
import type * as pulumi from "@pulumi/pulumi";
import { type TokenClaims, tokenClaims } from "../graph/token-claims.js";
import { askedOnce } from "./asked-once.js";

/** A token and what it says of its holder. */
export interface DeployerToken {
  readonly token: string;
  readonly claims: TokenClaims;
}

/** A token from the azure-native provider's own credentials; undefined where it gives none. */
export const deployerToken = askedOnce(
  "azure-native",
  async (parent, graph): Promise<DeployerToken | undefined> => {
    try {
      const { token } = await getClientToken({ endpoint: graph }, { parent });
      return { token, claims: tokenClaims(token) };
    } catch {
      return undefined;
    }
  },
);

const directoryHolder = askedOnce("azuread", (parent) => azuread.getClientConfig({ parent }));

/**
 * The same, where it is the identity that the azuread provider works with: the two providers can be given credentials of
 * their own, and only azure-native hands out tokens. Undefined where they differ: nothing is known then, and nothing claimed.
 */
export async function directoryDeployerToken(
  parent: pulumi.Resource,
  graph: string,
): Promise<DeployerToken | undefined> {
  try {
    const [deployer, { objectId }] = await Promise.all([
      deployerToken(parent, graph),
      directoryHolder(parent),
    ]);
    return deployer?.claims.oid === objectId ? deployer : undefined;
  } catch {
    return undefined;
  }
}
