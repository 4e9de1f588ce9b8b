// The app roles that Microsoft Graph's service principal offers here: those a calling bot can need, their neighbours,
// and those of an identity that deploys one. The real one offers more than 500; a role that is missing here cannot be
// granted here. Ids, values and display names: "Microsoft Graph permissions reference" and the repository
// microsoftgraph/microsoft-graph-devx-content (permissions/permissions-descriptions.json).
import type { AppRoleRecord } from "../directory/records.js";
import { graphDeployingRoles } from "./graph-deploying-roles.js";
import { graphMeetingRoles } from "./graph-meeting-roles.js";

/** Every app role of Microsoft Graph in the local cloud. */
export const graphAppRoles: readonly AppRoleRecord[] = [
  ...graphMeetingRoles,
  ...graphDeployingRoles,
];
