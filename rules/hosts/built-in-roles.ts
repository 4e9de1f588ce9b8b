// Roles that Azure has in every subscription, by the ids under which they are assigned ("Azure built-in roles").

import { armSubscription } from "../arm-ids.js";

/** Least roles that a bot's process needs. */
export enum BuiltInRole {
  /** Look at a resource. */
  Reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7",
  /** Read the values of secrets, which includes certificates with their key. */
  KeyVaultSecretsUser = "4633458b-17de-408a-b874-0445c86b69e6",
  /** Read whole certificates, which App Service itself needs for those that it serves. */
  KeyVaultCertificateUser = "db79e9a7-68ee-4b58-9aeb-b90e7c24fcba",
  /** Pull images from a container registry. */
  AcrPull = "7f951dda-4ed3-4680-a7ca-43fe172d538d",
}

/** ARM id of a role's definition in the subscription of `scope`, which is an ARM id itself. */
export function roleDefinitionId(scope: string, role: BuiltInRole): string {
  const subscriptionId = armSubscription(scope);
  return `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${role}`;
}
