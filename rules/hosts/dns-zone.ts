// A zone in Azure DNS that exists, given by its ARM id, and which names may be put there.
import { armName, armSubscription, checkArmId } from "../arm-ids.js";
import { type Issue, shown, throwIfAny } from "../issue.js";

/** Issues of the id of a zone in which records are to be made. A private zone is none: Teams reads the public DNS. */
export function checkDnsZoneId(path: string, id: string): Issue[] {
  return checkArmId(path, id, "Microsoft.Network/dnsZones");
}

/** `contoso.com`, in lower case. */
export function zoneNameOf(zoneId: string): string {
  return armName(zoneId).toLowerCase();
}

/** An issue for a host name that does not stand in the zone. */
export function checkInZone(path: string, host: string, zoneId: string): Issue[] {
  const zoneName = zoneNameOf(zoneId);
  if (host === zoneName || host.endsWith(`.${zoneName}`)) return [];
  return [
    {
      path,
      rule: `must lie in the zone ${zoneName}, in which its record is to be made`,
      whose: "Azure DNS",
      got: shown(host),
      fix: `Give a name that ends in .${zoneName}, or the id of the zone that the name lies in.`,
    },
  ];
}

/** An issue for a zone of another subscription: a provider reaches the one that it deploys to. */
export function checkZoneSubscription(
  path: string,
  zoneId: string,
  subscriptionId: string,
): Issue[] {
  if (armSubscription(zoneId) === subscriptionId.toLowerCase()) return [];
  return [
    {
      path,
      rule: `must be a zone of the subscription that the stack deploys to, ${subscriptionId}`,
      whose: "this package",
      got: shown(zoneId),
      fix: "Leave it out and make the records by hand: the deployment says which. Or deploy to the zone's subscription.",
    },
  ];
}

/** What is known of a record's place during `up`. */
export interface ZoneFacts {
  readonly host: string;
  readonly zoneId: string;
  /** That the stack deploys to. */
  readonly subscriptionId: string;
}

/** For a zone known only during `up`: returns its id, or throws a RulesError. */
export function checkedZone(path: string, hostPath: string): (facts: ZoneFacts) => string {
  return ({ host, zoneId, subscriptionId }) => {
    throwIfAny(checkDnsZoneId(path, zoneId));
    throwIfAny([
      ...checkInZone(hostPath, host, zoneId),
      ...checkZoneSubscription(path, zoneId, subscriptionId),
    ]);
    return zoneId;
  };
}

/** Name of a record relative to its zone; `@` for the zone's own name. */
export function relativeName(host: string, zoneName: string): string {
  return host === zoneName ? "@" : host.slice(0, -zoneName.length - 1);
}
