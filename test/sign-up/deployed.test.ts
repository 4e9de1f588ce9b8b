// The whole way: `up` puts the page up, an administrator's browser goes from it through the local Entra and back, and the next
// `up` finds the consent. Nothing here is served from a file.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  CallingBot,
  Capability,
  ConsentMode,
  MediaRecording,
  stackOutputs,
  Tenancy,
} from "../../components/index.js";
import { parseOutputs, type StackOutputs } from "../../rules/outputs.js";
import { projectRoot } from "../../scripts/project-paths.js";
import { cloudAccess, graphClientOf } from "../../scripts/read-back.js";
import type { TestCloud } from "../support/test-cloud.js";
import { newTestStack, run, startDeployableCloud, type TestStack } from "../support/test-stack.js";
import { heading, readable, type Visit, visiting } from "./browser-visit.js";
import { launchChromium } from "./chromium.js";

const SHOTS = join(projectRoot, "test-artifacts");

let cloud: TestCloud;
let browser: Browser;
let testStack: TestStack;
let first: StackOutputs;
let site: string;

beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true });
  [cloud, browser] = await Promise.all([startDeployableCloud(), launchChromium()]);
  testStack = await newTestStack({
    cloud,
    program: async () =>
      stackOutputs(
        new CallingBot("bot", {
          host: {
            messagingEndpoint: "https://contoso.com/api/messages",
            callingWebhook: "https://contoso.com/teamsapp/api/calling",
          },
          displayName: "Contoso Notetaker",
          tenancy: Tenancy.MultiTenant,
          capabilities: [Capability.JoinMeetings, Capability.AccessMedia],
          mediaRecording: MediaRecording.Never,
          consent: {
            mode: ConsentMode.SignUp,
            publisher: {
              name: "Contoso Meetings Ltd",
              privacyUrl: "https://contoso.com/privacy",
              termsUrl: "https://contoso.com/terms",
              contact: "mailto:teams-bot@contoso.com",
            },
            reasons: { "Calls.AccessMedia.All": "It writes the minutes while people talk." },
          },
        }),
      ),
  });
  first = await deploy();
  site = first.consent.signUpUrl ?? "";
}, 120_000);
afterAll(async () => {
  await browser?.close();
  testStack?.remove();
  await cloud?.remove();
});

async function deploy(): Promise<StackOutputs> {
  const { outputs, issues } = parseOutputs((await run(testStack.stack, "up")).outputs);
  if (outputs === undefined) throw new Error(JSON.stringify(issues));
  return outputs;
}

/** From the deployed page to the local Entra's consent page, or to why there is none. */
async function signIn({ page }: Visit, person: string): Promise<void> {
  await page.goto(site);
  await page.getByRole("button", { name: "Continue to Microsoft" }).click();
  await page.waitForURL(`${cloud.origins.login}/**`);
  await page.getByRole("button", { name: person }).click();
  await page.locator(".choices button").first().waitFor();
}

async function choose(page: Page, button: string): Promise<void> {
  await page.getByRole("button", { name: button }).click();
  await page.waitForURL(`${site}consented.html?**`);
}

async function picture(page: Page, name: string): Promise<void> {
  const widths = [320, 768, 1280];
  const before = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: join(SHOTS, `deployed-${name}-${width}.png`), fullPage: true });
  }
  if (before !== null) await page.setViewportSize(before);
}

describe("the deployed sign-up page", () => {
  it("says what it asks for, by whose reasons, and asks nobody else for anything", async () => {
    await visiting(browser, {}, async ({ page, problems, requests }) => {
      await page.goto(site);
      const text = await readable(page.locator("main"));
      expect(text).toContain("Contoso Notetaker");
      expect(text).toContain("It writes the minutes while people talk.");
      expect(text).toContain(first.appId);
      await picture(page, "page");
      expect(problems).toEqual([]);
      expect(requests.filter((url) => !url.startsWith(site))).toEqual([]);
    });
  });

  it("comes back from a refusal, and nothing is granted", { timeout: 120_000 }, async () => {
    await visiting(browser, {}, async (visit) => {
      await signIn(visit, "Priya Rao");
      await choose(visit.page, "Cancel");
      expect(await heading(visit.page)).toBe("Contoso Notetaker was not approved");
      await picture(visit.page, "declined");
    });
    expect((await deploy()).consent.state).toBe("outstanding");
  });

  it("comes back from somebody who may not approve, with a letter to send", async () => {
    await visiting(browser, {}, async (visit) => {
      await signIn(visit, "Uma Okoro");
      await choose(visit.page, "Return to the application without granting consent");
      expect(await heading(visit.page)).toBe("Your account cannot approve this");
      expect(await readable(visit.page.locator(".letter:visible"))).toContain(site);
      await picture(visit.page, "not-allowed");
    });
  });

  it("takes no answer for one that belongs to no request of the tab", async () => {
    await visiting(browser, {}, async ({ page }) => {
      await page.goto(
        `${site}consented.html?admin_consent=True&state=00000000000000000000000000000000`,
      );
      expect(await heading(page)).toBe("This answer cannot be matched");
      await picture(page, "unmatched");
    });
  });

  it("sends nobody anywhere when its return page is not registered: Entra says so, the page explained it", async () => {
    const graph = graphClientOf(cloudAccess(process.env));
    const application = graph.api(`/applications/${first.applicationObjectId}`);
    const registered = { web: { redirectUris: first.replyUrls } };
    await application.patch({ web: { redirectUris: first.replyUrls.map((url) => `${url}/`) } });
    try {
      await visiting(browser, {}, async ({ page }) => {
        await page.goto(site);
        expect(await page.content()).toContain("AADSTS50011");
        await page.getByRole("button", { name: "Continue to Microsoft" }).click();
        await page.waitForURL(`${cloud.origins.login}/**`);
        expect(await readable(page.locator("body"))).toContain("AADSTS50011");
        await picture(page, "redirect");
      });
    } finally {
      await application.patch(registered);
    }
  });

  it("takes an administrator through the approval, and the next update finds it in force", {
    timeout: 120_000,
  }, async () => {
    expect(first.consent).toMatchObject({ state: "outstanding", link: site });
    await visiting(browser, {}, async (visit) => {
      await signIn(visit, "Priya Rao");
      await picture(visit.page, "local-entra");
      await choose(visit.page, "Accept");
      expect(await heading(visit.page)).toBe("Thank you for approving Contoso Notetaker");
      await picture(visit.page, "success");
      expect(visit.problems).toEqual([]);
    });
    const after = await run(testStack.stack, "up");
    expect(after.steps).toEqual([]);
    const { outputs } = parseOutputs(after.outputs);
    expect(outputs?.consent).toMatchObject({ state: "granted", signUpUrl: site });
    expect(outputs?.consent.tenants?.[0]?.missing).toEqual([]);
  });
});
