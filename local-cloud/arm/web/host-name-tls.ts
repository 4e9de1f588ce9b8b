// With which certificate a host name of a site is served.
import type { ArmCloud } from "../mechanics/arm-call.js";
import { BodyFields } from "../mechanics/body-fields.js";
import type { Reference } from "../mechanics/references.js";
import { keptReferences } from "../mechanics/references.js";
import type { ResourceRecord } from "../mechanics/resource-store.js";
import type { WriteRequest } from "../mechanics/resource-type.js";
import { skuOfPlan } from "./app-service-plan.js";
import { bindingOf } from "./site-host-names.js";
import { planOf } from "./site-plan.js";
import { cannotFind, invalidParameter, planDoesNotAllow } from "./web-error.js";

const CERTIFICATES = "Microsoft.Web/certificates";
const SSL_STATES = ["Disabled", "SniEnabled", "IpBasedEnabled"];

export interface Tls {
  readonly sslState: string;
  readonly thumbprint: string | null;
  /** To the certificate. */
  readonly references: readonly Reference[];
}

/** What a request says of it; what it leaves out stays as it was. Throws WebError. */
export function tlsFor(
  cloud: ArmCloud,
  plan: ResourceRecord,
  host: string,
  fields: BodyFields,
  before: ResourceRecord | undefined,
): Tls {
  const given = fields.string("sslState") ?? String(before?.properties["sslState"] ?? "Disabled");
  const sslState = SSL_STATES.find((state) => state.toLowerCase() === given.toLowerCase());
  if (sslState === undefined) {
    const why = `It must be one of ${SSL_STATES.join(", ")}, got '${given}'.`;
    throw invalidParameter("sslState", why);
  }
  if (sslState === "Disabled") return { sslState, thumbprint: null, references: [] };
  if (!skuOfPlan(plan).dedicated) throw planDoesNotAllow(sslState);
  const thumbprint = fields.string("thumbprint") ?? String(before?.properties["thumbprint"] ?? "");
  const certificate = certificateOf(cloud, plan, thumbprint);
  if (certificate === undefined) throw cannotFind("Certificate", thumbprint);
  const names = certificate.properties["hostNames"];
  if (!Array.isArray(names) || !names.some((name) => covers(String(name), host))) {
    // The words were not seen.
    throw invalidParameter("thumbprint", `The certificate ${thumbprint} is not for '${host}'.`);
  }
  return {
    sslState,
    thumbprint: thumbprint.toUpperCase(),
    references: [{ id: certificate.id, path: "properties.thumbprint" }],
  };
}

/** What `hostNameSslStates` of a site changes: the names that are marked `toUpdate`. */
export function updateTls(site: ResourceRecord, { cloud, body }: WriteRequest): void {
  const fields = new BodyFields(body).object("properties");
  for (const state of fields.objects("hostNameSslStates") ?? []) {
    if (state.boolean("toUpdate") !== true) continue;
    const host = (state.string("name") ?? "").toLowerCase();
    const binding = bindingOf(cloud, site, host);
    if (binding === undefined) throw cannotFind("HostName", host);
    const { references, ...tls } = tlsFor(cloud, planOf(cloud, site), host, state, binding);
    cloud.resources.put({
      ...binding,
      properties: { ...binding.properties, ...tls },
      references: keptReferences(cloud, binding.id, references),
    });
  }
}

/** A certificate that sites of a plan may use: one of the same web space. */
function certificateOf(
  cloud: ArmCloud,
  plan: ResourceRecord,
  thumbprint: string,
): ResourceRecord | undefined {
  return cloud.resources
    .inSubscription(plan.subscriptionId, CERTIFICATES)
    .find(
      ({ properties }) =>
        properties["webSpace"] === plan.properties["webSpace"] &&
        String(properties["thumbprint"]).toLowerCase() === thumbprint.toLowerCase(),
    );
}

/** `*.contoso.com` is for every name that has one label more. */
function covers(name: string, host: string): boolean {
  if (name.toLowerCase() === host) return true;
  return name.startsWith("*.") && host.slice(host.indexOf(".")) === name.slice(1).toLowerCase();
}
