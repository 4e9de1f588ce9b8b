// A domain of one's own for a site of App Service: its DNS records, its certificate from a Key Vault, and the binding of both.
import {
  CustomHostNameDnsRecordType,
  HostNameType,
  SslState,
} from "@pulumi/azure-native/types/enums/web/index.js";
import { Certificate } from "@pulumi/azure-native/web/certificate.js";
import { WebAppHostNameBinding } from "@pulumi/azure-native/web/webAppHostNameBinding.js";
import * as azuread from "@pulumi/azuread";
import * as pulumi from "@pulumi/pulumi";
import { Cloud } from "../../rules/clouds.js";
import { appServiceAppId } from "../../rules/hosts/app-service-domain.js";
import { BuiltInRole } from "../../rules/hosts/built-in-roles.js";
import { APP_SERVICE } from "../../rules/hosts/certificate.js";
import { after } from "../after.js";
import { defined } from "../defined.js";
import { azureTags } from "../left-over-tags.js";
import { appDomainRecords } from "./dns-records.js";
import type { RoleHolder } from "./lasting-grants.js";
import { grantRole } from "./role-grant.js";
import {
  readCertificate,
  usableCertificate,
  type VaultCertificateArgs,
  warnOfCertificate,
} from "./vault-certificate.js";

/** A certificate in a vault, and who lets App Service read it. */
export interface AppServiceCertificateArgs extends VaultCertificateArgs {
  /**
   * Whether the deployment gives App Service itself the right to read certificates of the vault. One assignment serves every
   * stack: where another one has made it, this one must not. @default true
   */
  grantAccess?: boolean;
}

export interface AppServiceDomainArgs {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly location?: pulumi.Input<string> | undefined;
  readonly tags?: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined;
  readonly domain: string;
  readonly dnsZoneId?: pulumi.Input<string> | undefined;
  readonly certificate: AppServiceCertificateArgs;
  readonly siteName: pulumi.Input<string>;
  /** Host name that Azure gave the site. */
  readonly hostName: pulumi.Input<string>;
  /** What shows that the domain is the owner's. */
  readonly domainVerificationId: pulumi.Input<string>;
  /** ARM id of the site's plan, in whose region and group the certificate has to be. */
  readonly planId: pulumi.Input<string>;
  /** @default Cloud.Public */
  readonly cloud?: Cloud | undefined;
}

/**
 * Makes all of it in one pass: a certificate from a vault, unlike one that App Service issues, does not need the domain to be
 * bound first, so the binding can name the certificate at once.
 */
export function appServiceDomain(
  name: string,
  args: AppServiceDomainArgs,
  parent: pulumi.Resource,
): WebAppHostNameBinding {
  const { resourceGroupName, domain, siteName } = args;
  const records = appDomainRecords(
    name,
    { ...args, verificationId: args.domainVerificationId },
    parent,
  );
  const certificate = vaultCertificate(name, args, parent);
  return new WebAppHostNameBinding(
    `${name}-domain-binding`,
    {
      resourceGroupName,
      name: siteName,
      hostName: domain,
      siteName,
      hostNameType: HostNameType.Verified,
      customHostNameDnsRecordType: CustomHostNameDnsRecordType.CName,
      sslState: SslState.SniEnabled,
      thumbprint: certificate.thumbprint,
    },
    { parent, dependsOn: records },
  );
}

function vaultCertificate(
  name: string,
  args: AppServiceDomainArgs,
  parent: pulumi.Resource,
): Certificate {
  const { vaultId, secretName } = args.certificate;
  const read = readCertificate(args.certificate, args.cloud, parent);
  const use = { name: secretName, hostName: args.domain, server: APP_SERVICE };
  const usable = usableCertificate(read, use, parent);
  warnOfCertificate(read, use, parent);
  return new Certificate(
    `${name}-certificate`,
    {
      resourceGroupName: args.resourceGroupName,
      name: after(usable, pulumi.interpolate`${args.siteName}-${secretName}`),
      tags: azureTags(name, args.tags),
      ...defined({ location: args.location }),
      keyVaultId: vaultId,
      keyVaultSecretName: secretName,
      serverFarmId: args.planId,
    },
    { parent, dependsOn: mayReadCertificates(name, args, parent) },
  );
}

/** App Service itself, which reads certificates of vaults for all sites: not the identity of any of them. */
export function appServiceItself(cloud: Cloud | undefined, parent: pulumi.Resource): RoleHolder {
  const clientId = appServiceAppId(cloud ?? Cloud.Public);
  const { objectId } = azuread.getServicePrincipalOutput({ clientId }, { parent });
  return { key: "App Service", principalId: objectId };
}

function mayReadCertificates(
  name: string,
  args: AppServiceDomainArgs,
  parent: pulumi.Resource,
): pulumi.Resource[] {
  const { vaultId, grantAccess = true } = args.certificate;
  if (!grantAccess) return [];
  const { principalId } = appServiceItself(args.cloud, parent);
  const grant = { role: BuiltInRole.KeyVaultCertificateUser, scope: vaultId, principalId };
  return [grantRole(`${name}-certificate-reader`, grant, parent)];
}
