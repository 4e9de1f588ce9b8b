// The pages in a real browser: the whole way by keyboard, what a checker of accessibility finds, how narrow they get.
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  GLOBAL_ADMIN,
  ORDINARY_USER,
  type PersonRecord,
  SECOND_TENANT_ADMIN,
} from "../../../local-cloud/directory/people.js";
import { TENANT_ID } from "../../../local-cloud/index.js";
import { launchChromium } from "../../sign-up/chromium.js";
import { type Bot, type EntraUnderTest, link, startEntra } from "./entra-under-test.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Screenshots are kept where this says; by default none are. */
const SHOTS = process.env["TEST_SCREENSHOTS"];

let entra: EntraUnderTest;
let browser: Browser;
let replyUrl: string;
beforeAll(async () => {
  entra = await startEntra();
  browser = await launchChromium();
  // Another origin that is there: its answer does not matter, its address does.
  replyUrl = `${entra.cloud.origins.arm}/return`;
});
afterAll(async () => {
  await browser?.close();
  await entra?.cloud.remove();
});

async function openPage(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, ...options });
  return context.newPage();
}

const newBot = () => entra.newBot({ redirectUris: [replyUrl] });
const linkOf = (bot: Bot, changes: Record<string, string> = {}) =>
  entra.consentLink(bot, { redirect_uri: replyUrl, ...changes });

async function signIn(page: Page, person: PersonRecord): Promise<void> {
  await page.getByRole("button", { name: person.displayName }).click();
}

const answered = async (page: Page) => {
  await page.waitForURL((url) => url.href.startsWith(replyUrl));
  return Object.fromEntries(new URL(page.url()).searchParams);
};

describe("in a browser", () => {
  it("an administrator signs in, accepts and is back at the application", async () => {
    const bot = await newBot();
    const page = await openPage();
    await page.goto(linkOf(bot));
    await signIn(page, GLOBAL_ADMIN);
    await page.getByRole("button", { name: "Accept" }).click();
    expect(await answered(page)).toMatchObject({
      admin_consent: "True",
      tenant: TENANT_ID,
      state: "nonce-1",
    });
    expect(await entra.rolesOf(bot)).toHaveLength(2);
    await page.context().close();
  });

  it("does it with the keyboard alone", async () => {
    const bot = await newBot();
    const page = await openPage();
    await page.goto(linkOf(bot));
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForSelector("text=Permissions");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Accept");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Cancel");
    await page.keyboard.press("Enter");
    expect((await answered(page))["error_description"]).toMatch(/^AADSTS65004: /);
    expect(await entra.rolesOf(bot)).toEqual([]);
    await page.context().close();
  });

  it("a user gets to the page for users, and back to the application from there", async () => {
    const bot = await newBot();
    const page = await openPage();
    await page.goto(linkOf(bot));
    await signIn(page, ORDINARY_USER);
    await page.getByRole("button", { name: "Return to the application" }).click();
    expect((await answered(page))["error_description"]).toMatch(/^AADSTS90094: /);
    await page.context().close();
  });

  it("somebody of another tenant is sent back straight from the sign-in", async () => {
    const bot = await newBot();
    const page = await openPage();
    await page.goto(linkOf(bot));
    await signIn(page, SECOND_TENANT_ADMIN);
    expect((await answered(page))["error_description"]).toMatch(/^AADSTS50020: /);
    await page.context().close();
  });

  it("somebody else takes over without starting again", async () => {
    const bot = await newBot();
    const page = await openPage();
    await page.goto(linkOf(bot));
    await signIn(page, ORDINARY_USER);
    await page.getByRole("button", { name: "Use another account" }).click();
    await signIn(page, GLOBAL_ADMIN);
    await page.getByRole("button", { name: "Accept" }).click();
    expect(await answered(page)).toMatchObject({ admin_consent: "True", state: "nonce-1" });
    await page.context().close();
  });
});

describe("every page", () => {
  const pages: [name: string, open: (page: Page, bot: Bot) => Promise<void>][] = [
    ["sign-in", async (page, bot) => void (await page.goto(linkOf(bot)))],
    [
      "consent",
      async (page, bot) => {
        await page.goto(linkOf(bot));
        await signIn(page, GLOBAL_ADMIN);
        await page.waitForSelector("text=Permissions");
      },
    ],
    [
      "approval",
      async (page, bot) => {
        await page.goto(linkOf(bot));
        await signIn(page, ORDINARY_USER);
        await page.waitForSelector("text=AADSTS90094");
      },
    ],
    [
      "delegated-consent",
      async (page, bot) => {
        await page.goto(
          link(`${entra.login}/${TENANT_ID}/oauth2/v2.0/authorize`, {
            client_id: bot.appId,
            response_type: "code",
            redirect_uri: replyUrl,
            scope: "AppCatalog.Submit",
          }),
        );
        await signIn(page, ORDINARY_USER);
        await page.waitForSelector("text=Permissions");
      },
    ],
    [
      "device-code",
      async (page) => {
        await page.goto(`${entra.login}/common/oauth2/deviceauth`);
        await page.getByLabel("Code").fill("wrong");
        await page.keyboard.press("Enter");
        await page.waitForSelector("text=AADSTS70018");
      },
    ],
    [
      "signed-out",
      async (page) => void (await page.goto(`${entra.login}/${TENANT_ID}/oauth2/v2.0/logout`)),
    ],
    [
      "error",
      async (page, bot) =>
        void (await page.goto(linkOf(bot, { redirect_uri: "https://evil.example/x" }))),
    ],
  ];

  it.each(pages)("%s passes the accessibility check in light and dark", async (name, open) => {
    const bot = await newBot();
    for (const colorScheme of ["light", "dark"] as const) {
      const page = await openPage({ colorScheme, bypassCSP: true });
      await open(page, bot);
      expect(await violations(page)).toEqual([]);
      await shoot(page, `${name}-${colorScheme}`);
      await page.context().close();
    }
  });

  it.each(pages)("%s fits into 320 pixels without scrolling sideways", async (name, open) => {
    const page = await openPage({ viewport: { width: 320, height: 640 } });
    await open(page, await newBot());
    const [content, shown] = await page.evaluate<[number, number]>(
      "[document.documentElement.scrollWidth, document.documentElement.clientWidth]",
    );
    expect(content).toBeLessThanOrEqual(shown);
    await shoot(page, `${name}-320`);
    await page.context().close();
  });

  it.each(pages)(
    "%s says that it is not Microsoft's and runs and loads nothing",
    async (_name, open) => {
      const page = await openPage();
      const asked: string[] = [];
      const complaints: string[] = [];
      page.on("request", (request) => asked.push(request.url()));
      page.on("console", (message) => complaints.push(message.text()));
      await open(page, await newBot());
      const banner = page.getByRole("banner");
      expect(await banner.textContent()).toContain("LOCAL CLOUD");
      expect(await banner.textContent()).toContain("not a page of Microsoft");
      expect(await page.title()).toMatch(/\(local cloud\)$/);
      expect(await page.locator("script, img, iframe, link").count()).toBe(0);
      expect(asked.filter((url) => !url.startsWith(entra.login))).toEqual([]);
      expect(complaints.filter((text) => /Content Security|Content-Security/.test(text))).toEqual(
        [],
      );
      await page.context().close();
    },
  );
});

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  const results = await page.evaluate<AxeResults>("axe.run()");
  return results.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html)}`);
}

async function shoot(page: Page, name: string): Promise<void> {
  if (SHOTS === undefined) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `local-entra-${name}.png`), fullPage: true });
}
