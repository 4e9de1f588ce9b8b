// Whom the providers sign in as, and where to.
import { getClientConfigOutput } from "@pulumi/azure-native/authorization/getClientConfig.js";
import * as azuread from "@pulumi/azuread";
import { askedOnce } from "./asked-once.js";

/** Subscription, tenant and object id of who deploys to Azure. */
export const azureClient = askedOnce("azure-native", (parent) => getClientConfigOutput({ parent }));

/** Tenant and object id of who deploys to the directory. */
export const directoryClient = askedOnce("azuread", (parent) =>
  azuread.getClientConfigOutput({ parent }),
);
