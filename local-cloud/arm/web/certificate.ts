// Certificates of App Service (Microsoft.Web/certificates): those that Azure issues for a name that is bound to a site, and
// those that are in a vault ("Add and manage TLS/SSL certificates in Azure App Service").
import { createHash } from "node:crypto";
import { DnsAnswers } from "../custom-domain/dns-answers.js";
import { leadsTo } from "../custom-domain/host-name-proof.js";
import type { ArmCloud } from "../mechanics/arm-call.js";
import { type ArmErrorDetail, notHere } from "../mechanics/arm-error.js";
import { BodyFields } from "../mechanics/body-fields.js";
import { displayLocation, normalizeLocation, REGIONS } from "../mechanics/locations.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { WEB_API_VERSIONS } from "./api-versions.js";
import { PLAN_TYPE, skuOfPlan } from "./app-service-plan.js";
import { siteBoundTo } from "./site-host-names.js";
import { vaultCertificate } from "./vault-certificate.js";
import { cannotFind, invalidParameter, planDoesNotAllow, WebError } from "./web-error.js";

const MONTHS = 6;

export const certificate: ResourceType = {
  namespace: "Microsoft.Web",
  type: "certificates",
  apiVersions: WEB_API_VERSIONS,
  locations: [...REGIONS.keys()],
  nameRule: {
    pattern: /^[^/?#%&]+$/,
    minLength: 1,
    maxLength: 260,
    says: "any text without / ? # % &",
  },
  methods: ["PUT", "DELETE"],
  longRunning: ["PUT"],
  // Azure/azure-rest-api-specs#27962.
  created: 202,
  write,
  finished: issue,
  inUse: ({ properties }, users) => {
    // The words were not seen.
    const template = "Certificate '{0}' cannot be deleted because it is used by {1}.";
    return new WebError(409, undefined, template, [
      String(properties["thumbprint"]),
      users.join(", "),
    ]);
  },
};

function write(request: WriteRequest): Written {
  const { cloud, existing, location = "" } = request;
  const fields = new BodyFields(request.body).object("properties");
  if (fields.has("pfxBlob")) throw notHere("certificates uploaded as 'pfxBlob'");
  const plan = planFor(request, fields);
  if (fields.has("keyVaultId")) {
    return {
      location: displayLocation(location),
      properties: vaultCertificate(request, fields, plan),
    };
  }
  const canonicalName = (
    fields.string("canonicalName") ?? String(existing?.properties["canonicalName"] ?? "")
  ).toLowerCase();
  if (canonicalName === "")
    throw invalidParameter("canonicalName", "It is the host name to be certified.");
  if (canonicalName.startsWith("*.")) throw invalidParameter("canonicalName", "It is no wildcard.");
  if (!skuOfPlan(plan).dedicated) throw planDoesNotAllow("Managed certificates");
  if (existing !== undefined && existing.properties["canonicalName"] !== canonicalName) {
    throw invalidParameter("canonicalName", "The name of a certificate cannot be changed.");
  }
  if (siteBoundTo(cloud, plan, canonicalName) === undefined) {
    throw canonicalNameInvalid(
      `Certificate creation requires hostname ${canonicalName} added to an App Service in the serverFarm ${plan.id}`,
    );
  }
  return {
    location: displayLocation(location),
    properties: {
      ...existing?.properties,
      canonicalName,
      domainValidationMethod: fields.string("domainValidationMethod") ?? "cname-delegation",
      hostNames: [canonicalName],
      subjectName: canonicalName,
      friendlyName: canonicalName,
      serverFarmId: plan.id,
      webSpace: plan.properties["webSpace"],
      keyVaultId: null,
      keyVaultSecretName: null,
      keyVaultSecretStatus: "Initialized",
      password: null,
      pfxBlob: null,
    },
  };
}

function planFor(
  { cloud, existing, location = "" }: WriteRequest,
  fields: BodyFields,
): ResourceRecord {
  const given = fields.string("serverFarmId") ?? String(existing?.properties["serverFarmId"] ?? "");
  const plan = cloud.resources.byId(given);
  if (plan?.type !== PLAN_TYPE) throw cannotFind("ServerFarm", given.split("/").at(-1) ?? "");
  if (normalizeLocation(plan.location ?? "") === location) return plan;
  const why = `The plan is in ${plan.location}, and a certificate is in the region of its plan, got '${location}'.`;
  throw invalidParameter("serverFarmId", why);
}

/** What the authority finds out when it looks; the name must lead to the site by then. */
function issue(record: ResourceRecord, cloud: ArmCloud): ArmErrorDetail | undefined {
  const { canonicalName, serverFarmId, thumbprint } = record.properties;
  if (thumbprint !== undefined) return undefined;
  const host = String(canonicalName);
  const plan = cloud.resources.byId(String(serverFarmId));
  const site = plan === undefined ? undefined : siteBoundTo(cloud, plan, host);
  const dns = new DnsAnswers(cloud);
  const place = {
    hostName: String(site?.properties["defaultHostName"]),
    address: String(site?.properties["inboundIpAddress"]),
  };
  if (leadsTo(dns, host, place) === undefined || !dns.mayIssue(host, "digicert.com")) {
    // MicrosoftDocs/azure-docs#55107.
    const { code, message } = canonicalNameInvalid(
      `Certificate creation failed unexpectedly for canonical name ${host}`,
    );
    return { code, message };
  }
  const now = cloud.context.now();
  const expires = new Date(now);
  expires.setUTCMonth(expires.getUTCMonth() + MONTHS);
  cloud.resources.put({
    ...record,
    properties: {
      ...record.properties,
      issuer: "Local cloud managed certificates",
      issueDate: now.toISOString(),
      expirationDate: expires.toISOString(),
      thumbprint: thumbprintOf(`${record.id}/${now.toISOString()}`),
      valid: true,
    },
  });
  return undefined;
}

function thumbprintOf(text: string): string {
  return createHash("sha1").update(text).digest("hex").toUpperCase();
}

function canonicalNameInvalid(why: string): WebError {
  return new WebError(400, undefined, "Properties.CanonicalName is invalid.  {0}", [why]);
}
