// Secrets of an app that are in a vault: read there when a revision is made, in the name of the identity that the app says.
import { readSecret } from "../../key-vault/secret-reader.js";
import { principalOf } from "../managed-identity/resource-identity.js";
import type { ArmCloud } from "../mechanics/arm-call.js";
import { BodyFields } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import { environmentOf } from "./app-environment.js";

/** One sentence for each that the vault does not hand out (microsoft/azure-container-apps#930); it does not say why. */
export function secretProblems(cloud: ArmCloud, app: ResourceRecord): readonly string[] {
  const from = placeOf(cloud, app);
  return (new BodyFields(app.hidden).objects("secrets") ?? []).flatMap((secret) => {
    const [name, uri] = [secret.string("name"), secret.string("keyVaultUrl")];
    const identity = secret.string("identity") ?? "";
    if (uri === undefined) return [];
    const principalId = principalOf(cloud, identity, app.identity) ?? "";
    if ("secret" in readSecret(cloud.context, { uri, principalId, from })) return [];
    return `Field 'configuration.secrets' is invalid with details: 'Invalid value: "${name}": Unable to get value using Managed identity ${identity} for secret ${name}. Error: unable to fetch secret '${name}' using Managed identity '${identity}'';`;
  });
}

/** What the vault's network rules may know of the app: its environment's subnet. */
function placeOf(cloud: ArmCloud, app: ResourceRecord): { readonly subnetId?: string } {
  const { properties } = environmentOf(cloud, app);
  const network = new BodyFields(properties).object("vnetConfiguration");
  const subnetId = network.string("infrastructureSubnetId");
  return subnetId === undefined ? {} : { subnetId };
}
