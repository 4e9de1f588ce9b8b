// Whom the providers sign in as, and where to.
import * as authorization from "@pulumi/azure-native/authorization/index.js";
import * as azuread from "@pulumi/azuread";
import { askedOnce } from "./asked-once.js";

/** Subscription, tenant and object id of who deploys to Azure. */
export const azureClient = askedOnce("azure-native", (parent) =>
  authorization.getClientConfigOutput({ parent }),
);

/** Tenant and object id of who deploys to the directory. */
export const directoryClient = askedOnce("azuread", (parent) =>
  azuread.getClientConfigOutput({ parent }),
);
