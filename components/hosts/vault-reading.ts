// A Key Vault that exists, as Resource Manager knows it and as whoever deploys may read it. Reads only.
import { getClientToken } from "@pulumi/azure-native/authorization/getClientToken.js";
import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { armName } from "../../rules/arm-ids.js";
import type { VaultAccess } from "../../rules/hosts/vault-access.js";
import type { ArmReading } from "../arm-reading.js";

const ARM_API_VERSION = "2024-11-01";
const DATA_API_VERSION = "7.4";
const PATIENCE_MS = 10_000;

/** What Resource Manager says of a vault. */
export interface VaultPlace {
  /** Without a final slash. */
  readonly uri: string;
  /** Undefined where Resource Manager may not be asked. */
  readonly access: VaultAccess | undefined;
  /** Of Resource Manager's answer; undefined where there was none. */
  readonly status: number | undefined;
}

const Rules = z.object({
  defaultAction: z.string().default("Allow"),
  virtualNetworkRules: z.array(z.object({ id: z.string() })).default([]),
});

const Vault = z.object({
  properties: z.object({
    vaultUri: z.string(),
    enableRbacAuthorization: z.boolean().nullish(),
    publicNetworkAccess: z.string().nullish(),
    networkAcls: Rules.nullish(),
  }),
});

/** `audience` is whom a token for vaults is for: a vault's host lies below it. */
export async function vaultPlace(
  arm: ArmReading,
  vaultId: string,
  audience: string,
): Promise<VaultPlace> {
  const name = armName(vaultId);
  const answer = await arm.ask(vaultId, ARM_API_VERSION);
  const status = answer?.status;
  const said = Vault.safeParse(await answer?.json().catch(() => undefined));
  if (!said.success) {
    const uri = `https://${name.toLowerCase()}.${new URL(audience).host}`;
    return { uri, access: undefined, status };
  }
  const { properties } = said.data;
  const rules = properties.networkAcls;
  const closed = rules?.defaultAction.toLowerCase() === "deny";
  return {
    status,
    uri: properties.vaultUri.replace(/\/+$/, ""),
    access: {
      name,
      usesRoles: properties.enableRbacAuthorization === true,
      isPublic: properties.publicNetworkAccess?.toLowerCase() !== "disabled",
      subnets: closed ? rules.virtualNetworkRules.map(({ id }) => id) : undefined,
    },
  };
}

/** One GET of the vault itself; undefined where there is no token or no answer. */
export type VaultReading = (path: string) => Promise<Response | undefined>;

/** The vault as whoever deploys may read it; undefined where the provider gives no token for vaults. */
export async function vaultReading(
  { uri }: VaultPlace,
  audience: string,
  parent: pulumi.Resource,
): Promise<VaultReading | undefined> {
  try {
    const { token } = await getClientToken({ endpoint: audience }, { parent });
    return (path) => get(`${uri}/${path}?api-version=${DATA_API_VERSION}`, token);
  } catch {
    return undefined;
  }
}

async function get(url: string, token: string): Promise<Response | undefined> {
  try {
    return await fetch(url, {
      headers: { Authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    return undefined;
  }
}
