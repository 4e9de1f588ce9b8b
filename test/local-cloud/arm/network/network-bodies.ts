// Bodies of network resources that the service takes, each with one way to change it.
import { type ArmUnderTest, GROUP } from "../arm-under-test.js";

export const NETWORK = `${GROUP}/providers/Microsoft.Network`;
export const VNET = `${NETWORK}/virtualNetworks/vnet`;
export const NSG = `${NETWORK}/networkSecurityGroups/nsg`;
export const PIP = `${NETWORK}/publicIPAddresses/pip`;
export const LB = `${NETWORK}/loadBalancers/lb`;

type Settings = Record<string, unknown>;

const inWestEurope = (properties: Settings) => ({ location: "westeurope", properties });

export const vnetBody = (properties: Settings = {}) =>
  inWestEurope({ addressSpace: { addressPrefixes: ["10.0.0.0/16"] }, ...properties });

export const subnetItem = (name: string, addressPrefix: string, properties: Settings = {}) => ({
  name,
  properties: { addressPrefix, ...properties },
});

export const ruleItem = (properties: Settings = {}, name = "media") => ({
  name,
  properties: {
    access: "Allow",
    direction: "Inbound",
    priority: 100,
    protocol: "Tcp",
    sourceAddressPrefix: "AzureCloud",
    sourcePortRange: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "8445",
    ...properties,
  },
});

export const nsgBody = (...securityRules: object[]) => inWestEurope({ securityRules });

export const addressBody = (properties: Settings = {}, more: Settings = {}) => ({
  ...inWestEurope({ publicIPAllocationMethod: "Static", ...properties }),
  sku: { name: "Standard" },
  ...more,
});

const frontendIPConfiguration = { id: `${LB}/frontendIPConfigurations/public` };
const backendAddressPool = { id: `${LB}/backendAddressPools/bots` };

export const natRule = (properties: Settings = {}, name = "media") => ({
  name,
  properties: {
    frontendIPConfiguration,
    backendAddressPool,
    protocol: "Tcp",
    frontendPortRangeStart: 6000,
    frontendPortRangeEnd: 6099,
    backendPort: 8445,
    ...properties,
  },
});

export const balancedRule = (properties: Settings = {}, name = "signalling") => ({
  name,
  properties: {
    frontendIPConfiguration,
    backendAddressPool,
    probe: { id: `${LB}/probes/health` },
    protocol: "Tcp",
    frontendPort: 443,
    backendPort: 9442,
    disableOutboundSnat: true,
    ...properties,
  },
});

export const balancerBody = (properties: Settings = {}) => ({
  ...inWestEurope({
    frontendIPConfigurations: [{ name: "public", properties: { publicIPAddress: { id: PIP } } }],
    backendAddressPools: [{ name: "bots" }],
    probes: [{ name: "health", properties: { protocol: "Tcp", port: 9442 } }],
    loadBalancingRules: [balancedRule()],
    inboundNatRules: [natRule()],
    ...properties,
  }),
  sku: { name: "Standard" },
});

/** Puts a resource and waits for it. */
export async function putDone(arm: ArmUnderTest, id: string, body: unknown) {
  const answer = await arm.put(id, body);
  const operation = answer.headers.get("azure-asyncoperation");
  if (operation === null) throw new Error(JSON.stringify(answer.body));
  const { body: ended } = await arm.get(operation);
  return { answer, ended, ...(await arm.get(id)) };
}

/** Deletes a resource and waits until it is gone. */
export async function deleteDone(arm: ArmUnderTest, id: string): Promise<number> {
  const answer = await arm.delete(id);
  const location = answer.headers.get("location");
  if (location !== null) await arm.get(location);
  return answer.status;
}

/** Status, code and message of a refusal; the details' where they say more. */
export function refusal({ status, body }: { status: number; body: { error?: Settings } }) {
  const { code, message, details } = body.error ?? {};
  const [detail] = Array.isArray(details) ? details : [];
  return [status, detail?.code ?? code, detail?.message ?? message];
}
