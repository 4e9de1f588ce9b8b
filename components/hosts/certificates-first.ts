// The certificates that a stack gives its hosts, judged before anything of the stack is made: also where nobody looks at a
// preview, a wrong one leaves nothing behind.
import * as pulumi from "@pulumi/pulumi";
import { HostKind } from "../../rules/bot-choices.js";
import type { Cloud } from "../../rules/clouds.js";
import { APP_SERVICE } from "../../rules/hosts/certificate.js";
import { checkVaultCertificate } from "../../rules/hosts/vault-certificate.js";
import { defined } from "../defined.js";
import type { HostArgs } from "./host-args.js";
import { readCertificate, usableCertificate } from "./vault-certificate.js";

/** Known once every certificate is known to work, as far as whoever deploys may look and the host's name is the stack's own. */
export function usableCertificates(
  hosts: readonly HostArgs[],
  cloud: Cloud | undefined,
  parent: pulumi.Resource,
): pulumi.Output<unknown> {
  return pulumi.all(
    hosts.flatMap(({ kind, certificate, domain }) => {
      // What is written wrongly the host itself refuses, at once.
      if (certificate === undefined || checkVaultCertificate("", certificate).length > 0) return [];
      const use = {
        name: certificate.secretName,
        ...defined({ hostName: domain }),
        ...(kind === HostKind.AppService ? { server: APP_SERVICE } : {}),
      };
      return [usableCertificate(readCertificate(certificate, cloud, parent), use, parent)];
    }),
  );
}
