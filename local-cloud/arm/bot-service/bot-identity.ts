// Which application a bot is, and what can never change about it.
import { ArmError } from "../mechanics/arm-error.js";
import type { BodyFields } from "../mechanics/body-fields.js";
import { isGuid } from "../mechanics/guid.js";
import type { WriteRequest } from "../mechanics/resource-type.js";
import { type BotProblem, invalidBot, invalidBotData } from "./bot-error.js";

/** Named as the service names them. */
export interface BotIdentityFields {
  readonly msaAppId: string;
  readonly msaAppType: string;
  readonly msaAppTenantId: string | null;
  readonly msaAppMSIResourceId: string | null;
}

const APP_TYPES = ["UserAssignedMSI", "SingleTenant", "MultiTenant"];
const MULTI_TENANT_ENDED = new Date("2025-08-01T00:00:00Z");
const IDENTITY_TYPE = "Microsoft.ManagedIdentity/userAssignedIdentities";

/** Checks everything about a bot that can be wrong, and says all of it at once. Throws 400. */
export function checkBot(request: WriteRequest, fields: BodyFields): BotIdentityFields {
  const identity = identityOf(fields);
  // OfficeDev/Microsoft-Teams-Samples#1863 and #1965. A bot from before that day is still MultiTenant.
  const isTooLate = request.cloud.context.now() >= MULTI_TENANT_ENDED;
  if (request.existing === undefined && identity.msaAppType === "MultiTenant" && isTooLate) {
    throw new ArmError(
      400,
      "InvalidBotCreationData",
      "Multitenant bot creation is deprecated. Please use SingleTenant or UserAssignedMSI",
    );
  }
  checkEndpoint(fields.string("endpoint"));
  const problems = [
    ...displayNameProblems(fields),
    ...(request.existing === undefined
      ? creationProblems(request, identity)
      : changeProblems(request.existing.properties, identity)),
  ];
  if (problems.length > 0) throw invalidBot(problems);
  return identity;
}

/** A bot's name and its application belong to no other bot of any subscription. */
export function claimsOf(request: WriteRequest, identity: BotIdentityFields): readonly string[] {
  return [nameClaim(request.id.names.at(-1) ?? ""), appClaim(identity.msaAppId)];
}

/** The claim that a bot of this name holds. */
export function nameClaim(name: string): string {
  return `bot-name/${name.toLowerCase()}`;
}

function appClaim(appId: string): string {
  return `bot-app/${appId.toLowerCase()}`;
}

// A template without msaAppType meant MultiTenant (OfficeDev/Microsoft-Teams-Samples#1965).
function identityOf(fields: BodyFields): BotIdentityFields {
  const given = fields.string("msaAppType") ?? "MultiTenant";
  const msaAppType = APP_TYPES.find((type) => type.toLowerCase() === given.toLowerCase());
  if (msaAppType === undefined) {
    const message = `MsaAppType must be one of ${APP_TYPES.join(", ")}, got '${given}'`;
    throw invalidBot([{ field: "MsaAppType", message }]);
  }
  return {
    msaAppId: fields.string("msaAppId") ?? "",
    msaAppType,
    msaAppTenantId: fields.string("msaAppTenantId") || null,
    msaAppMSIResourceId: fields.string("msaAppMSIResourceId") || null,
  };
}

// No endpoint is fine: a bot may be registered before it runs anywhere (microsoft/botbuilder-tools#1020).
// The text is that of OfficeDev/microsoft-365-agents-toolkit#7901; a leading space is refused (botframework-sdk#4418).
function checkEndpoint(endpoint: string | undefined): void {
  if (endpoint === undefined || endpoint === "") return;
  if (/^https:\/\/\S+$/i.test(endpoint) && URL.canParse(endpoint)) return;
  throw invalidBotData("The endpoint property was not recognized as valid HTTPS URL");
}

function displayNameProblems(fields: BodyFields): BotProblem[] {
  const displayName = fields.string("displayName");
  if (displayName !== undefined && displayName.trim() !== "") return [];
  return [{ field: "DisplayName", message: "DisplayName is required" }];
}

function creationProblems(request: WriteRequest, identity: BotIdentityFields): BotProblem[] {
  const { resources } = request.cloud;
  const { msaAppId, msaAppTenantId } = identity;
  const problems: BotProblem[] = [];
  if (resources.holderOf(nameClaim(request.id.names.at(-1) ?? "")) !== undefined) {
    problems.push({ field: "Id", message: "Id is already in use." });
  }
  if (!isGuid(msaAppId)) {
    problems.push({ field: "MsaAppId", message: `MsaAppId must be a GUID, got '${msaAppId}'` });
  } else if (resources.holderOf(appClaim(msaAppId)) !== undefined) {
    problems.push({ field: "MsaAppId", message: "MsaAppId is already in use." });
  }
  const needsTenant = identity.msaAppType !== "MultiTenant" || msaAppTenantId !== null;
  if (needsTenant && !isGuid(msaAppTenantId ?? "")) {
    const got = msaAppTenantId ?? "";
    problems.push({
      field: "MsaAppTenantId",
      message: `MsaAppTenantId is required for ${identity.msaAppType} and must be a GUID, got '${got}'`,
    });
  }
  return [...problems, ...managedIdentityProblems(request, identity)];
}

// That the real service looks the identity up was not seen. It is done here, because a bot that names an identity
// which is not there can never sign in.
function managedIdentityProblems(
  request: WriteRequest,
  { msaAppType, msaAppMSIResourceId, msaAppId }: BotIdentityFields,
): BotProblem[] {
  if (msaAppType !== "UserAssignedMSI") return [];
  const field = "MsaAppMSIResourceId";
  if (msaAppMSIResourceId === null) {
    return [{ field, message: `${field} is required for UserAssignedMSI` }];
  }
  const identity = request.cloud.resources.byId(msaAppMSIResourceId);
  if (identity?.type !== IDENTITY_TYPE) {
    return [{ field, message: `there is no managed identity '${msaAppMSIResourceId}'` }];
  }
  const clientId = String(identity.properties["clientId"]);
  if (clientId === msaAppId.toLowerCase()) return [];
  const message = `MsaAppId must be the client id '${clientId}' of the managed identity, got '${msaAppId}'`;
  return [{ field: "MsaAppId", message }];
}

// "'MsaAppTenantId' property cannot be changed.." also when a template leaves it out
// (OfficeDev/microsoft-365-agents-toolkit#8774); MsaAppType the same way (microsoft/botframework-sdk#6445).
function changeProblems(
  before: Readonly<Record<string, unknown>>,
  identity: BotIdentityFields,
): BotProblem[] {
  const immutable = [
    ["msaAppId", "MsaAppId"],
    ["msaAppTenantId", "MsaAppTenantId"],
    ["msaAppType", "MsaAppType"],
    ["msaAppMSIResourceId", "MsaAppMSIResourceId"],
  ] as const;
  return immutable
    .filter(([name]) => comparable(before[name]) !== comparable(identity[name]))
    .map(([, field]) => ({ field, message: `'${field}' property cannot be changed.` }));
}

function comparable(value: unknown): string {
  return String(value ?? "").toLowerCase();
}
