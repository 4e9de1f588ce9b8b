import { describe, expect, it } from "vitest";
import { accessPolicyScript } from "../../rules/access-policy.js";
import { CredentialKind } from "../../rules/credential.js";
import { MediaRecording } from "../../rules/recording.js";
import { humanTodo, type RegistrationFacts } from "../../rules/todo.js";

const facts = (overrides: Partial<RegistrationFacts> = {}): RegistrationFacts => ({
  botName: "calls-dev-123456",
  appId: "11111111-1111-4111-8111-111111111111",
  requested: ["Calls.JoinGroupCall.All"],
  granted: ["Calls.JoinGroupCall.All"],
  credential: CredentialKind.Federated,
  usesManagedIdentity: false,
  ...overrides,
});

describe("what a person still has to do", () => {
  it("is only to install the app when everything else is done", () => {
    expect(humanTodo(facts())).toEqual([expect.stringMatching(/^Install the bot's Teams app/)]);
  });

  it("begins with consent to what is not granted, by the link", () => {
    const list = humanTodo(facts({ granted: [], consentLink: "https://login/x" }));
    expect(list).toHaveLength(2);
    expect(list[0]).toBe(
      "Let a Privileged Role Administrator of the tenant consent to Calls.JoinGroupCall.All by opening https://login/x; consent has to be repeated whenever a permission is added.",
    );
  });

  it("includes a credential when there is none, unless a managed identity has its own", () => {
    const none = { credential: CredentialKind.None };
    expect(humanTodo(facts(none))[0]).toContain("Give the application");
    const managed = humanTodo(facts({ ...none, usesManagedIdentity: true }));
    expect(managed.filter((text) => text.includes("Give the application"))).toEqual([]);
  });

  it("includes patience where a managed identity is the bot, whose tokens live for a day", () => {
    expect(humanTodo(facts({ usesManagedIdentity: true }))[0]).toBe(
      "Allow about 24 hours after each change of app roles: Azure keeps the managed identity's token for that long, and it has the app roles of its birth. A bot of type SingleTenant whose application trusts the identity has new roles with its next token.",
    );
  });

  it("includes the exact lines of the access policy with meeting permissions", () => {
    const [create, grant] = accessPolicyScript("calls-dev-123456", facts().appId);
    expect(create).toBe(
      'New-CsApplicationAccessPolicy -Identity "calls-dev-123456" -AppIds "11111111-1111-4111-8111-111111111111"',
    );
    for (const value of ["OnlineMeetings.Read.All", "OnlineMeetingArtifact.Read.All"]) {
      const [first] = humanTodo(facts({ requested: [value], granted: [value] }));
      expect(first).toContain(`for ${value}, run: ${create} and then: ${grant}`);
    }
  });

  it("includes the recording policy only for a bot that records", () => {
    const list = (mediaRecording: MediaRecording) =>
      humanTodo(facts({ mediaRecording })).filter((text) => text.includes("recording policy"));
    expect(list(MediaRecording.AfterRecordingStatus)).toHaveLength(1);
    expect(list(MediaRecording.Never)).toEqual([]);
  });

  it("is one line each", () => {
    const list = humanTodo(
      facts({
        requested: ["OnlineMeetings.Read.All", "Calls.AccessMedia.All"],
        granted: [],
        credential: CredentialKind.None,
        mediaRecording: MediaRecording.AfterRecordingStatus,
      }),
    );
    expect(list).toHaveLength(5);
    for (const text of list) expect(text).toMatch(/^[A-Z][^\n]*\.$/);
  });

  it("goes on with the customers whose consent is outstanding or not known", () => {
    const customers = [
      { tenant: "fabrikam.com", link: "https://login/f" },
      { tenant: "organizations", link: "https://login/o" },
    ];
    const [first, second] = humanTodo(facts({ customers }));
    expect(first).toBe(
      "Let a Privileged Role Administrator of tenant fabrikam.com consent by opening https://login/f.",
    );
    expect(second).toBe(
      "Let a Privileged Role Administrator of each customer's tenant consent by opening https://login/o.",
    );
  });
});
