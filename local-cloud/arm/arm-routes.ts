// The table of everything that Resource Manager answers to. Tests walk it.
import { roleDefinitionRoutes } from "./authorization/role-definitions.js";
import { extensionTypes } from "./extension-types.js";
import type { ArmRoute } from "./mechanics/arm-call.js";
import { extensionRoutesOf } from "./mechanics/extension-routes.js";
import { operationRoutes } from "./mechanics/operation-routes.js";
import { routesOf } from "./mechanics/resource-routes.js";
import type { ResourceType } from "./mechanics/resource-type.js";
import { resourceTypes } from "./resource-types.js";
import { providerRoutes } from "./resources/providers.js";
import { resourceGroupRoutes } from "./resources/resource-groups.js";
import { resourceListRoutes } from "./resources/resource-lists.js";
import { subscriptionRoutes } from "./resources/subscriptions.js";

/** All routes: method, pattern, and the right that each takes. @default of `types`: all resource types */
export function armRoutes(types: readonly ResourceType[] = resourceTypes): readonly ArmRoute[] {
  return [
    ...subscriptionRoutes,
    ...resourceGroupRoutes,
    ...resourceListRoutes,
    ...providerRoutes,
    ...operationRoutes,
    ...types.flatMap(routesOf),
    ...extensionTypes.flatMap(extensionRoutesOf),
    ...roleDefinitionRoutes,
  ];
}
