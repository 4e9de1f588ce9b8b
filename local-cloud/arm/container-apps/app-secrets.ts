// Secrets and registries of an app. Values go in and come out of `listSecrets` only.
import { ArmError } from "../mechanics/arm-error.js";
import type { BodyFields, JsonObject } from "../mechanics/body-fields.js";
import { checkAssigned } from "./app-identity.js";
import { invalidRequest } from "./container-app-error.js";

export interface AppSecret {
  readonly name: string;
  readonly value?: string;
  readonly keyVaultUrl?: string;
  /** `system`, or the id of an identity: reads the vault. */
  readonly identity?: string;
}

export interface AppRegistry {
  readonly server: string;
  readonly username: string;
  readonly passwordSecretRef: string;
  readonly identity: string;
}

/** Who the app is, for what it may use. */
export interface AppOwner {
  readonly name: string;
  readonly identity: JsonObject | undefined;
}

export function secretsOf(configuration: BodyFields, app: AppOwner): readonly AppSecret[] {
  const secrets = (configuration.objects("secrets") ?? []).map((given) => secretOf(given, app));
  const names = secrets.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return secrets;
  throw new ArmError(
    400,
    "ContainerAppSecretInvalid",
    `Invalid Request: Container app secret(s) with name(s) '${twice}' are invalid: secret names are unique.`,
  );
}

/** As answers show them. */
export function withoutValues(secrets: readonly AppSecret[]): readonly JsonObject[] {
  return secrets.map(({ value: _, ...shown }) => shown);
}

export function registriesOf(
  configuration: BodyFields,
  secrets: readonly AppSecret[],
  app: AppOwner,
): readonly AppRegistry[] {
  return (configuration.objects("registries") ?? []).map((given) => {
    const registry = {
      server: given.string("server") ?? "",
      username: given.string("username") ?? "",
      passwordSecretRef: given.string("passwordSecretRef") ?? "",
      identity: given.string("identity") ?? "",
    };
    const path = `Configuration.Registries['${registry.server}']`;
    if (registry.server === "")
      throw invalidRequest("Configuration.Registries", "A registry has a server");
    if (registry.identity !== "") {
      checkAssigned(`${path}.Identity`, registry.identity, app.identity, app.name);
      return registry;
    }
    if (secrets.some(({ name }) => name === registry.passwordSecretRef)) return registry;
    // The words were not seen.
    const why = `It needs an identity, or a username and the name of a secret, got '${registry.passwordSecretRef}'`;
    throw invalidRequest(path, why);
  });
}

function secretOf(given: BodyFields, app: AppOwner): AppSecret {
  const name = given.string("name") ?? "";
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(name)) {
    throw invalid(
      name,
      "a value must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
    );
  }
  const [keyVaultUrl, identity] = [given.string("keyVaultUrl"), given.string("identity")];
  const value = given.string("value");
  if (keyVaultUrl === undefined || identity === undefined) {
    if (value === undefined || keyVaultUrl !== undefined) {
      throw invalid(name, "value or keyVaultUrl and identity should be provided");
    }
    return { name, value };
  }
  if (!/^https:\/\/[^?#]+\/secrets\/[0-9a-zA-Z-]+(\/[0-9a-f]{32})?$/.test(keyVaultUrl)) {
    // microsoft/azure-container-apps#733 for the code; the words were not seen.
    const message = `The keyVaultUrl of the secret '${name}' must be the address of a secret of a vault, got '${keyVaultUrl}'.`;
    throw new ArmError(400, "ContainerAppSecretKeyVaultUrlInvalid", message);
  }
  checkAssigned(`Configuration.Secrets['${name}'].Identity`, identity, app.identity, app.name);
  return { name, keyVaultUrl, identity };
}

function invalid(name: string, why: string): ArmError {
  return new ArmError(
    400,
    "ContainerAppSecretInvalid",
    `Invalid Request: Container app secret(s) with name(s) '${name}' are invalid: ${why}.`,
  );
}
