// Settings of the Microsoft Teams channel.
import { ArmError } from "../mechanics/arm-error.js";
import { type BodyFields, isJsonObject, type JsonObject } from "../mechanics/body-fields.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";

const DEPLOYMENT_ENVIRONMENTS = ["CommercialDeployment", "GCCModerateDeployment"];

/**
 * The settings as they are kept. What is left out is null in recorded answers, also `incomingCallRoute` (the portal
 * sends `graphPma`); of `enableCalling` it is false, of `deploymentEnvironment` CommercialDeployment.
 */
export function msTeamsProperties(
  channel: BodyFields,
  existing: ResourceRecord | undefined,
): JsonObject {
  const settings = channel.object("properties");
  const isEnabled = settings.boolean("isEnabled");
  if (isEnabled === undefined) throw invalid("'properties.properties.isEnabled' is required");
  return {
    enableCalling: settings.boolean("enableCalling") ?? false,
    incomingCallRoute: settings.string("incomingCallRoute") ?? null,
    callingWebhook: webhookOf(settings.string("callingWebhook"), existing),
    isEnabled,
    deploymentEnvironment: environmentOf(settings.string("deploymentEnvironment")),
    acceptedTerms: settings.boolean("acceptedTerms") ?? null,
  };
}

// Normalised as .NET's Uri does: a host alone gets a slash, a path stays (Azure/azure-rest-api-specs#18511).
// An emptied webhook changes nothing, by PUT and by PATCH (Azure/azure-rest-api-specs#9809).
function webhookOf(given: string | undefined, existing: ResourceRecord | undefined): string | null {
  if (given === undefined || given === "") {
    const settings = existing?.properties["properties"];
    const before = isJsonObject(settings) ? settings["callingWebhook"] : undefined;
    return typeof before === "string" ? before : null;
  }
  if (!/^https:\/\//i.test(given) || !URL.canParse(given)) {
    throw invalid(`CallingWebhook must be an absolute URL and must use HTTPS, got '${given}'`);
  }
  return new URL(given).href;
}

// An unknown value, also the one that an older description gave as the default, ends in a 500 of the real service
// (Azure/azure-rest-api-specs#28636).
function environmentOf(given: string | undefined): string {
  if (given === undefined || given === "") return "CommercialDeployment";
  const known = DEPLOYMENT_ENVIRONMENTS.find((name) => name.toLowerCase() === given.toLowerCase());
  if (known !== undefined) return known;
  throw new ArmError(
    500,
    "UnknownError",
    `An unexpected error occurred. Exception: 'Newtonsoft.Json.JsonSerializationException: Error converting value "${given}" to type 'Microsoft.Bot.Internal.Schema.FirstPartyChannelDeploymentEnvironment'. Path 'properties.deploymentEnvironment'. ---> System.ArgumentException: Requested value '${given}' was not found.'.`,
  );
}

function invalid(why: string): ArmError {
  return new ArmError(400, "InvalidChannelData", `Channel is not valid: ${why}.`);
}
