// Host names of one's own (Microsoft.Web/sites/hostNameBindings): a name is bound to a site when its owner says so in the DNS
// ("Map an existing custom DNS name to Azure App Service").
import { DnsAnswers } from "../custom-domain/dns-answers.js";
import { isProved, leadsTo } from "../custom-domain/host-name-proof.js";
import { domainVerificationId } from "../custom-domain/verification-id.js";
import { BodyFields } from "../mechanics/body-fields.js";
import type { ResourceType, WriteRequest, Written } from "../mechanics/resource-type.js";
import { WEB_API_VERSIONS } from "./api-versions.js";
import { skuOfPlan } from "./app-service-plan.js";
import { tlsFor } from "./host-name-tls.js";
import { planOf } from "./site-plan.js";
import { planDoesNotAllow, WebError } from "./web-error.js";

export const hostNameBinding: ResourceType = {
  namespace: "Microsoft.Web",
  type: "sites/hostNameBindings",
  apiVersions: WEB_API_VERSIONS,
  nameRule: {
    pattern: /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i,
    minLength: 4,
    maxLength: 253,
    says: "a host name",
  },
  methods: ["PUT", "DELETE"],
  displayName: (names) => names.join("/"),
  spelling: (name) => name.toLowerCase(),
  write,
};

function write(request: WriteRequest): Written {
  const { cloud, existing, id, parent: site } = request;
  if (site === undefined) throw new Error(`the binding ${request.resourceId} has no site`);
  const host = id.names.at(-1)?.toLowerCase() ?? "";
  const fields = new BodyFields(request.body).object("properties");
  const plan = planOf(cloud, site);
  if (!skuOfPlan(plan).customDomains) throw planDoesNotAllow("Custom host names");
  const claim = `site-domain/${host}`;
  const holder = cloud.resources.holderOf(claim);
  if (holder !== undefined && holder.id !== existing?.id) {
    // The words were not seen.
    throw new WebError(
      409,
      undefined,
      "Hostname '{0}' already exists. Please select a different name.",
      [host],
    );
  }
  const dns = new DnsAnswers(cloud);
  checkOwner(dns, host, id.subscriptionId);
  const { sslState, thumbprint, references } = tlsFor(cloud, plan, host, fields, existing);
  const { defaultHostName, inboundIpAddress } = site.properties;
  const leads = leadsTo(dns, host, {
    hostName: String(defaultHostName),
    address: String(inboundIpAddress),
  });
  return {
    claims: [claim],
    references,
    properties: {
      siteName: site.names[0],
      domainId: null,
      hostNameType: "Verified",
      azureResourceName: site.names[0],
      azureResourceType: "Website",
      customHostNameDnsRecordType: leads === "A" ? "A" : "CName",
      sslState,
      thumbprint,
      virtualIP: null,
    },
  };
}

// The text is that of rcl-letsencrypt-auto-ssl/Lets-Encrypt-Auto#25. A name that proves its owner is bound before it leads
// here ("Migrate an active DNS name to Azure App Service").
function checkOwner(dns: DnsAnswers, host: string, subscriptionId: string): void {
  const verificationId = domainVerificationId(subscriptionId);
  const named = host.replace(/^\*\./, "");
  if (isProved(dns, named, verificationId)) return;
  const template = "A TXT record pointing from asuid.{0} to {1} was not found.";
  throw new WebError(400, "04006", template, [named, verificationId]);
}
