import { describe, expect, it } from "vitest";
import { Cloud } from "../../rules/clouds.js";
import { ConsentMode } from "../../rules/consent.js";
import { CredentialKind } from "../../rules/credential.js";
import { parseOutputs, type StackOutputs } from "../../rules/outputs.js";

const outputs: StackOutputs = {
  schemaVersion: 1,
  cloud: Cloud.Public,
  tenantId: "t",
  subscriptionId: "s",
  appId: "a",
  servicePrincipalObjectId: "sp",
  botName: "bot1",
  botResourceId: "/b",
  resourceGroupName: "rg",
  channelResourceId: "/c",
  messagingEndpoint: "https://contoso.com/m",
  callingWebhook: "https://contoso.com/c",
  replyUrls: [],
  permissions: [{ value: "Calls.Initiate.All", id: "i", because: ["asked for by name"] }],
  grantedPermissions: [],
  consent: { mode: ConsentMode.Url, link: "https://login" },
  credential: CredentialKind.None,
  todo: [],
};

describe("the outputs of a stack", () => {
  it("are read back as they were written, from JSON", () => {
    expect(parseOutputs(JSON.parse(JSON.stringify(outputs)))).toEqual({ outputs, issues: [] });
  });

  it("may have others beside them", () => {
    expect(parseOutputs({ ...outputs, extra: 1 })).toEqual({ outputs, issues: [] });
  });

  it("are refused in another version, with what to do", () => {
    for (const value of [undefined, null, [], {}, { ...outputs, schemaVersion: 2 }]) {
      const { outputs: read, issues } = parseOutputs(value);
      expect(read).toBeUndefined();
      expect(issues.map(({ path }) => path)).toEqual(["schemaVersion"]);
    }
  });

  it("are refused with every missing or wrong part", () => {
    const { appId: _, ...rest } = outputs;
    expect(parseOutputs({ ...rest, todo: "x", cloud: "moon" }).issues.map((i) => i.path)).toEqual([
      "cloud",
      "appId",
      "todo",
    ]);
  });
});
