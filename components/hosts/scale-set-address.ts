// Where a bot on Windows machines will be reached: one public address for all of them, before there is an app id.
import { PublicIPAddress } from "@pulumi/azure-native/network/publicIPAddress.js";
import {
  IPAllocationMethod,
  IPVersion,
  PublicIPAddressSkuName,
  PublicIPAddressSkuTier,
} from "@pulumi/azure-native/types/enums/network/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../../rules/clouds.js";
import { BuiltInRole } from "../../rules/hosts/built-in-roles.js";
import { zoneNameOf } from "../../rules/hosts/dns-zone.js";
import { checkDomainZone, DnsRecordType, isZoneTop } from "../../rules/hosts/host-domain.js";
import { ALL_ZONES, checkScaleSetAddress } from "../../rules/hosts/scale-set.js";
import { after } from "../after.js";
import { defined } from "../defined.js";
import { azureTags } from "../left-over-tags.js";
import { ifPlain, refuse } from "../refusal.js";
import { sendDiagnostics } from "./diagnostics.js";
import { recordSet, zoneFor } from "./dns-records.js";
import type { HostAddressArgs } from "./made-host-args.js";
import { addressZones } from "./public-address-now.js";
import { grantWanted } from "./role-grant.js";
import {
  type ReadCertificate,
  readCertificate,
  usableCertificate,
  type VaultCertificateArgs,
  warnOfCertificate,
} from "./vault-certificate.js";
import { secretUrl } from "./workload-settings.js";

export interface ScaleSetAddressArgs extends HostAddressArgs {
  /** Name of the public address, which load balancer and scale set bear as well. */
  resourceName: pulumi.Input<string>;
  /** First part of `<label>.<region>.cloudapp.azure.com`, unique in its region; a change gives another host name. */
  dnsLabel: pulumi.Input<string>;
  /** Zones of the region over which the address is spread; an empty list where it has none. They cannot change. @default ["1", "2", "3"] */
  zones?: string[];
  /** The certificate that the machines serve, in a vault that exists; the identity is given the right to read it. */
  certificate: VaultCertificateArgs;
  /** Host name of the stack's own that leads here. @default the name that Azure gives */
  domain?: string;
  /** ARM id of the zone in which a record for `domain` is made. @default nobody makes one */
  dnsZoneId?: pulumi.Input<string>;
  /** @default Cloud.Public */
  cloud?: Cloud;
}

/**
 * A public address with a host name, and a certificate that covers it. A certificate that cannot work is refused before
 * anything is made where the host name is the stack's own, and before any machine is made where Azure gives it.
 *
 * @example
 * const address = new ScaleSetAddress("bot", {
 *   resourceGroupName: "bots",
 *   resourceName: "contoso-bot",
 *   dnsLabel: "contoso-bot",
 *   domain: "bot.contoso.com",
 *   certificate: { vaultId, secretName: "bot-contoso-com" },
 *   identity,
 *   workspaceId: foundation.workspaceId,
 *   subnetId: foundation.subnetId,
 * });
 */
export class ScaleSetAddress extends pulumi.ComponentResource {
  /** `domain`, or the name that Azure gave; known once the certificate is known to cover it. */
  readonly hostName: pulumi.Output<string>;
  /** ARM id. */
  readonly publicIpAddressId: pulumi.Output<string>;
  /** Where machines read the certificate with its key; known once the identity may. */
  readonly certificateUrl: pulumi.Output<string>;

