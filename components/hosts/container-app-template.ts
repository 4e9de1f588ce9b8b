// One version of a container app: the container, what it is told, how it is watched and how many run.
import * as app from "@pulumi/azure-native/types/enums/app/index.js";
import type * as inputs from "@pulumi/azure-native/types/input.js";
import type * as pulumi from "@pulumi/pulumi";
import { DEFAULT_PORT, LONGEST_GRACE_SECONDS, replicas } from "../../rules/hosts/container-app.js";
import { secretNameInApp } from "../../rules/hosts/container-app-names.js";
import { DEFAULT_CPU, memoryOf } from "../../rules/hosts/container-app-size.js";
import { HEALTH_PATH } from "../../rules/hosts/host-paths.js";
import type { ContainerAppHostArgs } from "./container-app-host-args.js";

export function containerAppTemplate(
  args: ContainerAppHostArgs,
  settings: pulumi.Output<Record<string, string>>,
): inputs.app.TemplateArgs {
  const { cpu = DEFAULT_CPU, memory = memoryOf(cpu) } = args;
  const { least, most } = replicas(args);
  return {
    containers: [
      {
        name: "bot",
        image: args.image,
        resources: { cpu, memory },
        env: environment(args, settings),
        probes: probes(args),
      },
    ],
    scale: { minReplicas: least, maxReplicas: most },
    terminationGracePeriodSeconds: args.terminationGraceSeconds ?? LONGEST_GRACE_SECONDS,
  };
}

function environment(args: ContainerAppHostArgs, settings: pulumi.Output<Record<string, string>>) {
  const secrets = Object.entries(args.secretSettings ?? {}).map(([name, secret]) => ({
    name,
    secretRef: secretNameInApp(secret),
  }));
  return settings.apply((plain) => [
    ...Object.entries(plain).map(([name, value]) => ({ name, value })),
    ...secrets,
  ]);
}

/**
 * All three ask the health path. A start may take 100 seconds; a process that is alive but busy loses traffic after 15 seconds,
 * and is started again, which ends its calls, only after a minute.
 */
function probes({ port, healthPath }: ContainerAppHostArgs): inputs.app.ContainerAppProbeArgs[] {
  const httpGet = {
    path: healthPath ?? HEALTH_PATH,
    port: port ?? DEFAULT_PORT,
    scheme: app.Scheme.HTTP,
  };
  const { Startup, Readiness, Liveness } = app.Type;
  return [
    { type: Startup, httpGet, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 10 },
    { type: Readiness, httpGet, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 3 },
    { type: Liveness, httpGet, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 },
  ];
}
