// The certificate of a container app's domain, which Azure issues and renews.
import type { ContainerApp } from "@pulumi/azure-native/app/containerApp.js";
import { ManagedCertificate } from "@pulumi/azure-native/app/managedCertificate.js";
import { ManagedCertificateDomainControlValidation } from "@pulumi/azure-native/types/enums/app/index.js";
import * as pulumi from "@pulumi/pulumi";
import { armName, armResourceGroup } from "../../rules/arm-ids.js";
import { managedCertificateName } from "../../rules/hosts/container-app-names.js";
import { zoneNameOf } from "../../rules/hosts/dns-zone.js";
import { isZoneTop } from "../../rules/hosts/host-domain.js";
import { defined } from "../defined.js";
import { azureTags } from "../left-over-tags.js";

export interface ManagedCertificateArgs {
  readonly domain: string;
  readonly dnsZoneId?: pulumi.Input<string>;
  readonly environmentId: pulumi.Input<string>;
  /** The app that has the domain among its host names. */
  readonly containerApp: ContainerApp;
  readonly location?: pulumi.Input<string>;
  readonly tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/**
 * Made after the app: Azure issues a certificate only for a name that an app of the environment has, and the app, whose binding
 * is Auto, takes the certificate without being told (microsoft/azure-container-apps#796).
 */
export function managedCertificate(
  name: string,
  args: ManagedCertificateArgs,
  parent: pulumi.Resource,
): ManagedCertificate {
  const { domain, containerApp } = args;
  const environmentId = pulumi.output(args.environmentId);
  return new ManagedCertificate(
    `${name}-certificate`,
    {
      resourceGroupName: environmentId.apply(armResourceGroup),
      environmentName: environmentId.apply(armName),
      managedCertificateName: managedCertificateName(domain),
      tags: azureTags(name, args.tags),
      ...defined({ location: args.location }),
      properties: {
        subjectName: domain,
        // An alias is proof enough; the top of a zone has none and answers over http.
        domainControlValidation: pulumi
          .output(args.dnsZoneId)
          .apply((zoneId) =>
            isZoneTop(domain, zoneId === undefined ? undefined : zoneNameOf(zoneId))
              ? ManagedCertificateDomainControlValidation.HTTP
              : ManagedCertificateDomainControlValidation.CNAME,
          ),
      },
    },
    {
      parent,
      dependsOn: [containerApp],
      // While the app is there it uses the certificate, and Azure refuses to delete it (CertificateInUse). Where both go, the
      // certificate goes with its environment.
      deletedWith: containerApp,
    },
  );
}
