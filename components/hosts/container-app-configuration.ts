// What holds for all versions of a container app: ingress, registry and secrets.
import * as app from "@pulumi/azure-native/types/enums/app/index.js";
import type * as inputs from "@pulumi/azure-native/types/input.js";
import * as pulumi from "@pulumi/pulumi";
import { DEFAULT_PORT, RevisionMode } from "../../rules/hosts/container-app.js";
import { secretNameInApp } from "../../rules/hosts/container-app-names.js";
import { splitImage } from "../../rules/hosts/host-image.js";
import type { ContainerAppHostArgs } from "./container-app-host-args.js";
import { secretUrl } from "./workload-settings.js";

const MODES = {
  [RevisionMode.Single]: app.ActiveRevisionsMode.Single,
  [RevisionMode.Multiple]: app.ActiveRevisionsMode.Multiple,
};

export function containerAppConfiguration(
  args: ContainerAppHostArgs,
): inputs.app.ConfigurationArgs {
  const { identity, registryId, image, vaultUri, secretSettings = {} } = args;
  const server = splitImage(image)?.registry ?? "";
  return {
    activeRevisionsMode: MODES[args.revisionMode ?? RevisionMode.Single],
    ingress: ingress(args),
    registries: registryId === undefined ? [] : [{ server, identity: identity.resourceId }],
    secrets: [...new Set(Object.values(secretSettings))].map((secret) => ({
      name: secretNameInApp(secret),
      keyVaultUrl: pulumi.output(vaultUri).apply((uri) => secretUrl(uri, secret)),
      identity: identity.resourceId,
    })),
  };
}

function ingress({ port, domain }: ContainerAppHostArgs): inputs.app.IngressArgs {
  return {
    external: true,
    allowInsecure: false,
    transport: app.IngressTransportMethod.Auto,
    targetPort: port ?? DEFAULT_PORT,
    // Teams keeps no cookies.
    stickySessions: { affinity: app.Affinity.None },
    traffic: [{ latestRevision: true, weight: 100 }],
    customDomains:
      domain === undefined ? [] : [{ name: domain, bindingType: app.BindingType.Auto }],
  };
}
