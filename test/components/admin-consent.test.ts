// Admin consent on the real engine and the local cloud: what is granted is read, and nobody can miss what is outstanding.
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { describe, expect, it } from "vitest";
import {
  AdminConsent,
  BotIdentity,
  type CallingBotArgs,
  ConsentMode,
  type ConsentOutput,
  MediaRecording,
  Tenancy,
} from "../../components/index.js";
import { GLOBAL_ADMIN } from "../../local-cloud/directory/people.js";
import { parseOutputs } from "../../rules/outputs.js";
import { answerOf, Visitor } from "../local-cloud/entra/visitor.js";
import { cloudOfFile } from "../support/cloud-of-file.js";
import { failureOf, newTestStack, run } from "../support/test-stack.js";

const HOST = {
  messagingEndpoint: "https://contoso.com/api/messages",
  callingWebhook: "https://contoso.com/teamsapp/api/calling",
};
const TENANT = "10ca1000-0000-4000-8000-000000000001";
const OTHER_TENANT = "10ca1000-0000-4000-8000-000000000002";
const BACK = "https://contoso.com/consented";

function botArgs(permissions: string[], override: Partial<CallingBotArgs> = {}): CallingBotArgs {
  return { host: HOST, permissions, consent: { redirectUrl: BACK }, ...override };
}

const { cloud, made, botStack } = await cloudOfFile();

/** One update, with its outputs as the package itself reads them. */
async function up(stack: Stack) {
  const ran = await run(stack, "up");
  const { outputs, issues } = parseOutputs(ran.outputs);
  if (outputs === undefined) throw new Error(JSON.stringify(issues));
  return { ...ran, outputs };
}

/** Opens the link as an administrator does, signs in and accepts. */
async function accept(link = ""): Promise<void> {
  const visitor = new Visitor();
  const answer = await visitor.submit(await visitor.visit(link, GLOBAL_ADMIN), {
    action: "accept",
  });
  expect(answerOf(answer)).toMatchObject({ to: BACK, parameters: { admin_consent: "True" } });
}

