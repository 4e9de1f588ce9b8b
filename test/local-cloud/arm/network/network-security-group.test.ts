import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ArmUnderTest, startArm, withGroup } from "../arm-under-test.js";
import { NSG, nsgBody, putDone, refusal, ruleItem } from "./network-bodies.js";

let arm: ArmUnderTest;
beforeEach(async () => {
  arm = await startArm();
  await withGroup(arm);
});
afterEach(() => arm.stop());

const RULE = `${NSG}/securityRules/media`;

describe("a network security group", () => {
  it("has its rules in order, and the default ones", async () => {
    const udp = ruleItem(
      {
        priority: 110,
        protocol: "udp",
        sourceAddressPrefix: undefined,
        sourceAddressPrefixes: ["52.112.0.0/14", "52.122.0.0/15"],
        destinationPortRange: undefined,
        destinationPortRanges: ["3478-3481", "50000"],
      },
      "udp",
    );
    const { answer, body } = await putDone(arm, NSG, nsgBody(ruleItem(), udp));
    expect(answer.status).toBe(201);
    const [first, second] = body.properties.securityRules;
    expect(first).toEqual({
      name: "media",
      id: RULE,
      etag: expect.any(String),
      type: "Microsoft.Network/networkSecurityGroups/securityRules",
      properties: {
        provisioningState: "Succeeded",
        protocol: "Tcp",
        sourcePortRange: "*",
        sourcePortRanges: [],
        destinationPortRange: "8445",
        destinationPortRanges: [],
        sourceAddressPrefix: "AzureCloud",
        sourceAddressPrefixes: [],
        destinationAddressPrefix: "*",
        destinationAddressPrefixes: [],
        access: "Allow",
        priority: 100,
        direction: "Inbound",
      },
    });
    expect(second.properties).toMatchObject({
      protocol: "Udp",
      sourceAddressPrefixes: ["52.112.0.0/14", "52.122.0.0/15"],
      destinationPortRanges: ["3478-3481", "50000"],
    });
    expect(second.properties.sourceAddressPrefix).toBeUndefined();
    expect(body.properties.defaultSecurityRules.map(({ name }: { name: string }) => name)).toEqual([
      "AllowVnetInBound",
      "AllowAzureLoadBalancerInBound",
      "DenyAllInBound",
      "AllowVnetOutBound",
      "AllowInternetOutBound",
      "DenyAllOutBound",
    ]);
    const again = await putDone(arm, NSG, body);
    expect(again.answer.status).toBe(200);
  });

  it("may use one priority in both directions, and any tag with a region", async () => {
    const out = ruleItem(
      { direction: "Outbound", sourceAddressPrefix: "AzureCloud.westeurope" },
      "out",
    );
    expect((await putDone(arm, NSG, nsgBody(ruleItem(), out))).status).toBe(200);
    expect((await putDone(arm, NSG, nsgBody())).body.properties.securityRules).toEqual([]);
  });

  const PARAMETERS = `Required security rule parameters are missing for security rule with Id: ${RULE}. Security rule must specify`;
  it.each<[what: string, properties: Record<string, unknown>, code: string, message: string]>([
    [
      "priority 99",
      { priority: 99 },
      "SecurityRuleInvalidPriority",
      "Security rule has invalid Priority. Value provided: 99 Allowed range 100-4096.",
    ],
    [
      "priority 4097",
      { priority: 4097 },
      "SecurityRuleInvalidPriority",
      "Security rule has invalid Priority. Value provided: 4097 Allowed range 100-4096.",
    ],
    [
      "no priority",
      { priority: undefined },
      "SecurityRuleParameterMissing",
      `Required security rule parameter Priority is missing for security rule with Id: ${RULE}.`,
    ],
    [
      "port 70000",
      { destinationPortRange: "70000" },
      "SecurityRuleInvalidPortRange",
      "Security rule has invalid Port range. Value provided: 70000. Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535.",
    ],
    [
      "a list of ports as one text",
      { destinationPortRange: "443, 8445" },
      "SecurityRuleInvalidPortRange",
      "Security rule has invalid Port range. Value provided: 443, 8445. Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535.",
    ],
    [
      "ports backwards",
      { destinationPortRange: "9-1" },
      "SecurityRuleInvalidPortRange",
      "Security rule has invalid Port range. Value provided: 9-1. Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535.",
    ],
    [
      "no ports",
      { destinationPortRange: undefined },
      "SecurityRuleParametersMissing",
      `${PARAMETERS} DestinationPortRanges or DestinationPortRange.`,
    ],
    [
      "no source",
      { sourceAddressPrefix: undefined },
      "SecurityRuleParametersMissing",
      `${PARAMETERS} SourceAddressPrefixes, SourceAddressPrefix, or SourceApplicationSecurityGroups.`,
    ],
    [
      "a range in the middle",
      { sourceAddressPrefix: "52.112.0.1/14" },
      "SecurityRuleInvalidAddressPrefix",
      `Security rule ${RULE} has invalid Address prefix. Value provided: 52.112.0.1/14`,
    ],
    [
      "a tag that is none",
      { sourceAddressPrefix: "MicrosoftTeams" },
      "SecurityRuleInvalidAddressPrefix",
      `Security rule ${RULE} has invalid Address prefix. Value provided: MicrosoftTeams`,
    ],
    [
      "singular and plural",
      { destinationPortRanges: ["1"] },
      "SecurityRuleParametersConflict",
      `Security rule ${RULE} has both destinationPortRange and destinationPortRanges. Only one of them can be specified.`,
    ],
    [
      "a tag among ranges",
      { sourceAddressPrefix: "", sourceAddressPrefixes: ["AzureCloud", "10.0.0.0/8"] },
      "SecurityRuleParameterContainsUnsupportedValue",
      `Security rule parameter SourceAddressPrefix for rule with Id ${RULE} cannot specify existing VIRTUALNETWORK, INTERNET, AZURELOADBALANCER, '*' or system tags. Unsupported value used: AzureCloud.`,
    ],
    [
      "a protocol that is none",
      { protocol: "Http" },
      "InvalidJson",
      `Error converting value "Http" to one of *, Tcp, Udp, Icmp, Esp, Ah. Path 'properties.securityRules[0].properties.protocol'.`,
    ],
    [
      "no direction",
      { direction: undefined },
      "MissingJsonProperty",
      "Value for the required property 'direction' is missing. Path 'properties.securityRules[0].properties.direction'.",
    ],
  ])("is refused with %s in a rule", async (_what, properties, ...expected) => {
    const answer = await arm.put(NSG, nsgBody(ruleItem(properties)));
    expect(refusal(answer)).toEqual([400, ...expected]);
    expect((await arm.get(NSG)).status).toBe(404);
  });

  it("is refused with two rules of one priority and direction, or of one name", async () => {
    expect(refusal(await arm.put(NSG, nsgBody(ruleItem(), ruleItem({}, "other"))))).toEqual([
      400,
      "SecurityRuleConflict",
      "Security rule media conflicts with rule other. Rules cannot have the same Priority and Direction. To learn more, see aka.ms/nsgrules.",
    ]);
    const twins = nsgBody(ruleItem(), ruleItem({ priority: 101 }, "Media"));
    expect(refusal(await arm.put(NSG, twins))[1]).toBe("DuplicateResourceName");
  });
});
