// Whether the Key Vault references in a site's app settings resolve ("Use Key Vault references as app settings"). A setting whose
// reference does not resolve has the reference itself as its value, and no deployment fails of it.
import { vaultEndpoint } from "../../key-vault/endpoints.js";
import { readSecret } from "../../key-vault/secret-reader.js";
import { principalOf } from "../managed-identity/resource-identity.js";
import type { ArmAnswer, ArmCall } from "../mechanics/arm-call.js";
import type { JsonObject } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { hiddenObject } from "./app-settings.js";

const REFERENCE = /^@Microsoft\.KeyVault\((.*)\)$/;

/** `GET .../config/configreferences/appsettings`. */
export function listReferences(call: ArmCall, site: ResourceRecord): ArmAnswer {
  const value = Object.entries(hiddenObject(site, "appSettings")).flatMap(([name, setting]) => {
    const text = String(setting);
    if (!REFERENCE.test(text)) return [];
    return {
      id: `${site.id}/config/configreferences/appsettings/${name}`,
      name,
      type: "Microsoft.Web/sites/config/configreferences",
      location: site.location,
      properties: { reference: text, source: "KeyVault", ...resolved(call, site, text) },
    };
  });
  return { status: 200, body: { value } };
}

function resolved(call: ArmCall, site: ResourceRecord, text: string): JsonObject {
  const { context } = call.cloud;
  const parts = partsOf(text);
  const { VaultName: vault, SecretName: secret, SecretVersion: version = "" } = parts;
  const own = vault && `${vaultEndpoint(context.origins(), vault)}secrets/${secret}/${version}`;
  const uri = parts["SecretUri"] ?? own;
  if (uri === undefined) {
    return { status: "InvalidSyntax", details: "Key Vault reference was not able to be parsed." };
  }
  const wanted = String(site.properties["keyVaultReferenceIdentity"]);
  const principalId = principalOf(call.cloud, wanted, site.identity);
  const identityType = wanted === "SystemAssigned" ? wanted : "UserAssigned";
  if (principalId === undefined) return { status: "MSINotEnabled", identityType };
  const read = readSecret(context, {
    uri: uri.replace(/\/$/, ""),
    principalId,
    from: placeOf(site),
  });
  if ("secret" in read) {
    const names = { vaultName: read.vault.names[0], secretVersion: read.secret.version };
    return { status: "Resolved", identityType, ...names };
  }
  return { status: STATUS[read.code] ?? "OtherReasons", identityType, details: read.message };
}

const STATUS: Readonly<Record<string, string>> = {
  Forbidden: "AccessToKeyVaultDenied",
  SecretNotFound: "SecretNotFound",
  VaultNotFound: "VaultNotFound",
};

/** `SecretUri=…`, or `VaultName=…;SecretName=…;SecretVersion=…`. */
function partsOf(text: string): Readonly<Record<string, string | undefined>> {
  const inside = REFERENCE.exec(text)?.[1] ?? "";
  return Object.fromEntries(
    inside.split(";").map((part) => {
      const at = part.indexOf("=");
      return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
    }),
  );
}

/** A site asks from its subnet when it has one. */
function placeOf({ properties }: ResourceRecord): { readonly subnetId?: string } {
  const subnetId = properties["virtualNetworkSubnetId"];
  return typeof subnetId === "string" ? { subnetId } : {};
}