describe("consent by link", () => {
  it("is known to be outstanding, granted, outstanding again for an added permission, and granted, with no resource changed", async () => {
    const { stack, change } = await botStack("story", botArgs(["Calls.JoinGroupCall.All"]));

    const first = await up(stack);
    const link = first.outputs.consent.link;
    expect(first.outputs.consent).toEqual({
      mode: "url",
      link,
      state: "outstanding",
      fingerprint: expect.stringMatching(/^[0-9a-f]{12}$/),
      tenants: [
        {
          tenant: TENANT,
          state: "outstanding",
          missing: ["Calls.JoinGroupCall.All"],
          surplus: [],
          link,
        },
      ],
    });
    expect(first.text).toContain(
      `In tenant ${TENANT} not in force until consent is given: Calls.JoinGroupCall.All.`,
    );
    expect(first.outputs.todo[0]).toContain("consent to Calls.JoinGroupCall.All");

    await accept(link);
    const consented = await up(stack);
    expect(consented.steps).toEqual([]);
    expect(consented.outputs.consent.state).toBe("granted");
    expect(consented.outputs.consent.fingerprint).toBe(first.outputs.consent.fingerprint);
    expect(consented.text).not.toContain("in force");
    expect(consented.outputs.todo.join()).not.toContain("consent");

    change(
      botArgs(["Calls.JoinGroupCall.All", "Calls.AccessMedia.All"], {
        mediaRecording: MediaRecording.Never,
      }),
    );
    const sentence = `In tenant ${TENANT} not in force until consent is repeated: Calls.AccessMedia.All.`;
    expect((await run(stack, "preview")).text).toContain(sentence);
    const added = await up(stack);
    expect(added.steps).toEqual(["update Application bot"]);
    expect(added.text).toContain(sentence);
    expect(added.outputs.consent.state).toBe("outstanding");
    expect(added.outputs.consent.tenants?.[0]).toMatchObject({
      state: "partial",
      missing: ["Calls.AccessMedia.All"],
      surplus: [],
    });
    expect(added.outputs.consent.fingerprint).not.toBe(first.outputs.consent.fingerprint);

    await accept(link);
    const again = await up(stack);
    expect(again.steps).toEqual([]);
    expect(again.outputs.consent.state).toBe("granted");

    change(botArgs(["Calls.JoinGroupCall.All"]));
    const removed = await up(stack);
    expect(removed.text).toContain(
      `In tenant ${TENANT} granted and no longer asked for: Calls.AccessMedia.All; an administrator takes it back`,
    );
    expect(removed.outputs.consent.tenants?.[0]).toMatchObject({
      state: "granted",
      missing: [],
      surplus: ["Calls.AccessMedia.All"],
    });
    await run(stack, "destroy");
  });

  it("knows each customer's state, or why it is not known, and has a link for each", async () => {
    const args = botArgs(["Calls.JoinGroupCall.All"], {
      tenancy: Tenancy.MultiTenant,
      consent: {
        redirectUrl: BACK,
        customerTenants: [OTHER_TENANT, "fabrikam.local", "nowhere.example", "organizations"],
      },
    });
    const { stack, change } = await botStack("customers", args);
    const { outputs } = await up(stack);
    const [own, ...customers] = outputs.consent.tenants ?? [];
    expect(own?.state).toBe("outstanding");
    expect(customers.map(({ tenant, state }) => [tenant, state])).toEqual([
      [OTHER_TENANT, "unknown"],
      ["fabrikam.local", "unknown"],
      ["nowhere.example", "unknown"],
      ["organizations", "unknown"],
    ]);
    for (const customer of customers) {
      expect(customer.link).toContain(`/${customer.tenant}/v2.0/adminconsent?`);
      expect(customer).not.toHaveProperty("missing");
    }
    expect(customers.map(({ reason }) => reason)).toEqual([
      expect.stringContaining("another tenant"),
      expect.stringContaining("another tenant"),
      expect.stringContaining("does not know this tenant"),
      expect.stringContaining("Name a tenant"),
    ]);
    expect(outputs.todo.filter((line) => line.startsWith("Let a Privileged"))).toHaveLength(5);

    // One is removed, one is added again: nothing else is touched, and the one that went is remembered.
    const listing = (customerTenants: string[]) =>
      change({ ...args, consent: { redirectUrl: BACK, customerTenants } });
    listing([OTHER_TENANT, "organizations"]);
    const removed = await up(stack);
    expect(removed.steps).toEqual([]);
    expect(removed.text).toContain(
      "Tenant fabrikam.local is no longer in consent.customerTenants. Nothing changes there",
    );
    const former = ["fabrikam.local", "nowhere.example"];
    expect(removed.outputs.consent.formerTenants).toEqual(former);
    const again = await up(stack);
    expect(again.text).not.toContain("no longer in consent.customerTenants");
    expect(again.outputs.consent.formerTenants).toEqual(former);
    listing([OTHER_TENANT, "Fabrikam.local"]);
    expect((await up(stack)).outputs.consent.formerTenants).toEqual(["nowhere.example"]);
    await run(stack, "destroy");
  });
});

describe("consent that cannot be read", () => {
  const states = async (stack: Stack) => (await up(stack)).outputs.consent.tenants?.[0];

  it("is unknown and says why, and the update succeeds", async () => {
    const { stack } = await botStack("unreadable", botArgs(["Calls.Initiate.All"]));
    await up(stack);
    const only = { service: "graph" as const, method: "GET", path: "appRoleAssignments" };
    cloud.faults.add({
      kind: "fail",
      status: 403,
      code: "Authorization_RequestDenied",
      skip: 0,
      ...only,
    });
    expect(await states(stack)).toMatchObject({
      state: "unknown",
      reason: expect.stringContaining("Application.Read.All"),
    });
    cloud.faults.clear();
    cloud.faults.add({ kind: "throttle", retryAfterSeconds: 120, skip: 0, ...only });
    const before = Date.now();
    expect(await states(stack)).toMatchObject({
      state: "unknown",
      reason: expect.stringContaining("asks callers to wait"),
    });
    expect(Date.now() - before).toBeLessThan(30_000);
    cloud.faults.clear();
    cloud.faults.add({ kind: "drop", when: "before", skip: 0, ...only });
    expect(await states(stack)).toMatchObject({
      state: "unknown",
      reason: expect.stringContaining("could not be reached"),
    });
    cloud.faults.clear();
    cloud.faults.add({ kind: "delay", milliseconds: 60_000, skip: 0, ...only });
    expect(await states(stack)).toMatchObject({
      state: "unknown",
      reason: expect.stringContaining("did not answer in time"),
    });
    cloud.faults.clear();
    expect(await states(stack)).toMatchObject({ state: "outstanding" });
    await run(stack, "destroy");
  });

  it("is asked for again when the service says it is busy for a moment", async () => {
    const { stack } = await botStack("busy", botArgs(["Calls.Initiate.All"]));
    await up(stack);
    cloud.faults.add({
      kind: "throttle",
      retryAfterSeconds: 1,
      times: 2,
      skip: 0,
      service: "graph",
      path: "appRoleAssignments",
    });
    expect(await states(stack)).toMatchObject({ state: "outstanding" });
    cloud.faults.clear();
    await run(stack, "destroy");
  });
});

