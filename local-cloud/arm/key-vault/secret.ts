// Secrets of a vault as resources: written here, never read here. Resource Manager cannot delete one.
import { KeyVaultError } from "../../key-vault/key-vault-error.js";
import {
  changeVersion,
  type SecretContent,
  secretProperties,
  setSecret,
  vaultName,
} from "../../key-vault/secret-writes.js";
import { latestOf, type SecretVersion, secretOf } from "../../key-vault/vault-store.js";
import { ArmError } from "../mechanics/arm-error.js";
import { BodyFields } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { checkTags } from "../mechanics/tags.js";
import { KEY_VAULT_API_VERSIONS } from "./vault.js";
import { badRequest } from "./vault-error.js";

export const vaultSecret: ResourceType = {
  namespace: "Microsoft.KeyVault",
  type: "vaults/secrets",
  apiVersions: KEY_VAULT_API_VERSIONS,
  nameRule: {
    pattern: /^[0-9a-zA-Z-]+$/,
    minLength: 1,
    maxLength: 127,
    says: "letters, digits and hyphens",
  },
  methods: ["PUT", "PATCH"],
  merge: (_, patch) => patch,
  write,
};

function write(request: WriteRequest): Written {
  const { cloud, parent, id, method } = request;
  if (parent === undefined) throw new Error("a secret has a vault");
  const name = id.names.at(-1) ?? "";
  const fields = new BodyFields(request.body).object("properties");
  const value = fields.string("value");
  const changes = changesIn(request.body, fields);
  const version =
    method === "PATCH" && value === undefined
      ? changed(request, parent, name, changes)
      : written(request, parent, name, value, changes);
  const { location } = parent;
  return {
    ...(location === undefined ? {} : { location }),
    properties: secretProperties(cloud.context.origins(), id.names[0] ?? "", name, version),
  };
}

function written(
  { cloud }: WriteRequest,
  vault: ResourceRecord,
  name: string,
  value: string | undefined,
  changes: Omit<SecretContent, "value">,
): SecretVersion {
  // Not seen.
  if (value === undefined) throw badRequest("The parameter properties.value is not specified.");
  try {
    return setSecret(cloud.context, vault, name, { value, ...changes }).version;
  } catch (error) {
    if (!(error instanceof KeyVaultError)) throw error;
    throw new ArmError(error.status, error.code, error.message);
  }
}

function changed(
  { cloud: { context } }: WriteRequest,
  vault: ResourceRecord,
  name: string,
  changes: Omit<SecretContent, "value">,
): SecretVersion {
  const secret = secretOf(context.store, vaultName(vault), name);
  if (secret === undefined) throw new Error(`the secret ${name} is shown and not there`);
  return changeVersion(context, vault, secret, latestOf(secret), changes);
}

function changesIn(body: unknown, fields: BodyFields): Omit<SecretContent, "value"> {
  const tags = checkTags(body);
  const contentType = fields.string("contentType");
  const attributes = fields.object("attributes");
  const [enabled, nbf, exp] = [
    attributes.boolean("enabled"),
    attributes.integer("nbf"),
    attributes.integer("exp"),
  ];
  return {
    ...(contentType === undefined ? {} : { contentType }),
    ...(tags === undefined ? {} : { tags }),
    attributes: {
      ...(enabled === undefined ? {} : { enabled }),
      ...(nbf === undefined ? {} : { nbf }),
      ...(exp === undefined ? {} : { exp }),
    },
  };
}
