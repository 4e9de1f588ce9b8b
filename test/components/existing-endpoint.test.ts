// A bot that runs elsewhere, on the real engine: what is made for it is a DNS record at most.
import * as dns from "@pulumi/azure-native/dns/index.js";
import * as resources from "@pulumi/azure-native/resources/index.js";
import { describe, expect, it } from "vitest";
import { ExistingEndpoint, type ExistingEndpointArgs } from "../../components/index.js";
import { cloudOfFile } from "../support/cloud-of-file.js";
import { resourceOf } from "../support/stack-state.js";
import { failureOf, newTestStack, run } from "../support/test-stack.js";

const ARGS: ExistingEndpointArgs = {
  messagingEndpoint: "https://bot.contoso.com/api/messages",
  callingWebhook: "https://bot.contoso.com/api/calling",
};

const { cloud, made } = await cloudOfFile();

/** A stack with a zone of its own, and the endpoint with a record there. */
async function endpointStack(stackName: string, target: string) {
  const now = { args: { ...ARGS, dnsTarget: target } as Omit<ExistingEndpointArgs, "dnsZoneId"> };
  const testStack = await newTestStack({
    cloud,
    stackName,
    program: async () => {
      const group = new resources.ResourceGroup("dns", { resourceGroupName: `dns-${stackName}` });
      const zone = new dns.Zone("zone", {
        resourceGroupName: group.name,
        zoneName: "contoso.com",
        location: "global",
      });
      const { callingWebhook } = new ExistingEndpoint("bot", { ...now.args, dnsZoneId: zone.id });
      return { callingWebhook };
    },
  });
  made.push(testStack);
  return { stack: testStack.stack, now };
}

const record = "RecordSet bot-domain";

describe("a bot that runs elsewhere", () => {
  it("makes a record for the host of its URLs, and another when it leads elsewhere", async () => {
    const { stack, now } = await endpointStack("record", "20.30.40.50");
    const first = await run(stack, "up");
    expect(first.steps.filter((step) => step.includes("RecordSet"))).toEqual([`create ${record}`]);
    const { inputs, outputs } = await resourceOf(stack, "RecordSet", "bot-domain");
    expect(outputs["fqdn"]).toBe("bot.contoso.com.");
    expect(inputs).toMatchObject({ recordType: "A", relativeRecordSetName: "bot", ttl: 300 });
    expect(inputs["aRecords"]).toEqual([{ ipv4Address: "20.30.40.50" }]);
    expect((await run(stack, "up")).steps).toEqual([]);
    expect((await run(stack, "refresh")).steps).toEqual([]);

    now.args = { ...now.args, dnsTarget: "20.30.40.51" };
    expect((await run(stack, "up")).steps).toEqual([`update ${record}`]);

    now.args = { ...now.args, dnsTarget: "bot.example.net" };
    await run(stack, "up");
    const alias = await resourceOf(stack, "RecordSet", "bot-domain");
    expect(alias.inputs).toMatchObject({
      recordType: "CNAME",
      cnameRecord: { cname: "bot.example.net" },
    });
    expect(alias.inputs).not.toHaveProperty("aRecords");
    expect((await run(stack, "destroy")).steps).toHaveLength(3);
    expect((await run(stack, "destroy")).steps).toEqual([]);
  });

  it("is told in the preview everything that is wrong with the record", async () => {
    const testStack = await newTestStack({
      cloud,
      stackName: "wrong",
      program: async () => {
        new ExistingEndpoint("bot", {
          ...ARGS,
          dnsZoneId: "contoso.com",
          dnsTarget: "10.0.0.4",
        });
      },
    });
    made.push(testStack);
    const text = await failureOf(testStack.stack, "preview");
    expect(text).toContain("2 problems in the configuration of this stack:");
    expect(text).toContain(
      "ExistingEndpoint.dnsZoneId must be the resource id of one Microsoft.Network/dnsZones",
    );
    expect(text).toContain("ExistingEndpoint.dnsTarget must be public");
  });
});
