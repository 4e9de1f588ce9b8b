// Ids that every local cloud has, so that a state made by one is recognised wherever it turns up.

/** The tenant a stack is deployed to. Nothing in Azure has this id. */
export const TENANT_ID = "10ca1000-0000-4000-8000-000000000001";
/** A second tenant, for bots that serve customers. */
export const SECOND_TENANT_ID = "10ca1000-0000-4000-8000-000000000002";
/** The one subscription of the first tenant. */
export const SUBSCRIPTION_ID = "10ca1000-0000-4000-8000-00000000000a";

/** Microsoft Graph's application id: the same in every cloud and tenant. */
export const GRAPH_APP_ID = "00000003-0000-0000-c000-000000000000";
/** Object id of Microsoft Graph's service principal in the first tenant. */
export const GRAPH_SERVICE_PRINCIPAL_ID = "10ca1000-0000-4000-8000-000000000003";
/** Object id of Microsoft Graph's service principal in the second tenant. */
export const SECOND_GRAPH_SERVICE_PRINCIPAL_ID = "10ca1000-0000-4000-8000-000000000004";
/** Application id of Azure Resource Manager ("Windows Azure Service Management API"). */
export const ARM_APP_ID = "797f4846-ba00-4fd7-ba43-dac1f8f63013";
/** Application id of "Microsoft Azure App Service", which reads the certificates that sites are served with from vaults. */
export const APP_SERVICE_APP_ID = "abfa0a7c-a6b6-4736-8310-5855508787cd";
/** Object id of its service principal in the first tenant. */
export const APP_SERVICE_PRINCIPAL_ID = "10ca1000-0000-4000-8000-000000000006";
/** Application id of "Microsoft Graph Command Line Tools", with which people sign in on a command line. */
export const GRAPH_COMMAND_LINE_APP_ID = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
/** Application id of Azure Storage. */
export const STORAGE_APP_ID = "e406a681-f3d4-42a8-90b6-c2b029497af1";
/** Application id of Azure Key Vault. */
export const VAULT_APP_ID = "cfa8b339-82a2-471a-a3c9-0fc0be7a4093";

/** An application that exists before anybody deploys anything. */
export interface SeededApplication {
  readonly displayName: string;
  readonly appId: string;
  readonly objectId: string;
  readonly servicePrincipalId: string;
}

/** The identity that `npm run local` hands to the command: it may do all that a deployer needs. */
export const DEPLOYER: SeededApplication = {
  displayName: "Local deployer",
  appId: "10ca1000-0000-4000-8000-0000000000d1",
  servicePrincipalId: "10ca1000-0000-4000-8000-0000000000d2",
  objectId: "10ca1000-0000-4000-8000-0000000000d3",
};

/** A deployer that may use the subscription but has no right in the directory. */
export const DEPLOYER_WITHOUT_DIRECTORY_RIGHTS: SeededApplication = {
  displayName: "Local deployer without directory rights",
  appId: "10ca1000-0000-4000-8000-0000000000e1",
  servicePrincipalId: "10ca1000-0000-4000-8000-0000000000e2",
  objectId: "10ca1000-0000-4000-8000-0000000000e3",
};

/** A tenant as `GET /organization` and the token endpoint know it. */
export interface Tenant {
  readonly id: string;
  readonly displayName: string;
  readonly domain: string;
}

export const TENANTS: readonly Tenant[] = [
  { id: TENANT_ID, displayName: "Contoso (local cloud)", domain: "contoso.local" },
  { id: SECOND_TENANT_ID, displayName: "Fabrikam (local cloud)", domain: "fabrikam.local" },
];

/** The tenant with this id or verified domain, in any case. */
export function findTenant(idOrDomain: string): Tenant | undefined {
  const wanted = idOrDomain.toLowerCase();
  return TENANTS.find((tenant) => tenant.id === wanted || tenant.domain === wanted);
}
