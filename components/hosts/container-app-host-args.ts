// What a bot on Azure Container Apps takes.
import type * as pulumi from "@pulumi/pulumi";
import type { CallState } from "../../rules/bot-choices.js";
import type { RevisionMode } from "../../rules/hosts/container-app.js";
import type { HostWorkloadArgs } from "./made-host-args.js";

export interface ContainerAppHostArgs extends HostWorkloadArgs {
  /** Region of the environment. @default the provider's setting azure-native:location, or else that of the resource group */
  location?: pulumi.Input<string>;
  /** @default only those by which a left-over is found */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Name of the app, as its address has it. */
  containerAppName: pulumi.Input<string>;
  /** ARM id of the environment. */
  environmentId: pulumi.Input<string>;
  /** Host name that Azure gave the app. */
  hostName: pulumi.Input<string>;
  /** Public IPv4 address of the environment. */
  ipAddress: pulumi.Input<string>;
  /** What the TXT record of a domain of one's own must hold. */
  verificationId: pulumi.Input<string>;
  /** Full reference of the image with a tag that never moves, or a digest: `contoso.azurecr.io/bot:1.4.2`. */
  image: string;
  /**
   * ARM id of the Azure container registry that the image is in. The identity is given the role AcrPull there.
   * @default the image is one that anybody may pull
   */
  registryId?: pulumi.Input<string>;
  /** Port that the process listens on, in plain http. @default 8080 */
  port?: number;
  /** vCPUs of a replica: 0.25 to 4 in steps of 0.25. @default 0.5 */
  cpu?: number;
  /** Memory of a replica: 2Gi for each vCPU. @default what belongs to `cpu` */
  memory?: string;
  /** Fewest replicas. @default 1, and 2 when `callState` is shared */
  instances?: number;
  /** Most replicas. @default as many as the fewest */
  maxInstances?: number;
  /** Where the process keeps its calls. @default CallState.Memory */
  callState?: CallState;
  /** What happens to the version that an update replaces. @default RevisionMode.Single */
  revisionMode?: RevisionMode;
  /** Seconds that a replica has to end its calls when it is stopped, at most 600. @default 600 */
  terminationGraceSeconds?: number;
  /** A host name of your own. Azure issues its certificate and renews it. @default the host name that Azure gave */
  domain?: string;
  /**
   * ARM id of a DNS zone of this subscription in which the records of `domain` are made.
   * @default the deployment says which records to make
   */
  dnsZoneId?: pulumi.Input<string>;
}
