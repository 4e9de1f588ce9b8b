// Certificates that Azure issues for host names of container apps (Microsoft.App/managedEnvironments/managedCertificates;
// "Custom domain names and free managed certificates in Azure Container Apps").
import { DnsAnswers } from "../custom-domain/dns-answers.js";
import { leadsTo } from "../custom-domain/host-name-proof.js";
import type { ArmCloud } from "../mechanics/arm-call.js";
import { ArmError, type ArmErrorDetail, notHere } from "../mechanics/arm-error.js";
import { BodyFields, type JsonObject } from "../mechanics/body-fields.js";
import { displayLocation, REGIONS } from "../mechanics/locations.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { APP_API_VERSIONS } from "./api-versions.js";
import { appWithDomain, MANAGED_CERTIFICATE_TYPE } from "./app-domains.js";
import { choiceOf, invalidRequest } from "./container-app-error.js";
import { patchNotHere } from "./patch-not-here.js";

const AUTHORITY = "digicert.com";

export const managedCertificate: ResourceType = {
  namespace: "Microsoft.App",
  type: "managedEnvironments/managedCertificates",
  apiVersions: APP_API_VERSIONS,
  locations: [...REGIONS.keys()],
  nameRule: {
    pattern: /^[a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?$/,
    minLength: 1,
    maxLength: 260,
    says: "letters, digits, hyphens and periods, with a letter or digit first and last",
  },
  methods: ["PUT", "DELETE"],
  longRunning: ["PUT"],
  write,
  finished: issue,
  inUse: ({ names, properties }) => inUse(names, properties),
  removing: refuseAutoBound,
  routes: [patchNotHere("managedEnvironments/{name}/managedCertificates/{certificate}")],
};

function write(request: WriteRequest): Written {
  const { cloud, existing, parent, location = "" } = request;
  if (parent === undefined) throw new Error(`${request.resourceId} has no environment`);
  const fields = new BodyFields(request.body).object("properties");
  const subjectName = (fields.string("subjectName") ?? "").toLowerCase();
  if (subjectName === "") throw invalidRequest("SubjectName", "It is required");
  const validation = choiceOf(
    "DomainControlValidation",
    ["CNAME", "HTTP", "TXT"],
    fields.string("domainControlValidation"),
  );
  if (validation === undefined) throw invalidRequest("DomainControlValidation", "It is required");
  if (validation === "TXT") throw notHere("validation of managed certificates by a TXT record");
  checkUnchanged(existing, { subjectName, domainControlValidation: validation });
  checkOnlyOne(request, parent, subjectName);
  const app = appWithDomain(cloud, subjectName, parent.id);
  if (app === undefined) {
    // microsoft/azure-container-apps#1570.
    throw new ArmError(
      400,
      "RequireCustomHostnameInEnvironment",
      `Creating managed certificate requires hostname '${subjectName}' added as a custom hostname to a container app or route in environment '${parent.names[0]}'`,
    );
  }
  if (existing === undefined && !isLed(cloud, app, parent, subjectName, validation)) {
    throw notLed(subjectName, validation);
  }
  return {
    location: displayLocation(location),
    properties: {
      subjectName,
      domainControlValidation: validation,
      validationToken: null,
      error: null,
      provisioningState: "Succeeded",
    },
  };
}

/** The authority looks once more, and at who may issue for the name. */
function issue(record: ResourceRecord, cloud: ArmCloud): ArmErrorDetail | undefined {
  const host = String(record.properties["subjectName"]);
  const dns = new DnsAnswers(cloud);
  if (dns.mayIssue(host, AUTHORITY)) return undefined;
  // The words were not seen.
  const message = `The managed certificate for '${host}' was not issued: CAA records of the domain do not allow ${AUTHORITY}.`;
  cloud.resources.put({ ...record, properties: { ...record.properties, error: message } });
  return { code: "ManagedCertificateNotIssued", message };
}

/** An alias must name the app itself; over http the name must lead to the environment's address. */
function isLed(
  cloud: ArmCloud,
  app: ResourceRecord,
  environment: ResourceRecord,
  host: string,
  validation: string,
): boolean {
  const ingress = new BodyFields(app.properties).object("configuration").object("ingress");
  const place = {
    hostName: ingress.string("fqdn") ?? "",
    address: String(environment.properties["staticIp"]),
  };
  const led = leadsTo(new DnsAnswers(cloud), host, place);
  const reachable = ingress.boolean("external") === true;
  return validation === "CNAME" ? led === "CNAME" : led !== undefined && reachable;
}

// The sentence of a CNAME is that of microsoft/azure-container-apps#525; its code and the other sentence were not seen.
function notLed(host: string, validation: string): ArmError {
  const message =
    validation === "CNAME"
      ? `Not found CNAME of hostname '${host}' directly pointing to a default hostname.`
      : `Hostname '${host}' does not lead to a container app that is reached from the Internet.`;
  return new ArmError(400, "InvalidCustomHostNameValidation", message);
}

function checkUnchanged(
  existing: ResourceRecord | undefined,
  now: Readonly<Record<string, string>>,
): void {
  if (existing === undefined) return;
  const changed = Object.keys(now).find((name) => existing.properties[name] !== now[name]);
  if (changed !== undefined) throw invalidRequest(changed, "It cannot be changed");
}

function checkOnlyOne(
  { cloud, existing }: WriteRequest,
  environment: ResourceRecord,
  host: string,
): void {
  const other = certificatesOf(cloud, environment).find(
    ({ id, properties }) => properties["subjectName"] === host && id !== existing?.id,
  );
  if (other === undefined) return;
  const message = `Another managed certificate with subject name '${host}' and certificate name '${other.names.at(-1)}' available in environment '${environment.names[0]}'.`;
  throw new ArmError(400, "DuplicateManagedCertificateInEnvironment", message);
}

function certificatesOf(cloud: ArmCloud, environment: ResourceRecord): readonly ResourceRecord[] {
  return cloud.resources.children(environment, MANAGED_CERTIFICATE_TYPE);
}

/** A host name that is bound by itself uses its certificate, without naming it. */
function refuseAutoBound({ id, names, properties }: ResourceRecord, cloud: ArmCloud): void {
  const environmentId = id.replace(/\/managedCertificates\/[^/]+$/i, "");
  const app = appWithDomain(cloud, String(properties["subjectName"]), environmentId);
  const domains = new BodyFields(app?.properties)
    .object("configuration")
    .object("ingress")
    .objects("customDomains");
  const bound = domains?.find((one) => one.string("name") === properties["subjectName"]);
  if (bound?.string("bindingType") === "Auto") throw inUse(names, properties);
}

// rajbos/ai-engineering-fluency#739.
function inUse(names: readonly string[], { subjectName }: JsonObject): ArmError {
  const message = `Certificate '${names.at(-1)}' is used by existing custom domains ${subjectName}.`;
  return new ArmError(400, "CertificateInUse", message);
}
