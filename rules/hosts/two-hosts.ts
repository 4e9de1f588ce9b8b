// Two hosts beside each other, while calls are handed over from one to the other.
import { HostKind, HostSlot } from "../bot-choices.js";
import { type Issue, shown } from "../issue.js";

/** A host as written. */
type Written = Readonly<Record<string, unknown>>;

const WHOSE = "this package";

/**
 * Issues of `otherHost`, of what was written beside `host`.
 * @param sharesIdentity whether both run as the bot's own managed identity
 */
export function checkTwoHosts(
  host: Written,
  other: unknown,
  { sharesIdentity = false }: { readonly sharesIdentity?: boolean } = {},
): Issue[] {
  if (typeof other !== "object" || other === null || Array.isArray(other)) return [];
  const next: Written = { ...other };
  return [
    ...checkSlots(host, next),
    ...checkNames(host, next),
    ...checkHostNames(host, next),
    ...checkSharedIdentity(host, next, sharesIdentity),
    ...checkCertificates(host, next),
  ];
}

function checkSlots(host: Written, other: Written): Issue[] {
  const slot = other["slot"] ?? HostSlot.First;
  if (slot !== (host["slot"] ?? HostSlot.First)) return [];
  const free = slot === HostSlot.First ? HostSlot.Second : HostSlot.First;
  return [
    {
      path: "otherHost.slot",
      rule: "must be another one than that of host, because each host keeps its place",
      whose: WHOSE,
      got: JSON.stringify(slot),
      fix: `Leave the slot of the host that was there first as it is, and set that of the new one to "${free}".`,
    },
  ];
}

/** What Azure takes only once, in any spelling: the name of a site, a container app or a scale set, and a label in the DNS. */
function checkNames(host: Written, other: Written): Issue[] {
  if (kindOf(host) !== kindOf(other)) return [];
  return ["name", "dnsLabel"].flatMap((setting) => {
    const [one, two] = [lower(host[setting]), lower(other[setting])];
    if (two === undefined || one !== two) return [];
    return [
      {
        path: `otherHost.${setting}`,
        rule: "must be another one than that of host, because Azure takes it once",
        whose: "Azure Resource Manager",
        got: shown(String(other[setting])),
        fix: "Give another one, or leave it out to get one that fits.",
      },
    ];
  });
}

/** A host name leads to one of them: one that the stack leads there must not be the other's. */
function checkHostNames(host: Written, other: Written): Issue[] {
  const [led, ledOther] = [ledNames(host), ledNames(other)];
  const ofOther = [...ledOther, ...urlHosts(other)];
  const both = [
    ...ofOther.filter((name) => led.includes(name)),
    ...ledOther.filter((name) => urlHosts(host).includes(name)),
  ];
  const [name] = both;
  if (name === undefined) return [];
  return [
    {
      path: other["domain"] === undefined ? "otherHost.messagingEndpoint" : "otherHost.domain",
      rule: "must have another host name than host has, because a name leads to one of them",
      whose: WHOSE,
      got: shown(name),
      fix: "Use the name that Azure gives, or give a second name.",
    },
  ];
}

function ledNames(host: Written): string[] {
  const domain = lower(host["domain"]);
  if (domain !== undefined) return [domain];
  return host["dnsZoneId"] === undefined ? [] : urlHosts(host);
}

/** Of a bot that runs elsewhere. */
function urlHosts(host: Written): string[] {
  return ["messagingEndpoint", "callingWebhook"].flatMap((setting) => {
    const url = host[setting];
    return typeof url === "string" && URL.canParse(url) ? [new URL(url).hostname] : [];
  });
}

/** Of one identity each role is assigned once for both, so that both have to want it. */
function checkSharedIdentity(host: Written, other: Written, sharesIdentity: boolean): Issue[] {
  const [one, two] = [principalOf(host), principalOf(other)];
  const isSame = sharesIdentity || (one !== undefined && one === two);
  if (!isSame || !sharesPlace(host, other)) return [];
  const issues: Issue[] = [];
  if ((host["grantRoles"] ?? true) !== (other["grantRoles"] ?? true)) {
    issues.push({
      path: "otherHost.grantRoles",
      rule: "must be what it is for host, because both run as one identity, whose roles are assigned once",
      whose: WHOSE,
      got: JSON.stringify(other["grantRoles"] ?? true),
      fix: "Leave it out of both: what one host needs stays when the other is removed.",
    });
  }
  if (!sharesIdentity && typeof one !== "string") {
    issues.push({
      path: "otherHost.identity.principalId",
      rule: "must be text where both hosts run as one identity, because what belongs to both is named by it",
      whose: WHOSE,
      fix: "Write the id itself in both, not an output; or leave identity out of one, to have one made.",
    });
  }
  return issues;
}

/** Of an output the object itself: a program that gives both hosts the same one means one identity. */
function principalOf(host: Written): unknown {
  const principalId = part(host["identity"])["principalId"];
  return lower(principalId) ?? principalId;
}

const PLACES = ["vaultId", "registryId"];

function sharesPlace(host: Written, other: Written): boolean {
  const of = (it: Written) => {
    const certificate = kindOf(it) === HostKind.ScaleSet ? part(it["certificate"]) : {};
    return [...PLACES.map((place) => it[place]), certificate["vaultId"]].flatMap(
      (place) => lower(place) ?? [],
    );
  };
  const places = of(host);
  return of(other).some((place) => places.includes(place));
}

/** App Service has a certificate once in a resource group, and one right for all that lie in a vault. */
function checkCertificates(host: Written, other: Written): Issue[] {
  if (kindOf(host) !== HostKind.AppService || kindOf(other) !== HostKind.AppService) return [];
  const [one, two] = [part(host["certificate"]), part(other["certificate"])];
  const vaultId = lower(two["vaultId"]);
  if (vaultId === undefined || vaultId !== lower(one["vaultId"])) return [];
  const issues: Issue[] = [];
  if (lower(two["secretName"]) === lower(one["secretName"])) {
    issues.push({
      path: "otherHost.certificate.secretName",
      rule: "must be another one than that of host, because a certificate is once in a resource group (MicrosoftDocs/azure-docs#96883)",
      whose: "Azure App Service",
      got: shown(String(two["secretName"])),
      fix: "Have a certificate of its own issued for the new host, under another name in the vault.",
    });
  }
  if ((two["grantAccess"] ?? true) !== (one["grantAccess"] ?? true)) {
    issues.push({
      path: "otherHost.certificate.grantAccess",
      rule: "must be what it is for host, because the right is one for the whole vault",
      whose: WHOSE,
      got: JSON.stringify(two["grantAccess"] ?? true),
      fix: "Leave it out of both: the right stays when one host is removed.",
    });
  }
  return issues;
}

function kindOf(host: Written): unknown {
  return host["kind"] ?? HostKind.Existing;
}

function part(value: unknown): Written {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function lower(value: unknown): string | undefined {
  return typeof value === "string" ? value.toLowerCase() : undefined;
}
