// Names that Azure gives to public addresses: `<label>.<region>.cloudapp.azure.com`.
import type { ArmAnswer, ArmCall, ArmCloud } from "../mechanics/arm-call.js";
import { ArmError } from "../mechanics/arm-error.js";
import { normalizeLocation } from "../mechanics/locations.js";
import { badRequest } from "./network-type.js";

const LABEL = /^[a-z][a-z0-9-]{1,61}[a-z0-9]$/;

/** Throws 400 unless the label may be one, and is free or the resource's own. Returns the whole name. */
export function checkLabel(
  { resources }: ArmCloud,
  label: string,
  location: string,
  ownId: string | undefined,
): string {
  if (!LABEL.test(label)) {
    throw badRequest(
      "InvalidDomainNameLabel",
      `The domain name label ${label} is invalid. It must conform to the following regular expression: ${LABEL.source}.`,
    );
  }
  const holder = resources.holderOf(labelClaim(label, location));
  const name = nameOf(label, location);
  if (holder === undefined || holder.id === ownId) return name;
  throw badRequest("DnsRecordInUse", `DNS record ${name} is already used by another public IP.`);
}

export function labelClaim(label: string, location: string): string {
  return `dns-label/${location}/${label}`;
}

/** `checkDnsNameAvailability?domainNameLabel=…` */
export function checkDnsNameAvailability({ cloud, params, query }: ArmCall): ArmAnswer {
  const location = normalizeLocation(params["location"] ?? "");
  const label = query.get("domainNameLabel") ?? "";
  if (label === "") {
    throw new ArmError(400, "MissingParameter", "The query parameter domainNameLabel is missing.");
  }
  if (!LABEL.test(label)) checkLabel(cloud, label, location, undefined);
  const taken = cloud.resources.holderOf(labelClaim(label, location)) !== undefined;
  return { status: 200, body: { available: !taken } };
}

function nameOf(label: string, location: string): string {
  return `${label}.${location}.cloudapp.azure.com`;
}
