// The sign-up page on the real engine: what is made, what a visitor is served, and that nothing is left.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  CallingBot,
  type CallingBotArgs,
  Capability,
  ConsentMode,
  stackOutputs,
  Tenancy,
} from "../../components/index.js";
import { parseOutputs } from "../../rules/outputs.js";
import type { TestCloud } from "../support/test-cloud.js";
import {
  failureOf,
  newTestStack,
  run,
  startDeployableCloud,
  type TestStack,
} from "../support/test-stack.js";

const PUBLISHER = {
  name: "Contoso Meetings Ltd",
  privacyUrl: "https://contoso.com/privacy",
  termsUrl: "https://contoso.com/terms",
  contact: "mailto:teams-bot@contoso.com",
};

function botArgs(override: Partial<CallingBotArgs> = {}): CallingBotArgs {
  return {
    host: {
      messagingEndpoint: "https://contoso.com/api/messages",
      callingWebhook: "https://contoso.com/teamsapp/api/calling",
    },
    displayName: "Contoso Reception",
    capabilities: [Capability.JoinMeetings],
    consent: { mode: ConsentMode.SignUp, publisher: PUBLISHER },
    ...override,
  };
}

let cloud: TestCloud;
let folder: string;
const made: TestStack[] = [];

beforeAll(async () => {
  cloud = await startDeployableCloud();
  folder = mkdtempSync(join(tmpdir(), "sign-up-"));
});
afterAll(async () => {
  for (const { remove } of made) remove();
  await cloud.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function botStack(stackName: string, first: CallingBotArgs) {
  const now = { args: first };
  const testStack = await newTestStack({
    cloud,
    stackName,
    program: async () => stackOutputs(new CallingBot("bot", now.args)),
  });
  made.push(testStack);
  return { stack: testStack.stack, now };
}

async function textAt(url: string | undefined): Promise<string> {
  return await (await fetch(url ?? "")).text();
}

const FILES = ["index", "logo", "not-found", "return"].map((file) => `Blob bot-sign-up-${file}`);

describe("a calling bot that puts up its sign-up page", () => {
  it("makes the address, registers it and serves the page; the second time nothing changes", async () => {
    const { stack } = await botStack("page", botArgs());
    expect((await run(stack, "preview")).steps).toContain("create Blob bot-sign-up-index");
    const first = await run(stack, "up");
    expect([...first.steps].sort()).toEqual(
      [
        ...FILES.map((file) => `create ${file}`),
        "create Application bot",
        "create Bot bot",
        "create Channel bot-teams",
        "create ResourceGroup bot-resource-group",
        "create ServicePrincipal bot-service-principal",
        "create StorageAccount bot-sign-up",
        "create StorageAccountStaticWebsite bot-sign-up",
      ].sort(),
    );
    const { outputs, issues } = parseOutputs(first.outputs);
    expect(issues).toEqual([]);
    const url = outputs?.consent.signUpUrl ?? "";
    expect(url).toMatch(/^https:\/\/localhost:\d+\/web\/teamscallingbot[a-z0-9]{9}\/$/);
    expect(url.startsWith(cloud.origins.storage)).toBe(true);
    expect(outputs?.consent.link).toBe(url);
    expect(outputs?.replyUrls).toEqual([`${url}consented.html`]);

    const page = await fetch(url);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const text = await page.text();
    expect(text).toContain("Contoso Reception");
    expect(text).toContain(outputs?.appId);
    expect((await fetch(`${url}consented.html`)).status).toBe(200);
    const missing = await fetch(`${url}nowhere/else`);
    expect(missing.status).toBe(404);
    expect(await missing.text()).toContain("This page does not exist");

    const second = await run(stack, "up");
    expect(second.steps).toEqual([]);
    expect(second.outputs).toEqual(first.outputs);
    expect((await run(stack, "refresh")).steps).toEqual([]);

    expect((await run(stack, "destroy")).steps.length).toBe(11);
    expect((await fetch(url)).status).toBe(404);
  });

  it("uploads again exactly what changes, and keeps its address", async () => {
    const logo = join(folder, "logo.png");
    writeFileSync(logo, Buffer.from("\x89PNG\r\n\x1a\n and so on", "latin1"));
    const { stack, now } = await botStack(
      "change",
      botArgs({ consent: { mode: ConsentMode.SignUp, publisher: { ...PUBLISHER, logo } } }),
    );
    const first = await run(stack, "up");
    const url = parseOutputs(first.outputs).outputs?.consent.signUpUrl;
    const picture = await fetch(`${url}logo.png`);
    expect(picture.headers.get("content-type")).toBe("image/png");
    expect(Buffer.from(await picture.arrayBuffer()).toString("latin1")).toMatch(/^\x89PNG/);

    now.args = { ...now.args, capabilities: [Capability.JoinMeetings, Capability.CallUsers] };
    const more = await run(stack, "up");
    const changed = more.steps.filter((step) => step.includes("Blob"));
    expect([...new Set(changed.map((step) => step.split(" ").at(-1)))]).toEqual([
      "bot-sign-up-index",
    ]);
    expect(parseOutputs(more.outputs).outputs?.consent.signUpUrl).toBe(url);
    expect(await textAt(url)).toContain("<h3>Call one person</h3>");

    // A changed picture under the same name.
    writeFileSync(logo, Buffer.from("\x89PNG\r\n\x1a\n other", "latin1"));
    const repainted = await run(stack, "up");
    expect([...new Set(repainted.steps.map((step) => step.split(" ").at(-1)))]).toEqual([
      "bot-sign-up-logo",
    ]);
    expect((await fetch(`${url}logo.png`)).status).toBe(200);
    await run(stack, "destroy");
  });

  it("tells apart whose administrators may consent", async () => {
    const one = await botStack("one", botArgs());
    const many = await botStack("many", botArgs({ tenancy: Tenancy.MultiTenant }));
    const pageOf = async ({ stack }: typeof one) => {
      const { outputs } = parseOutputs((await run(stack, "up")).outputs);
      return await textAt(outputs?.consent.signUpUrl);
    };
    expect(await pageOf(one)).toContain("For this organisation only");
    expect(await pageOf(many)).toContain("Which organisation?");
    await run(one.stack, "destroy");
    await run(many.stack, "destroy");
  });

  it("is refused before anything is made when the page could not be built", async () => {
    const publisher = { ...PUBLISHER, privacyUrl: "http://contoso.com", logo: "no/such.png" };
    const { stack, now } = await botStack(
      "refused",
      botArgs({ consent: { mode: ConsentMode.SignUp, publisher } }),
    );
    expect(await failureOf(stack, "preview")).toContain("consent.publisher.logo must exist");
    const { logo: _, ...unpainted } = publisher;
    now.args = botArgs({ consent: { mode: ConsentMode.SignUp, publisher: unpainted } });
    expect(await failureOf(stack, "preview")).toContain(
      "consent.publisher.privacyUrl must be a full address that starts with https:",
    );
    now.args = botArgs({ consent: { mode: ConsentMode.Url, publisher: PUBLISHER } });
    expect(await failureOf(stack, "up")).toContain(
      "consent.publisher must be left out unless consent.mode is signUp",
    );
  });
});
