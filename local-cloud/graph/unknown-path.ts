// A path that is no route here: what the real Graph has is named in a 501, what it has not either is a 400.
import { GraphError, malformed, notHere } from "./errors.js";
import type { RequestPath } from "./request-path.js";

const COLLECTIONS =
  "admin agreements appCatalogs applicationTemplates applications auditLogs certificateBasedAuthConfiguration chats communications compliance connections contacts contracts copilot dataPolicyOperations deviceAppManagement deviceManagement devices directory directoryObjects directoryRoleTemplates directoryRoles domainDnsRecords domains drive drives education employeeExperience external filterOperators functions groupLifecyclePolicies groupSettingTemplates groupSettings groups identity identityGovernance identityProtection identityProviders informationProtection invitations oauth2PermissionGrants onPremisesPublishingProfiles organization permissionGrants places planner policies print privacy reports roleManagement schemaExtensions scopedRoleMemberships search security servicePrincipals shares sites solutions storage subscribedSkus subscriptions teams teamsTemplates teamwork tenantRelationships users";

/** What stands below an object or a collection that the local cloud does have. */
const BELOW =
  "$count $ref $value addKey addPassword addTokenSigningCertificate administrativeUnits appManagementPolicies appRoleAssignedTo appRoleAssignments attributeSets branding certificateBasedAuthConfiguration checkMemberGroups checkMemberObjects claimsMappingPolicies createdObjects createdOnBehalfOf customSecurityAttributeDefinitions delegatedPermissionClassifications delta deletedItems deviceLocalCredentials endpoints extensionProperties extensions federatedIdentityCredentials federationConfigurations getAvailableExtensionProperties getByIds getMemberGroups getMemberObjects homeRealmDiscoveryPolicies licenseDetails logo memberOf oauth2PermissionGrants onPremisesSynchronization ownedObjects owners permanentDelete publicKeyInfrastructure remoteDesktopSecurityConfiguration removeKey removePassword restore setVerifiedPublisher subscriptions synchronization tokenIssuancePolicies tokenLifetimePolicies transitiveMemberOf unsetVerifiedPublisher validateProperties microsoft.graph.application microsoft.graph.servicePrincipal microsoft.graph.user microsoft.graph.group microsoft.graph.device microsoft.graph.administrativeUnit";

const [collections, below] = [names(COLLECTIONS), names(BELOW)];

/** The refusal of a path with no route. */
export function unknownPath({ version, segments }: RequestPath): GraphError {
  const [root, ...rest] = segments;
  if (root === undefined) return notHere("the service document of Microsoft Graph");
  const lower = root.toLowerCase();
  if (lower === "$metadata") return notHere("the $metadata document of Microsoft Graph");
  if (lower === "me")
    return malformed("/me request is only valid with delegated authentication flow.");
  if (!collections.has(lower)) return noSegment(root);
  if (version === "beta") {
    return notHere(`beta of Microsoft Graph, apart from two reads (${shown(segments)})`);
  }
  if (!OURS.has(lower)) return notHere(`'${root}' of Microsoft Graph`);
  const relations = lower === "directory" ? 0 : 1;
  const wrong = rest.find(
    (segment, index) => index % 2 === relations && !below.has(segment.toLowerCase()),
  );
  return wrong === undefined
    ? notHere(`'${shown(segments)}' of Microsoft Graph`)
    : noSegment(wrong);
}

/** 405 for a path that has routes, but none of this method. */
export function wrongMethod(): GraphError {
  return new GraphError(
    405,
    "Request_BadRequest",
    "Specified HTTP method is not allowed for the request target.",
  );
}

/** Collections of which the local cloud has at least a part. */
const OURS = names(
  "applications directory directoryObjects oauth2PermissionGrants organization policies servicePrincipals",
);

function noSegment(segment: string): GraphError {
  return malformed(`Resource not found for the segment '${segment}'.`);
}

/** The path with keys left out, so that no id stands in a message that people compare. */
function shown(segments: readonly string[]): string {
  return segments
    .map((segment, index) =>
      index > 0 && !below.has(segment.toLowerCase()) && !segment.startsWith("$") ? "{id}" : segment,
    )
    .join("/");
}

function names(list: string): ReadonlySet<string> {
  return new Set(list.toLowerCase().split(" "));
}
