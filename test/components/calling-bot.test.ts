import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { describe, expect, it } from "vitest";
import {
  type CallingBotArgs,
  Capability,
  ConsentMode,
  MediaRecording,
} from "../../components/index.js";
import { parseOutputs } from "../../rules/outputs.js";
import { cloudOfFile } from "../support/cloud-of-file.js";
import { run } from "../support/test-stack.js";

const HOST = {
  messagingEndpoint: "https://contoso.com/api/messages",
  callingWebhook: "https://contoso.com/teamsapp/api/calling",
};

function botArgs(override: Partial<CallingBotArgs> = {}): CallingBotArgs {
  return {
    host: HOST,
    capabilities: [Capability.CallUsers, Capability.JoinMeetings],
    consent: { mode: ConsentMode.Grant },
    ...override,
  };
}

const { botStack } = await cloudOfFile();

async function destroy(stack: Stack) {
  return (await run(stack, "destroy")).steps;
}

describe("a calling bot", () => {
  it("is made of these resources by these names, and nothing changes the second time", async () => {
    const { stack } = await botStack("whole", botArgs());
    const first = await run(stack, "up");
    expect([...first.steps].sort()).toEqual([
      "create AppRoleAssignment bot-Calls.Initiate.All",
      "create AppRoleAssignment bot-Calls.JoinGroupCall.All",
      "create Application bot",
      "create Bot bot",
      "create Channel bot-teams",
      "create ResourceGroup bot-resource-group",
      "create ServicePrincipal bot-service-principal",
    ]);
    const { outputs, issues } = parseOutputs(first.outputs);
    expect(issues).toEqual([]);
    expect(outputs?.grantedPermissions).toEqual(["Calls.Initiate.All", "Calls.JoinGroupCall.All"]);
    expect(outputs?.consent).toMatchObject({ mode: "grant", state: "granted" });
    expect(outputs?.callingWebhook).toBe(HOST.callingWebhook);

    const second = await run(stack, "up");
    expect(second.steps).toEqual([]);
    expect(second.outputs).toEqual(first.outputs);
    expect((await run(stack, "preview")).steps).toEqual([]);
    expect((await run(stack, "refresh")).steps).toEqual([]);

    expect((await destroy(stack)).length).toBe(7);
  });

  it("says in the preview which permissions it asks for and why", async () => {
    const { stack } = await botStack(
      "why",
      botArgs({ permissions: ["calls.accessmedia.all"], mediaRecording: MediaRecording.Never }),
    );
    const { text } = await run(stack, "preview");
    expect(text).toContain("Calls.AccessMedia.All: ");
    expect(text).toContain("(asked for by name)");
    expect(text).toContain("(asked for by capability joinMeetings)");
    expect(text).toContain("updateRecordingStatus");
  });
});
