// What a deployment makes in Azure, from what the stack says: the rights, providers and regions that it needs follow from it.
import { BotType, HostKind } from "../../rules/bot-choices.js";
import type { StackConfig } from "../../rules/config.js";
import { ConsentMode } from "../../rules/consent.js";
import { zoneNameOf } from "../../rules/hosts/dns-zone.js";
import { addressType, DnsRecordType, isZoneTop } from "../../rules/hosts/host-domain.js";
import type { HostSettings } from "../../rules/hosts/host-settings.js";
import { instanceRange, ScaleIn } from "../../rules/hosts/scale-set.js";

/** One resource, or several of a kind at one place. */
export interface MadeResource {
  /** Of Pulumi's type token, the part after `azure-native:`, such as `web:WebApp`. */
  readonly type: string;
  /** ARM id of what it is made in or on, where that is not the stack's own resource group. */
  readonly at?: string;
  /** Of `dns:RecordSet`: which types of records, because a role may be for one of them alone. */
  readonly records?: readonly DnsRecordType[];
}

type Planned = Pick<
  StackConfig,
  "resourceGroup" | "host" | "otherHost" | "bot" | "managedIdentity" | "credential" | "consent"
>;

/** The host that takes the calls, and the one beside it where there is one. */
export function hostsOf({ host, otherHost }: Pick<Planned, "host" | "otherHost">): HostSettings[] {
  return otherHost === undefined ? [host] : [host, otherHost];
}

/** In no particular order; a type and place may come twice. */
export function madeResources(config: Planned): MadeResource[] {
  const { resourceGroup, bot, managedIdentity, credential, consent } = config;
  const ownIdentity = bot.type === BotType.UserAssignedMSI && managedIdentity === undefined;
  const vaults = [credential.vaultId, credential.previous?.vaultId];
  return [
    ...some(!resourceGroup.existing, "resources:ResourceGroup"),
    ...some(ownIdentity, "managedidentity:UserAssignedIdentity"),
    { type: "botservice:Bot" },
    { type: "botservice:Channel" },
    ...vaults.flatMap((at) => (at === undefined ? [] : [{ type: "keyvault:Secret", at }])),
    ...some(
      consent.mode === ConsentMode.SignUp && consent.publisher !== undefined,
      "storage:StorageAccount",
      "storage:StorageAccountStaticWebsite",
      "storage:Blob",
    ),
    ...hostsOf(config).flatMap((host) => ofHost(config, host)),
  ];
}

function ofHost(config: Planned, host: HostSettings): MadeResource[] {
  switch (host.kind) {
    case HostKind.Existing:
      // Its domain follows from its addresses where it is not said.
      return records({ domain: "", ...host }, [addressType(host.dnsTarget ?? "")]);
    case HostKind.AppService:
      return [...foundation(config, host), ...ofAppService(host)];
    case HostKind.ContainerApp:
      return [...foundation(config, host), ...ofContainerApp(host)];
    case HostKind.ScaleSet:
      return [...foundation(config, host), ...ofScaleSet(host)];
  }
}

type Made<Kind extends HostKind> = Extract<HostSettings, { kind: Kind }>;
type Founded = Exclude<HostSettings, { kind: HostKind.Existing }>;

/** What all hosts have that are made. */
function foundation({ bot }: Planned, host: Founded): MadeResource[] {
  const isBots = bot.type === BotType.UserAssignedMSI;
  return [
    ...some(!isBots && host.identity === undefined, "managedidentity:UserAssignedIdentity"),
    ...some(host.subnetId === undefined, "network:VirtualNetwork"),
    ...some(host.workspaceId === undefined, "operationalinsights:Workspace"),
    ...some(host.applicationInsightsId === undefined, "applicationinsights:Component"),
    ...some(host.vaultId === undefined, "keyvault:Vault"),
    { type: "monitor:DiagnosticSetting" },
    ...grant(host, host.vaultId),
  ];
}

function ofAppService(host: Made<HostKind.AppService>): MadeResource[] {
  const { certificate, registryId } = host;
  const pulls = host.image !== undefined && registryId !== undefined;
  return [
    ...some(true, "web:AppServicePlan", "web:WebApp", "web:WebAppApplicationSettings"),
    ...(pulls ? grant(host, registryId) : []),
    ...records(host, [DnsRecordType.CNAME, DnsRecordType.TXT]),
    ...some(certificate !== undefined, "web:Certificate", "web:WebAppHostNameBinding"),
    ...(certificate === undefined || certificate.grantAccess === false
      ? []
      : [{ type: ASSIGNMENT, at: certificate.vaultId }]),
  ];
}

function ofContainerApp(host: Made<HostKind.ContainerApp>): MadeResource[] {
  const isNamed = host.domain !== undefined;
  return [
    ...some(true, "app:ManagedEnvironment", "app:ContainerApp"),
    ...(host.registryId === undefined ? [] : grant(host, host.registryId)),
    ...records(host, [addressRecord(host), DnsRecordType.TXT]),
    ...some(isNamed, "app:ManagedCertificate"),
  ];
}

function ofScaleSet(host: Made<HostKind.ScaleSet>): MadeResource[] {
  const { least, most } = instanceRange(host);
  const grows = most > least;
  const guards = grows && host.scaleIn === ScaleIn.Protected && host.grantRoles !== false;
  return [
    ...some(
      true,
      "network:PublicIPAddress",
      "network:NetworkSecurityGroup",
      "network:LoadBalancer",
      "compute:VirtualMachineScaleSet",
    ),
    ...grant(host, host.certificate?.vaultId),
    ...grant(host, undefined),
    ...records(host, [addressRecord(host)]),
    ...some(grows, "monitor:AutoscaleSetting"),
    ...some(guards, "authorization:RoleDefinition", ASSIGNMENT),
  ];
}

const ASSIGNMENT = "authorization:RoleAssignment";

/** A role for the host's identity, where the stack gives it any. */
function grant({ grantRoles }: Founded, at: string | undefined): MadeResource[] {
  if (grantRoles === false) return [];
  return [at === undefined ? { type: ASSIGNMENT } : { type: ASSIGNMENT, at }];
}

function records(
  { domain, dnsZoneId }: Pick<HostSettings, "domain" | "dnsZoneId">,
  types: readonly DnsRecordType[],
): MadeResource[] {
  if (domain === undefined || dnsZoneId === undefined) return [];
  return [{ type: "dns:RecordSet", at: dnsZoneId, records: types }];
}

/** The top of a zone cannot be an alias. */
function addressRecord({ domain = "", dnsZoneId = "" }: Founded): DnsRecordType {
  return isZoneTop(domain, zoneNameOf(dnsZoneId)) ? DnsRecordType.A : DnsRecordType.CNAME;
}

function some(wanted: boolean, ...types: readonly string[]): MadeResource[] {
  return wanted ? types.map((type) => ({ type })) : [];
}
