// Refusals of the calls API. Its codes are numbers: what people search for when a bot cannot answer.
import { GraphError } from "../errors.js";

/**
 * Consent is missing in the caller's tenant (repository microsoftgraph/microsoft-graph-comms-samples,
 * issues 66, 276, 538, 685 and 850).
 */
export function insufficientPermissions(): GraphError {
  const message = "Insufficient enterprise tenant permissions, cannot access this API.";
  return new GraphError(403, "7504", message);
}

/** The application is no bot with calling enabled (the same repository, issue 432; microsoft-graph-docs, issue 10845). */
export function notRegistered(): GraphError {
  return new GraphError(403, "7503", "Application is not registered in our store.");
}

/**
 * The call is of another tenant than the token, or a body does not say at its top of which it is (microsoft-graph-docs, issues 7080 and
 * 9481 and pull request 9496; OfficeDev/Microsoft-Teams-Samples, issues 1036 and 1785).
 */
export function tenantMismatch(): GraphError {
  return new GraphError(403, "7505", "Request authorization tenant mismatch.");
}

/** For a call that is there (microsoft-graph-comms-samples, issue 171). */
export function callTenantMismatch(): GraphError {
  const message = "Mismatch between request authorization tenant and call tenant.";
  return new GraphError(403, "7505", message);
}

/** Nobody in the call is recorded by a policy (microsoft-graph-comms-samples, issues 444 and 489). Its status was not seen. */
export function notRecordedByPolicy(): GraphError {
  const message = "API call not allowed for non-Compliance Recording call";
  return new GraphError(403, "8506", message);
}

/** Also a call that has ended, and that of another bot (microsoft-graph-comms-samples, issue 173). */
export function callNotFound(): GraphError {
  return new GraphError(404, "8522", "Call not found.");
}

/** UNVERIFIED code and text: what is asked for does not fit the call as it is. */
export function notNow(message: string): GraphError {
  return new GraphError(409, "Conflict", message);
}

/** UNVERIFIED code and text; that it is refused follows from the operation's page. */
export function badArgument(message: string): GraphError {
  return new GraphError(400, "BadRequest", message);
}

/** The service failed. UNVERIFIED code and text. */
export function outOfOrder(): GraphError {
  return new GraphError(500, "InternalServerError", "The service could not do this now.");
}
