// Host names of one's own at an app ("Custom domain names and bring your own certificates in Azure Container Apps").
import { DnsAnswers } from "../custom-domain/dns-answers.js";
import { isProved } from "../custom-domain/host-name-proof.js";
import { domainVerificationId } from "../custom-domain/verification-id.js";
import type { ArmCloud } from "../mechanics/arm-call.js";
import { ArmError } from "../mechanics/arm-error.js";
import { type BodyFields, isJsonObject, type JsonObject } from "../mechanics/body-fields.js";
import type { Reference } from "../mechanics/references.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { WriteRequest } from "../mechanics/resource-type.js";
import { choiceOf, invalidRequest } from "./container-app-error.js";

export const MANAGED_CERTIFICATE_TYPE = "Microsoft.App/managedEnvironments/managedCertificates";
const BINDINGS = ["Disabled", "SniEnabled", "Auto"];

export interface AppDomain extends JsonObject {
  readonly name: string;
  readonly bindingType: string;
}

export interface AppDomains {
  /** As answers show them; null when there are none. */
  readonly domains: readonly AppDomain[] | null;
  readonly claims: readonly string[];
  /** To certificates. */
  readonly references: readonly Reference[];
}

/** Throws when a name is somebody else's, or not shown to be the caller's in the DNS. */
export function domainsOf(
  request: WriteRequest,
  configuration: BodyFields,
  environment: ResourceRecord,
): AppDomains {
  const given = configuration.object("ingress").objects("customDomains") ?? [];
  const dns = new DnsAnswers(request.cloud);
  const read = given.map((one) => domainOf(one, request, environment));
  for (const { domain } of read) {
    checkFree(request, domain.name);
    checkOwner(dns, domain.name, request.id.subscriptionId);
  }
  return {
    domains: read.length === 0 ? null : read.map(({ domain }) => domain),
    claims: read.map(({ domain }) => domainClaim(domain.name)),
    references: read.flatMap(({ reference }) => reference ?? []),
  };
}

/** The app of an environment that has a host name. */
export function appWithDomain(
  { resources }: ArmCloud,
  host: string,
  environmentId: string,
): ResourceRecord | undefined {
  const holder = resources.holderOf(domainClaim(host));
  const there = String(holder?.properties["environmentId"]).toLowerCase();
  return there === environmentId.toLowerCase() ? holder : undefined;
}

/**
 * What answers show of domains that are bound by themselves: the id of the certificate, once there is one. "The platform will
 * populate the managed certificate id" (microsoft/azure-container-apps#796); that the binding stays Auto was not seen.
 */
export function boundDomains(app: ResourceRecord, { resources }: ArmCloud): JsonObject {
  const configuration = fieldsOf(app.properties["configuration"]);
  const ingress = fieldsOf(configuration["ingress"]);
  const domains = ingress["customDomains"];
  const environment = resources.byId(String(app.properties["environmentId"]));
  if (!Array.isArray(domains) || environment === undefined) return {};
  const issued = resources.children(environment, MANAGED_CERTIFICATE_TYPE);
  const customDomains = domains.map(fieldsOf).map((domain) => {
    const certificate = issued.find(
      ({ properties }) =>
        properties["subjectName"] === domain["name"] &&
        properties["provisioningState"] === "Succeeded",
    );
    const isBound = domain["bindingType"] === "Auto" && certificate !== undefined;
    return isBound ? { ...domain, certificateId: certificate.id } : domain;
  });
  return { configuration: { ...configuration, ingress: { ...ingress, customDomains } } };
}

function fieldsOf(value: unknown): JsonObject {
  return isJsonObject(value) ? value : {};
}

function domainClaim(host: string): string {
  return `container-app-domain/${host}`;
}

function domainOf(given: BodyFields, request: WriteRequest, environment: ResourceRecord) {
  const name = (given.string("name") ?? "").toLowerCase();
  const path = `Configuration.Ingress.CustomDomains['${name}']`;
  if (!/^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,63}$/.test(name)) {
    throw invalidRequest(
      "Configuration.Ingress.CustomDomains.Name",
      `It is a host name, got '${name}'`,
    );
  }
  const certificateId = given.string("certificateId");
  const bindingType =
    choiceOf(`${path}.BindingType`, BINDINGS, given.string("bindingType")) ??
    (certificateId === undefined ? "Disabled" : "SniEnabled");
  if (bindingType !== "SniEnabled") return { domain: { name, bindingType }, reference: undefined };
  const certificate = certificateFor(request.cloud, environment, certificateId ?? "", name);
  // The words were not seen.
  if (certificate === undefined) {
    throw invalidRequest(
      `${path}.CertificateId`,
      `It is a certificate of the environment for '${name}', got '${certificateId ?? ""}'`,
    );
  }
  return {
    domain: { name, bindingType, certificateId: certificate.id },
    reference: { id: certificate.id, path: `${path}.CertificateId` },
  };
}

function certificateFor(
  { resources }: ArmCloud,
  environment: ResourceRecord,
  id: string,
  host: string,
): ResourceRecord | undefined {
  const found = resources
    .children(environment, MANAGED_CERTIFICATE_TYPE)
    .find((one) => one.id.toLowerCase() === id.toLowerCase());
  const { subjectName, provisioningState } = found?.properties ?? {};
  return subjectName === host && provisioningState === "Succeeded" ? found : undefined;
}

function checkFree({ cloud, existing }: WriteRequest, host: string): void {
  const holder = cloud.resources.holderOf(domainClaim(host));
  if (holder === undefined || holder.id === existing?.id) return;
  // The words were not seen.
  const message = `The host name '${host}' is already used by another container app.`;
  throw new ArmError(409, "CustomHostNameInUse", message);
}

// Azure/azure-cli#28680.
function checkOwner(dns: DnsAnswers, host: string, subscriptionId: string): void {
  const verificationId = domainVerificationId(subscriptionId);
  if (isProved(dns, host, verificationId)) return;
  throw new ArmError(
    400,
    "InvalidCustomHostNameValidation",
    `A TXT record pointing from asuid.${host} to ${verificationId} was not found.`,
  );
}
