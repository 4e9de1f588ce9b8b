// Federated credentials of a managed identity: which outside token stands for it.
// "Configure a user-assigned managed identity to trust an external identity provider".
import { ArmError } from "../mechanics/arm-error.js";
import { BodyFields } from "../mechanics/body-fields.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { IDENTITY_API_VERSIONS } from "./user-assigned-identity.js";

const MAX_CREDENTIALS = 20;
const TYPE = "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";

export const federatedIdentityCredential: ResourceType = {
  namespace: "Microsoft.ManagedIdentity",
  type: "userAssignedIdentities/federatedIdentityCredentials",
  apiVersions: IDENTITY_API_VERSIONS.filter((version) => version !== "2018-11-30"),
  nameRule: {
    pattern: /^[a-zA-Z0-9][a-zA-Z0-9_-]*$/,
    minLength: 3,
    maxLength: 120,
    says: "letters, digits, hyphens and underscores, with a letter or digit first",
  },
  methods: ["PUT", "DELETE"],
  write,
};

// The codes of these refusals were not seen at the real service.
function write(request: WriteRequest): Written {
  const fields = new BodyFields(request.body).object("properties");
  const issuer = required(fields.string("issuer"), "issuer");
  const subject = required(fields.string("subject"), "subject");
  const audiences = fields.strings("audiences") ?? [];
  if (audiences.length !== 1) {
    throw invalid(`'properties.audiences' has exactly one audience, got ${audiences.length}`);
  }
  if (!URL.canParse(issuer) || !issuer.startsWith("https://")) {
    throw invalid(`'properties.issuer' is an https URL, got '${issuer}'`);
  }
  const others = siblings(request);
  if (request.existing === undefined && others.length >= MAX_CREDENTIALS) {
    throw invalid(`a managed identity has at most ${MAX_CREDENTIALS} federated credentials`);
  }
  const twin = others.find(
    ({ properties }) => properties["issuer"] === issuer && properties["subject"] === subject,
  );
  if (twin !== undefined) {
    throw invalid(`issuer and subject are already those of the credential '${twin.names.at(-1)}'`);
  }
  return { properties: { issuer, subject, audiences } };
}

function siblings({ cloud, parent, existing }: WriteRequest) {
  if (parent === undefined) return [];
  return cloud.resources.children(parent, TYPE).filter(({ id }) => id !== existing?.id);
}

function required(value: string | undefined, name: string): string {
  if (value === undefined || value === "") throw invalid(`'properties.${name}' is required`);
  return value;
}

function invalid(why: string): ArmError {
  return new ArmError(400, "BadRequest", `The federated identity credential is not valid: ${why}.`);
}
