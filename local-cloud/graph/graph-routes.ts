// All routes of Microsoft Graph that the local cloud has, with the right that each asks for.
import { appRoleAssignmentRoutes } from "./app-role-assignments.js";
import { applicationRoutes } from "./applications.js";
import { betaRoutes } from "./beta-reads.js";
import { delegatedGrantRoutes } from "./delegated-grants.js";
import { deletedItemRoutes } from "./deleted-items.js";
import { directoryObjectRoutes } from "./directory-objects.js";
import { federatedIdentityCredentialRoutes } from "./federated-identity-credentials.js";
import { missingMethodRoutes } from "./missing-methods.js";
import { organizationRoutes } from "./organization.js";
import { ownerRoutes } from "./owners.js";
import { passwordRoutes } from "./passwords.js";
import { policyRoutes } from "./policies.js";
import type { GraphRoute } from "./route-table.js";
import { servicePrincipalRoutes } from "./service-principals.js";

export const graphRoutes: readonly GraphRoute[] = [
  ...applicationRoutes,
  ...passwordRoutes,
  ...federatedIdentityCredentialRoutes,
  ...servicePrincipalRoutes,
  ...appRoleAssignmentRoutes,
  ...ownerRoutes,
  ...deletedItemRoutes,
  ...directoryObjectRoutes,
  ...organizationRoutes,
  ...policyRoutes,
  ...delegatedGrantRoutes,
  ...betaRoutes,
  ...missingMethodRoutes,
];
