// How the pages look and whether everybody can use them, in a real browser. Pictures are kept in test-artifacts/.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PERMISSIONS } from "../../rules/permissions.js";
import { VIEW_OF_CODE, View } from "../../sign-up/browser/outcome.js";
import { buildSignUpSite, Direction, ENGLISH } from "../../sign-up/index.js";
import { visiting } from "./browser-visit.js";
import { launchChromium } from "./chromium.js";
import { exampleFacts } from "./example-facts.js";
import { type SiteHost, startSiteHost } from "./site-server.js";

const PICTURES = fileURLToPath(new URL("../../test-artifacts/sign-up/", import.meta.url));
const WIDTHS = [320, 768, 1280];
const SCHEMES = ["light", "dark"] as const;

let browser: Browser;
let host: SiteHost;

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  [browser, host] = await Promise.all([launchChromium(), startSiteHost()]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), host?.close()]);
});

/** The address that leads to a view; for a success the state of the tab is put in first. */
function addressOf(view: View): string {
  const code = Object.keys(VIEW_OF_CODE).find((known) => VIEW_OF_CODE[known] === view);
  if (view === View.Success) return "consented.html?admin_consent=True&state=5";
  if (view === View.Unmatched) return "consented.html?admin_consent=True&state=6";
  if (view === View.Unknown) return "consented.html?error=odd";
  return code ? `consented.html?error=x&error_description=${code}` : "consented.html";
}

async function showView(page: Page, view: View): Promise<void> {
  await page.addInitScript("sessionStorage.setItem('sign-up.state', '5')");
  await page.goto(host.site + addressOf(view));
  await page.locator(`[data-view="${view}"]`).waitFor();
}

async function openEverything(page: Page): Promise<void> {
  await page.goto(host.site);
  await page.getByLabel("Another one, by name").check();
  await page.getByLabel("Domain or tenant ID").fill("contoso");
  await page.keyboard.press("Enter");
  for (const summary of await page.locator("summary").all()) await summary.click();
}

const SHEETS: readonly [string, (page: Page) => Promise<unknown>][] = [
  ["sign-up", (page) => page.goto(host.site)],
  ["sign-up-open", openEverything],
  ["missing", (page) => page.goto(`${host.site}nowhere/at/all`)],
  ...Object.values(View).map((view): [string, (page: Page) => Promise<unknown>] => [
    `return-${view}`,
    (page) => showView(page, view),
  ]),
];

/** What axe-core finds, one line each. */
async function findings(page: Page): Promise<unknown> {
  await page.evaluate(axe.source);
  return page.evaluate(
    `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => id + " " + target)))`,
  );
}

async function overflow(page: Page): Promise<unknown> {
  return page.evaluate(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
}

describe("every view", () => {
  it.each(SHEETS)(
    "%s fits, and axe-core finds nothing, at every width in light and dark",
    async (name, show) => {
      host.files = buildSignUpSite(exampleFacts({}, host.site, host.login));
      for (const colorScheme of SCHEMES) {
        await visiting(
          browser,
          { colorScheme, reducedMotion: "reduce" },
          async ({ page, problems }) => {
            await show(page);
            for (const width of WIDTHS) {
              await page.setViewportSize({ width, height: 900 });
              expect([name, width, await overflow(page)]).toEqual([name, width, 0]);
              expect([name, colorScheme, width, await findings(page)]).toEqual([
                name,
                colorScheme,
                width,
                [],
              ]);
              const path = join(PICTURES, `${name}-${width}-${colorScheme}.png`);
              await page.screenshot({ path, fullPage: true });
            }
            expect(problems).toEqual([]);
          },
        );
      }
    },
  );

  it("fits with every permission, long names, and words that cannot be broken", async () => {
    const requested = PERMISSIONS.map(({ value, id }) => ({
      value,
      id,
      because: ["asked for by name"],
    }));
    const long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
    host.files = buildSignUpSite(
      exampleFacts(
        { requested, displayName: long, publisher: { name: long } },
        host.site,
        host.login,
      ),
    );
    await visiting(browser, { viewport: { width: 320, height: 900 } }, async ({ page }) => {
      for (const path of ["", addressOf(View.NotAllowed), addressOf(View.Unmatched)]) {
        await page.goto(host.site + path);
        expect(await overflow(page)).toBe(0);
        expect(await findings(page)).toEqual([]);
      }
    });
  });

  it("turns for a language written from right to left", async () => {
    const texts = { ...ENGLISH, lang: "he", dir: Direction.RightToLeft };
    host.files = buildSignUpSite(exampleFacts({ texts }, host.site, host.login));
    await visiting(browser, { viewport: { width: 1280, height: 900 } }, async ({ page }) => {
      await page.goto(host.site);
      const card = await page.locator("#approve").boundingBox();
      const story = await page.locator(".story").boundingBox();
      expect(card && story && card.x < story.x).toBe(true);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        expect(await overflow(page)).toBe(0);
        expect(await findings(page)).toEqual([]);
        await page.screenshot({
          path: join(PICTURES, `right-to-left-${width}.png`),
          fullPage: true,
        });
      }
    });
  });

  it("moves nothing for people who asked for less motion", async () => {
    host.files = buildSignUpSite(exampleFacts({}, host.site, host.login));
    const duration = "getComputedStyle(document.querySelector('.button')).transitionDuration";
    for (const [reducedMotion, expected] of [
      ["reduce", "0s"],
      ["no-preference", "0.15s, 0.15s, 0.2s"],
    ] as const) {
      await visiting(browser, { reducedMotion }, async ({ page }) => {
        await page.goto(host.site);
        expect(await page.evaluate(duration)).toBe(expected);
      });
    }
  });

  it("has controls of at least 44 pixels to aim at, and shows where the keyboard is", async () => {
    host.files = buildSignUpSite(exampleFacts({}, host.site, host.login));
    await visiting(browser, { viewport: { width: 320, height: 900 } }, async ({ page }) => {
      await page.goto(host.site);
      for (const control of await page.locator(".button:visible, .choice, summary").all()) {
        expect((await control.boundingBox())?.height).toBeGreaterThanOrEqual(44);
      }
      await page.keyboard.press("Tab");
      const outline = await page.evaluate("getComputedStyle(document.activeElement).outline");
      expect(outline).toContain("solid 3px");
    });
  });

  it("prints what is asked and by whom, without the controls", async () => {
    host.files = buildSignUpSite(exampleFacts({}, host.site, host.login));
    await visiting(browser, {}, async ({ page }) => {
      await page.goto(host.site);
      await page.emulateMedia({ media: "print" });
      expect(await page.getByRole("button").count()).toBe(0);
      expect(await page.getByText("Calls.AccessMedia.All").isVisible()).toBe(true);
      const after = "getComputedStyle(document.querySelector('.sources a'), '::after').content";
      expect(await page.evaluate(after)).toContain("contoso.example/privacy");
      await page.screenshot({ path: join(PICTURES, "print.png"), fullPage: true });
    });
  });
});

describe("the browser tests", () => {
  it("fail with how to install Chromium where there is none", async () => {
    await expect(launchChromium("/nowhere/chromium")).rejects.toThrow(
      "The browser tests need Chromium, and /nowhere/chromium is not there. Install it (Debian and Ubuntu: sudo apt-get install chromium), or set CHROMIUM_PATH to a Chromium or Chrome.",
    );
  });
});