describe("consent that the stack grants", () => {
  const granting = (permissions: string[], adopt: Record<string, string> = {}) =>
    botArgs(permissions, { consent: { mode: ConsentMode.Grant, adopt } });

  it("is granted after the first update, and no output changes in the second, also when a permission was removed", async () => {
    const { stack, change } = await botStack(
      "granting",
      granting(["Calls.Initiate.All", "Calls.JoinGroupCall.All"]),
    );
    const first = await up(stack);
    expect(first.outputs.consent).toEqual({
      mode: "grant",
      state: "granted",
      fingerprint: expect.any(String),
      tenants: [{ tenant: TENANT, state: "granted", missing: [] }],
    });
    expect(first.text).not.toContain("in force");
    const second = await up(stack);
    expect([second.steps, second.outputs]).toEqual([[], first.outputs]);

    change(granting(["Calls.Initiate.All"]));
    const removed = await up(stack);
    expect(removed.steps).toContain("delete AppRoleAssignment bot-Calls.JoinGroupCall.All");
    expect(removed.text).toContain("this update takes back what the stack granted");
    const after = await up(stack);
    expect([after.steps, after.outputs]).toEqual([[], removed.outputs]);
    expect(after.text).not.toContain("no longer asked for");
    await run(stack, "destroy");
  });

  it("is not called granted any more by the very update that takes it back", async () => {
    const { stack, change } = await botStack("handover", granting(["Calls.Initiate.All"]));
    expect((await up(stack)).outputs.consent.state).toBe("granted");
    change(botArgs(["Calls.Initiate.All"]));
    const sentence = `In tenant ${TENANT} not in force until consent is given: Calls.Initiate.All.`;
    expect((await run(stack, "preview")).text).toContain(sentence);
    const handed = await up(stack);
    expect(handed.steps).toContain("delete AppRoleAssignment bot-Calls.Initiate.All");
    expect(handed.text).toContain(sentence);
    expect(handed.outputs.consent.state).toBe("outstanding");
    const after = await up(stack);
    expect([after.steps, after.outputs]).toEqual([[], handed.outputs]);
    await accept(after.outputs.consent.link);
    expect((await up(stack)).outputs.consent.state).toBe("granted");
    await run(stack, "destroy");
  });

  it("finds an assignment that somebody else made, before it is made again, and takes it over", async () => {
    const { stack, change } = await botStack("takeover", botArgs(["Calls.Initiate.All"]));
    const { outputs } = await up(stack);
    await accept(outputs.consent.link);

    change(granting(["Calls.Initiate.All", "Calls.JoinGroupCall.All"]));
    const previewed = await failureOf(stack, "preview");
    const refused = await failureOf(stack, "up");
    for (const text of [previewed, refused]) {
      expect(text).toContain('permissions "Calls.Initiate.All" must not be granted already');
      expect(text).not.toContain("bot-Calls.JoinGroupCall.All must");
      expect(text).not.toMatch(/\bat .*\.[jt]s:\d+/);
    }
    const adopt = JSON.parse(/consent\.adopt to (\{.*?\})/.exec(refused)?.[1] ?? "{}");
    expect(Object.keys(adopt)).toContain("Calls.Initiate.All");

    change(
      granting(["Calls.Initiate.All", "Calls.JoinGroupCall.All"], {
        "Calls.Initiate.All": adopt["Calls.Initiate.All"],
      }),
    );
    expect((await run(stack, "preview")).steps.join()).toContain("import AppRoleAssignment");
    const taken = await up(stack);
    expect(taken.outputs.consent.state).toBe("granted");
    expect((await up(stack)).steps).toEqual([]);
    change(granting(["Calls.Initiate.All", "Calls.JoinGroupCall.All"]));
    expect((await up(stack)).steps).toEqual([]);
    expect((await run(stack, "destroy")).steps).toContain(
      "delete AppRoleAssignment bot-Calls.Initiate.All",
    );
  });
});

