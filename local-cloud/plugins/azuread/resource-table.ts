// Every resource type that the azuread stand-in knows. A new one is a file, and a line here.
import { appRoleAssignment } from "./app-role-assignment.js";
import { application } from "./application.js";
import { applicationCertificate } from "./application-certificate.js";
import { applicationPassword } from "./application-password.js";
import { applicationRedirectUris } from "./application-redirect-uris.js";
import { applicationRegistration } from "./application-registration.js";
import type { DirectoryResource } from "./directory-resource.js";
import { federatedCredential } from "./federated-credential.js";
import { servicePrincipal } from "./service-principal.js";

const RESOURCES = new Map(
  [
    application,
    applicationRegistration,
    applicationRedirectUris,
    applicationPassword,
    applicationCertificate,
    federatedCredential,
    servicePrincipal,
    appRoleAssignment,
  ].map((resource): [string, DirectoryResource] => [resource.token, resource]),
);

/** The resource of a type. Throws when the local cloud does not know the type. */
export function directoryResource(type: string): DirectoryResource {
  const resource = RESOURCES.get(type);
  if (resource !== undefined) return resource;
  throw new Error(
    `Resource type ${type} is not known to the local cloud, which has ${[...RESOURCES.keys()].join(", ")}. Deploy it to a tenant, or leave it out of this stack.`,
  );
}