  constructor(name: string, args: ScaleSetAddressArgs, opts?: pulumi.ComponentResourceOptions) {
    super("teams-calling-bot:index:ScaleSetAddress", name, {}, opts);
    const { dnsLabel, domain, certificate } = args;
    refuse(this, [
      ...ifPlain({ dnsLabel, certificate, ...defined({ domain, zones: args.zones }) }, (plain) =>
        checkScaleSetAddress("ScaleSetAddress", plain),
      ),
      ...ifPlain(defined({ domain, dnsZoneId: args.dnsZoneId }), (it) =>
        checkDomainZone("ScaleSetAddress", it),
      ),
    ]);
    const read = readCertificate(certificate, args.cloud, this);
    const use = { name: certificate.secretName, ...defined({ hostName: domain }) };
    const usable = usableCertificate(read, use, this);
    warnOfCertificate(read, { ...use, subnetId: args.subnetId }, this);
    const publicAddress = new PublicIPAddress(
      `${name}-public-ip`,
      {
        resourceGroupName: args.resourceGroupName,
        publicIpAddressName: after(usable, args.resourceName),
        tags: azureTags(name, args.tags),
        ...defined({ location: args.location }),
        sku: {
          name: PublicIPAddressSkuName.Standard,
          tier: PublicIPAddressSkuTier.Regional,
        },
        publicIPAllocationMethod: IPAllocationMethod.Static,
        publicIPAddressVersion: IPVersion.IPv4,
        dnsSettings: { domainNameLabel: dnsLabel },
        zones: addressZones(
          {
            resourceGroupName: args.resourceGroupName,
            publicIpAddressName: args.resourceName,
            zones: args.zones ?? ALL_ZONES,
            cloud: args.cloud,
          },
          this,
        ),
      },
      { parent: this },
    );
    sendDiagnostics(
      `${name}-public-ip-logs`,
      { resourceUri: publicAddress.id, workspaceId: args.workspaceId, logs: ["allLogs"] },
      this,
    );
    const mayRead = certificateReader(name, args, this);

    this.publicIpAddressId = publicAddress.id;
    this.hostName =
      domain === undefined
        ? coveredName(certificate.secretName, read, publicAddress, this)
        : after(domainRecord(name, { ...args, domain }, publicAddress, this), domain);
    this.certificateUrl = pulumi
      .all([usable, mayRead?.id])
      .apply(([{ vault }]) => secretUrl(vault.uri, certificate.secretName));
    this.registerOutputs({ hostName: this.hostName, publicIpAddressId: this.publicIpAddressId });
  }
}

function certificateReader(
  name: string,
  { certificate, identity, grantRoles: wanted }: ScaleSetAddressArgs,
  parent: pulumi.Resource,
) {
  const [role, scope] = [BuiltInRole.KeyVaultSecretsUser, certificate.vaultId];
  const grant = { role, scope, principalId: identity.principalId, wanted };
  return grantWanted(`${name}-certificate-reader`, grant, parent);
}

/** The name that Azure gave, once the certificate is known to cover it. */
function coveredName(
  secretName: string,
  read: pulumi.Output<ReadCertificate>,
  publicAddress: PublicIPAddress,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const given = publicAddress.dnsSettings.apply((settings) => settings?.fqdn ?? "");
  return given.apply((hostName) =>
    usableCertificate(read, { name: secretName, hostName }, parent).apply(() => hostName),
  );
}

interface DomainRecord {
  readonly domain: string;
  readonly dnsZoneId?: pulumi.Input<string>;
}

/**
 * Makes the record that leads to the address, or says which one a person has to make. Known once the record is there, and
 * made of its id, which no update of the address makes unknown.
 */
function domainRecord(
  name: string,
  { domain, dnsZoneId }: DomainRecord,
  publicAddress: PublicIPAddress,
  parent: pulumi.Resource,
): pulumi.Output<unknown> {
  const { ipAddress, dnsSettings } = publicAddress;
  if (dnsZoneId === undefined) {
    dnsSettings.apply((settings) =>
      pulumi.log.info(`Calls arrive once the DNS leads ${domain} to ${settings?.fqdn}.`, parent),
    );
    return pulumi.output(domain);
  }
  const zoneId = zoneFor(domain, dnsZoneId, parent);
  const isTop = zoneId.apply((id) => isZoneTop(domain, zoneNameOf(id)));
  const record = {
    name: domain,
    type: isTop.apply((top) => (top ? DnsRecordType.A : DnsRecordType.CNAME)),
    value: pulumi
      .all([isTop, ipAddress, dnsSettings])
      .apply(([top, address, settings]) => (top ? address : settings?.fqdn) ?? ""),
  };
  return recordSet(`${name}-domain`, zoneId, record, parent).id;
}
