// Role assignments and role definitions (Microsoft.Authorization), which hang on any other resource.
import {
  allInProperties,
  anything,
  each,
  listOf,
  type PropertyShapes,
  text,
  texts,
} from "./property-shape.js";
import { type ResourceRow, TRACKED_OUTPUTS } from "./resource-row.js";

const PROVIDER = "/{+scope}/providers/Microsoft.Authorization";

const CREATED_AND_UPDATED: PropertyShapes = allInProperties(
  each(text, "createdBy", "createdOn", "updatedBy", "updatedOn"),
);

export const ROLE_ASSIGNMENT_ROW: ResourceRow = {
  token: "azure-native:authorization:RoleAssignment",
  path: `${PROVIDER}/roleAssignments/{roleAssignmentName}`,
  apiVersion: "2022-04-01",
  autoName: "uuid",
  body: allInProperties({
    condition: text,
    conditionVersion: text,
    delegatedManagedIdentityResourceId: text,
    description: text,
    principalId: text,
    principalType: { type: "string", default: "User" },
    roleDefinitionId: text,
  }),
  required: ["principalId", "roleDefinitionId"],
  outputs: { ...TRACKED_OUTPUTS, ...CREATED_AND_UPDATED, ...allInProperties({ scope: text }) },
  // replacement.go of pulumi-azure-native. Another role is an update that the service refuses.
  replaces: ["principalId"],
};

export const ROLE_DEFINITION_ROW: ResourceRow = {
  token: "azure-native:authorization:RoleDefinition",
  path: `${PROVIDER}/roleDefinitions/{roleDefinitionId}`,
  apiVersion: "2022-05-01-preview",
  autoName: "uuid",
  body: allInProperties({
    assignableScopes: texts,
    description: text,
    permissions: listOf(each(texts, "actions", "dataActions", "notActions", "notDataActions")),
    roleName: text,
    roleType: { type: "string", restName: "type" },
  }),
  outputs: { ...TRACKED_OUTPUTS, ...CREATED_AND_UPDATED, systemData: anything },
  replaces: [],
};
