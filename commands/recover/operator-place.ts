// Where a stack's resources are looked for, and as whom, by what the stack's configuration and the environment say.
import { Cloud, endpointsFromEnvironment } from "../../rules/clouds.js";
import { operatorServices, type Services } from "../sign-in/services.js";

type Texts = Readonly<Record<string, string | undefined>>;

/** @param config full keys of the stack, such as `azure-native:subscriptionId`. @param project its name, for keys of its own */
export function operatorPlace(
  env: Texts,
  config: Texts,
  project: string,
): { services: Services; subscriptionId: string | undefined } {
  const stated = (keys: readonly string[], variables: readonly string[]) =>
    keys.map((key) => config[key]).find(Boolean) ??
    variables.map((name) => env[name]).find(Boolean);
  const named = config[`${project}:cloud`];
  const cloud = Object.values(Cloud).find((one) => one === named) ?? Cloud.Public;
  const tenantId = stated(
    ["azure-native:tenantId", "azuread:tenantId"],
    ["ARM_TENANT_ID", "AZURE_TENANT_ID"],
  );
  const endpoints = endpointsFromEnvironment(env, cloud);
  return {
    services: operatorServices({ endpoints, ...(tenantId === undefined ? {} : { tenantId }) }),
    subscriptionId: stated(
      ["azure-native:subscriptionId"],
      ["ARM_SUBSCRIPTION_ID", "AZURE_SUBSCRIPTION_ID"],
    ),
  };
}
