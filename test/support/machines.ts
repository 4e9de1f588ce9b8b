// What the cloud has of a stack's machines, read back by Resource Manager, and what the machines were told.
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { z } from "zod";
import { SUBSCRIPTION_ID } from "../../local-cloud/well-known.js";
import { asDeployer } from "./as-deployer.js";
import { resourceOf } from "./stack-state.js";
import type { TestCloud } from "./test-cloud.js";

const Rule = z.object({
  name: z.string(),
  properties: z.object({
    access: z.string(),
    direction: z.string(),
    protocol: z.string(),
    priority: z.number(),
    sourceAddressPrefix: z.string().optional(),
    sourceAddressPrefixes: z.array(z.string()).default([]),
    destinationPortRange: z.string().optional(),
    destinationPortRanges: z.array(z.string()).default([]),
  }),
});

const SecurityGroup = z.object({ properties: z.object({ securityRules: z.array(Rule) }) });

const Balancer = z.object({
  properties: z.object({
    loadBalancingRules: z.array(
      z.object({
        properties: z.object({
          frontendPort: z.number(),
          backendPort: z.number(),
          disableOutboundSnat: z.boolean(),
        }),
      }),
    ),
    inboundNatRules: z.array(
      z.object({
        name: z.string(),
        properties: z.object({
          frontendPortRangeStart: z.number(),
          frontendPortRangeEnd: z.number(),
          backendPort: z.number(),
        }),
      }),
    ),
    probes: z.array(z.object({ properties: z.object({ port: z.number() }) })),
  }),
});

const ScaleSet = z.looseObject({
  sku: z.object({ name: z.string(), capacity: z.number() }),
  properties: z.looseObject({ uniqueId: z.string() }),
});

const Instances = z.object({ value: z.array(z.object({ instanceId: z.string() })) });

export type ScaleSetBody = z.output<typeof ScaleSet>;

const Told = z.object({ files: z.array(z.object({ name: z.string(), text: z.string() })) });

const Configuration = z.looseObject({
  hostName: z.string(),
  listeners: z.array(
    z.object({
      port: z.number(),
      publicPorts: z.object({ first: z.number(), last: z.number() }).optional(),
    }),
  ),
  firewall: z.array(
    z.object({
      protocol: z.string(),
      ports: z.array(z.string()),
      remoteAddresses: z.array(z.string()),
    }),
  ),
  settings: z.array(z.object({ name: z.string(), value: z.string() })),
  secrets: z.array(z.object({ name: z.string(), url: z.string() })),
});

export type MachineFacts = z.output<typeof Configuration>;

export interface Machines {
  securityRules(): Promise<z.output<typeof Rule>[]>;
  loadBalancer(): Promise<z.output<typeof Balancer>["properties"]>;
  scaleSet(): Promise<ScaleSetBody>;
  /** What autoscaling, or a person, does: another number of machines. */
  resize(capacity: number): Promise<void>;
  /** What a person does when the calls of some machines have ended. */
  removeNewest(count: number): Promise<void>;
}

/** The machines that bear one name in one resource group. */
export function machinesOf(cloud: TestCloud, resourceGroup: string, name: string): Machines {
  const { arm } = asDeployer(cloud);
  const group = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/${resourceGroup}/providers`;
  const network = (type: string) =>
    arm("GET", `${group}/Microsoft.Network/${type}/${name}`, "2024-05-01");
  const scaleSetId = `${group}/Microsoft.Compute/virtualMachineScaleSets/${name}`;
  return {
    securityRules: async () =>
      SecurityGroup.parse(await network("networkSecurityGroups")).properties.securityRules,
    loadBalancer: async () => Balancer.parse(await network("loadBalancers")).properties,
    scaleSet: async () => ScaleSet.parse(await arm("GET", scaleSetId, "2024-11-01")),
    resize: async (capacity) => {
      await arm("PATCH", scaleSetId, "2024-11-01", { sku: { capacity } });
    },
    removeNewest: async (count) => {
      const all = await arm("GET", `${scaleSetId}/virtualMachines`, "2024-11-01");
      const instanceIds = Instances.parse(all).value.map(({ instanceId }) => instanceId);
      await arm("POST", `${scaleSetId}/delete`, "2024-11-01", {
        instanceIds: instanceIds.slice(-count),
      });
    },
  };
}

const Profile = z.object({ userData: z.string() });

/** What a machine finds in its `configuration.json`: user data, which an answer never holds, as it was sent. */
export async function toldTo(stack: Stack): Promise<MachineFacts> {
  const { inputs } = await resourceOf(stack, "VirtualMachineScaleSet", "bot-scale-set");
  const { userData } = Profile.parse(inputs["virtualMachineProfile"]);
  const { files } = Told.parse(JSON.parse(Buffer.from(userData, "base64").toString("utf8")));
  const file = files.find(({ name }) => name === "configuration.json");
  return Configuration.parse(JSON.parse(file?.text ?? "null"));
}