describe("consent that others see to", () => {
  it("has no link, and is checked", async () => {
    const args = botArgs(["Calls.Initiate.All"], { consent: { mode: ConsentMode.External } });
    const { stack } = await botStack("external", args);
    const { outputs } = await up(stack);
    expect(outputs.consent).toEqual({
      mode: "external",
      state: "outstanding",
      fingerprint: expect.any(String),
      tenants: [
        { tenant: TENANT, state: "outstanding", missing: ["Calls.Initiate.All"], surplus: [] },
      ],
    });
    await run(stack, "destroy");
  });

  it("is sent to the sign-up page, whose return page is a reply URL", async () => {
    const redirectUrl = "https://sign-up.contoso.com/bot/consented.html";
    const args = botArgs(["Calls.Initiate.All"], {
      consent: { mode: ConsentMode.SignUp, redirectUrl },
    });
    const { stack } = await botStack("signup", args);
    const { outputs } = await up(stack);
    expect(outputs.consent.link).toBe("https://sign-up.contoso.com/bot/");
    expect(outputs.replyUrls).toEqual([redirectUrl]);
    await run(stack, "destroy");
  });
});

describe("AdminConsent by itself", () => {
  async function standAlone(stackName: string, redirectUri: string, replyUrls?: string[]) {
    const testStack = await newTestStack({
      cloud,
      stackName,
      program: async () => {
        const identity = new BotIdentity("bot", {
          displayName: "By itself",
          permissions: ["Calls.Initiate.All"],
          replyUrls: [BACK],
        });
        const consent = new AdminConsent("bot", {
          permissions: ["Calls.Initiate.All"],
          appId: identity.appId,
          servicePrincipalObjectId: identity.servicePrincipalObjectId,
          tenantId: identity.tenantId,
          redirectUri,
          ...(replyUrls === undefined ? {} : { replyUrls }),
        });
        return { consent: consent.consent };
      },
    });
    made.push(testStack);
    const { text, outputs } = await run(testStack.stack, "up");
    await run(testStack.stack, "destroy");
    return { text, consent: outputs["consent"] as ConsentOutput };
  }

  it.each([
    [`${BACK}/`, "differs in its final slash"],
    ["https://contoso.com/Consented", "differs in case"],
    ["https://contoso.com/elsewhere", "Add it to the application's reply URLs"],
  ])("says that %s is not registered", async (redirectUri, expected) => {
    const { text, consent } = await standAlone("standalone", redirectUri);
    expect(text).toContain("redirectUri must be one of the application's reply URLs");
    expect(text).toContain(expected);
    expect(consent.state).toBe("outstanding");
  });

  it("says nothing of a redirect URI that is registered, nor asks the directory for a list it is given", async () => {
    expect((await standAlone("registered", BACK)).text).not.toContain("redirectUri must");
    const since = cloud.requests.all().length;
    const { text } = await standAlone("given", BACK, ["https://contoso.com/other"]);
    expect(text).toContain("redirectUri must");
    expect(
      cloud.requests
        .all()
        .slice(since)
        .map(({ path }) => path)
        .join(),
    ).not.toContain("$select=web");
  });

  it("refuses common", async () => {
    const testStack = await newTestStack({
      cloud,
      stackName: "common",
      program: async () => {
        new AdminConsent("bot", {
          permissions: ["Calls.Initiate.All"],
          appId: "11111111-1111-4111-8111-111111111111",
          servicePrincipalObjectId: "11111111-1111-4111-8111-111111111112",
          tenantId: "common",
          customerTenants: ["consumers"],
        });
      },
    });
    made.push(testStack);
    const text = await failureOf(testStack.stack, "preview");
    expect(text).toContain("tenantId must be a tenant id, a verified domain or organizations");
    expect(text).toContain("customerTenants[0] must be a tenant id");
  });
});
