// A person's way through the pages, in a real browser: to a sign-in service that answers as Microsoft documents it, and back.
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Cloud, cloudEndpoints } from "../../rules/clouds.js";
import { adminConsentUrl } from "../../rules/consent.js";
import { buildSignUpSite, type SignUpFacts, securityHeaders } from "../../sign-up/index.js";
import { focused, heading, readable, type Visit, visiting } from "./browser-visit.js";
import { launchChromium } from "./chromium.js";
import { exampleFacts } from "./example-facts.js";
import { type SiteHost, startSiteHost } from "./site-server.js";

let browser: Browser;
let host: SiteHost;

beforeAll(async () => {
  [browser, host] = await Promise.all([launchChromium(), startSiteHost()]);
});
afterAll(async () => {
  await Promise.all([browser?.close(), host?.close()]);
});
beforeEach(() => {
  host.files = buildSignUpSite(facts());
  host.headers = {};
  host.answer = GRANTED;
  host.misdirect = undefined;
  host.asked.length = 0;
});

const GRANTED = {
  admin_consent: "True",
  tenant: "10ca1000-0000-4000-8000-000000000001",
  scope: "https://graph.microsoft.com/.default",
  state: "{state}",
};

function facts(overrides: Partial<SignUpFacts> = {}): SignUpFacts {
  return exampleFacts(overrides, host.site, host.login);
}

function refused(error: string, description: string) {
  return { admin_consent: "True", error, error_description: description, state: "{state}" };
}

/** Opens the page, goes on with what is chosen, and waits for the way back. */
async function goThrough({ page }: Visit): Promise<void> {
  await page.goto(host.site);
  await page.getByRole("button", { name: "Continue to Microsoft" }).click();
  await page.waitForURL(/consented\.html\?/);
}

describe("an administrator who approves", () => {
  it("is sent to the address that the rules build, with a fresh state, and thanked", async () => {
    await visiting(browser, {}, async (visit) => {
      const { page, problems, requests } = visit;
      await goThrough(visit);
      const [asked] = host.asked;
      const state = asked?.searchParams.get("state") ?? "";
      const { appId, redirectUri } = facts();
      const endpoints = { ...cloudEndpoints(Cloud.Public), login: host.login };
      expect(asked?.href).toBe(
        adminConsentUrl({ endpoints, tenant: "organizations", appId, redirectUri, state }),
      );
      expect(state).toMatch(/^[0-9a-f]{32}$/);
      expect(await heading(page)).toBe("Thank you for approving Contoso Notetaker");
      expect(await page.title()).toBe("Thank you for approving Contoso Notetaker");
      expect(await focused(page)).toBe("h1");
      expect(await page.locator("[data-view]:visible").count()).toBe(1);
      expect(await readable(page.locator("main"))).toContain("check with Microsoft");
      expect(problems).toEqual([]);
      const strange = requests.filter(
        (url) => !url.startsWith(host.site) && !url.startsWith(host.login),
      );
      expect(strange).toEqual([]);
    });
  });

  it("sees the same answer after a reload, and a new state with a new request", async () => {
    await visiting(browser, {}, async (visit) => {
      await goThrough(visit);
      await visit.page.reload();
      expect(await heading(visit.page)).toBe("Thank you for approving Contoso Notetaker");
      await goThrough(visit);
      const [first, second] = host.asked.map((url) => url.searchParams.get("state"));
      expect(first).not.toBe(second);
      expect(await heading(visit.page)).toBe("Thank you for approving Contoso Notetaker");
    });
  });

  it("can do everything with the keyboard, and name another organisation", async () => {
    await visiting(browser, {}, async ({ page }) => {
      await page.goto(host.site);
      await page.keyboard.press("Tab");
      expect(await readable(page.locator(":focus"))).toBe("Go to the approval");
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      expect(await focused(page)).toBe("any");
      await page.keyboard.press("ArrowDown");
      expect(await focused(page)).toBe("named");
      await page.keyboard.press("Tab");
      expect(await focused(page)).toBe("tenant");
      await page.keyboard.type("admin@Fabrikam.com");
      await page.keyboard.press("Enter");
      await page.waitForURL(/consented\.html\?/);
      expect(host.asked.map(({ pathname }) => pathname)).toEqual([
        "/fabrikam.com/v2.0/adminconsent",
      ]);
      expect(await heading(page)).toBe("Thank you for approving Contoso Notetaker");
    });
  });

  it("needs no choice where only one organisation may approve", async () => {
    host.files = buildSignUpSite(facts({ tenant: "contoso.com" }));
    await visiting(browser, {}, async (visit) => {
      await goThrough(visit);
      expect(host.asked.map(({ pathname }) => pathname)).toEqual([
        "/contoso.com/v2.0/adminconsent",
      ]);
    });
  });

  it("comes through with the recommended headers as well", async () => {
    host.headers = securityHeaders();
    await visiting(browser, {}, async (visit) => {
      await goThrough(visit);
      expect(await heading(visit.page)).toBe("Thank you for approving Contoso Notetaker");
      expect(visit.problems).toEqual([]);
    });
  });
});

describe("an organisation that cannot be asked", () => {
  it.each([
    ["", "Type the domain or the tenant ID of the organisation."],
    ["common", "That is neither a domain nor a tenant ID."],
    ["me@gmail.com", "That is a service for personal accounts."],
  ])("is refused beside the field: %j", async (typed, sentence) => {
    await visiting(browser, {}, async ({ page }) => {
      await page.goto(host.site);
      await page.getByLabel("Another one, by name").check();
      const field = page.getByLabel("Domain or tenant ID");
      await field.fill(typed);
      await page.keyboard.press("Enter");
      expect(await readable(page.locator(".problem:visible"))).toContain(sentence);
      expect(await focused(page)).toBe("tenant");
      expect(await field.getAttribute("aria-invalid")).toBe("true");
      expect(await field.getAttribute("aria-describedby")).toContain("problem");
      expect(page.url()).toBe(host.site);
      expect(host.asked).toEqual([]);
      await field.fill("contoso.com");
      await page.keyboard.press("Enter");
      await page.waitForURL(/consented/);
    });
  });
});

describe("an approval that fails", () => {
  it.each([
    [
      "access_denied",
      "AADSTS65004: User declined to consent to access the app.",
      "Contoso Notetaker was not approved",
    ],
    [
      "consent_required",
      "AADSTS65004: The resource owner denied the request.",
      "Contoso Notetaker was not approved",
    ],
    [
      "access_denied",
      "AADSTS90094: The grant requires admin permission.",
      "Your account cannot approve this",
    ],
    [
      "invalid_request",
      "AADSTS50011: The redirect URI does not match.",
      "The way back is not set up correctly",
    ],
    ["invalid_request", "AADSTS90002: Tenant 'x' not found.", "That organisation was not found"],
    [
      "unauthorized_client",
      "AADSTS700016: Application not found.",
      "Contoso Notetaker is not set up correctly",
    ],
    [
      "temporarily_unavailable",
      "AADSTS90033: A transient error occurred.",
      "Microsoft could not answer just now",
    ],
    ["odd", "AADSTS1: odd", "Something went wrong"],
    ["access_denied", "AADSTS53003: Blocked by policies.", "Something went wrong"],
  ])("with %s, %s, has its own view", async (error, description, title) => {
    host.answer = refused(error, description);
    await visiting(browser, {}, async (visit) => {
      const { page, problems } = visit;
      await goThrough(visit);
      expect(await heading(page)).toBe(title);
      expect(await page.title()).toBe(title);
      expect(await page.locator("[data-view]:visible").count()).toBe(1);
      const code = /AADSTS\d{2,}/.exec(description)?.[0];
      const isKnown = code !== undefined && title !== "Something went wrong";
      expect(await page.locator("[data-code]:visible").allInnerTexts()).toEqual(
        isKnown ? [`Microsoft’s code for this: ${code}`] : [],
      );
      expect(await page.locator("[data-foreign]:visible").count()).toBe(0);
      expect(problems).toEqual([]);
    });
  });

  it("starts again from where it failed", async () => {
    host.answer = refused("access_denied", "AADSTS65004");
    await visiting(browser, {}, async (visit) => {
      await goThrough(visit);
      await visit.page.getByRole("link", { name: "Start again" }).click();
      expect(visit.page.url()).toBe(host.site);
    });
  });

  it("offers the letter to the administrator, as a mail and to copy", async () => {
    host.answer = refused("access_denied", "AADSTS90094");
    await visiting(browser, {}, async (visit) => {
      const { page } = visit;
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      await goThrough(visit);
      const mail = await page.getByRole("link", { name: "Write an e-mail" }).getAttribute("href");
      expect(mail).toContain(encodeURIComponent(host.site));
      await page.getByRole("button", { name: "Copy the text" }).click();
      await page.getByText("Copied.").waitFor();
      const copied = await page.evaluate("navigator.clipboard.readText()");
      expect(copied).toMatch(/^Hello,\n+Contoso Meetings Ltd asks our organisation to approve/);
      expect(copied).toContain(`is here:\n${host.site}`);
    });
  });

  it("selects the letter where the browser does not let it be copied", async () => {
    await visiting(browser, {}, async ({ page }) => {
      await page.addInitScript("navigator.clipboard.writeText = () => Promise.reject(new Error())");
      await page.goto(host.site);
      await page.getByText("Not an administrator?").click();
      await page.getByRole("button", { name: "Copy the text" }).click();
      await page.getByText("The text is selected").waitFor();
      expect(await page.evaluate("String(getSelection())")).toContain("Hello,");
    });
  });
});

describe("an answer that is not to be trusted", () => {
  it("is not taken for an approval in another tab, or with another state", async () => {
    await visiting(browser, {}, async (visit) => {
      const { page } = visit;
      await goThrough(visit);
      const answer = page.url();
      const other = await page.context().newPage();
      await other.goto(answer);
      expect(await heading(other)).toBe("This answer cannot be matched");
      await page.goto(answer.replace(/state=\w+/, "state=0000"));
      expect(await heading(page)).toBe("This answer cannot be matched");
      await page.goto(answer.replace(/&state=\w+/, ""));
      expect(await heading(page)).toBe("This answer cannot be matched");
    });
  });

  it("shows nothing of what stands in the address", async () => {
    const marker = "Call +1 555 0100 now";
    const odd = encodeURIComponent(`<img src=x onerror=alert(1)>${marker}`);
    await visiting(browser, {}, async ({ page, problems }) => {
      page.on("dialog", () => problems.push("a dialog opened"));
      for (const name of [
        "error",
        "error_description",
        "state",
        "tenant",
        "scope",
        "admin_consent",
        "x",
      ]) {
        for (const path of ["", "consented.html", "missing.html"]) {
          await page.goto(`${host.site}${path}?${name}=${odd}&error_uri=${odd}#${odd}`);
          await page.waitForLoadState();
          expect(await page.content()).not.toContain("555 0100");
          expect(await page.title()).not.toContain("555");
        }
      }
      expect(problems).toEqual([]);
    });
  });

  it("says that there is no answer when the page is opened by itself", async () => {
    await visiting(browser, {}, async ({ page }) => {
      await page.goto(`${host.site}consented.html`);
      expect(await heading(page)).toBe("There is no answer here");
    });
  });
});

describe("a redirect that is wrong", () => {
  it("is recognised where the answer lands on a page that does not exist", async () => {
    host.misdirect = "/Consented.html";
    await visiting(browser, {}, async ({ page }) => {
      await page.goto(host.site);
      await page.getByRole("button", { name: "Continue to Microsoft" }).click();
      await page.waitForURL(/Consented\.html\?/);
      expect(await heading(page)).toBe("The way back is not set up correctly");
    });
  });

  it("brings an answer that lands on the site's own address to the return page", async () => {
    host.misdirect = "/";
    await visiting(browser, {}, async ({ page }) => {
      await page.goto(host.site);
      await page.getByRole("button", { name: "Continue to Microsoft" }).click();
      await page.waitForURL(/consented\.html\?/);
      expect(await heading(page)).toBe("Thank you for approving Contoso Notetaker");
    });
  });

  it("leaves other missing pages alone, at any depth", async () => {
    await visiting(browser, {}, async ({ page, problems }) => {
      await page.goto(`${host.site}a/b/c`);
      expect(await heading(page)).toBe("This page does not exist");
      await page.getByRole("link", { name: "Go to the sign-up page" }).click();
      expect(page.url()).toBe(host.site);
      expect(problems).toEqual([]);
    });
  });

  it("is explained before, because Microsoft then never sends anybody back", async () => {
    host.answer = "<title>Sign in</title><p>AADSTS50011</p>";
    await visiting(browser, {}, async ({ page }) => {
      await page.goto(host.site);
      await page.getByRole("button", { name: "Continue to Microsoft" }).click();
      await page.waitForURL(/adminconsent/);
      await page.goBack();
      await page.getByText("Microsoft shows an error instead?").click();
      expect(await readable(page.locator("details[open]"))).toContain("AADSTS50011");
    });
  });
});

describe("a browser that does not play along", () => {
  it("is told what to do when it runs no scripts", async () => {
    await visiting(browser, { javaScriptEnabled: false }, async ({ page }) => {
      await page.goto(host.site);
      expect(await readable(page.locator("noscript"))).toContain("needs JavaScript");
      expect(await page.getByRole("button", { name: "Continue" }).count()).toBe(0);
      await page.goto(`${host.site}consented.html?admin_consent=True`);
      expect(await readable(page.locator("main"))).toContain("cannot say how it went");
      expect(await page.locator("[data-view]:visible").count()).toBe(0);
    });
  });

  it("does not leave when it keeps nothing for the tab", async () => {
    await visiting(browser, {}, async ({ page }) => {
      await page.addInitScript(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('denied') } })",
      );
      await page.goto(host.site);
      await page.getByRole("button", { name: "Continue to Microsoft" }).click();
      expect(await readable(page.getByRole("alert"))).toContain("Allow site data");
      expect(host.asked).toEqual([]);
      await page.goto(`${host.site}consented.html?admin_consent=True&state=`);
      expect(await heading(page)).toBe("This answer cannot be matched");
    });
  });

  it("has no button in somebody else's frame, and no frame at all under the header", async () => {
    await visiting(browser, {}, async ({ page, problems }) => {
      host.answer = `<iframe src="${host.site}" width="600" height="900"></iframe>`;
      await page.goto(`${host.login}/adminconsent`);
      const frame = page.frameLocator("iframe");
      await frame.getByRole("link", { name: "Open the page" }).waitFor();
      expect(await frame.getByRole("button", { name: "Continue" }).count()).toBe(0);
      host.headers = securityHeaders();
      await page.reload();
      await page.waitForLoadState("networkidle");
      expect(await frame.locator("h1").filter({ hasText: "Approve" }).count()).toBe(0);
      expect(problems.join()).toContain("frame-ancestors");
    });
  });

  it("is sent to the registered address when it opened another", async () => {
    host.files = buildSignUpSite(exampleFacts({}, "https://signup.contoso.example/", host.login));
    await visiting(browser, {}, async ({ page }) => {
      await page.goto(host.site);
      const link = page.getByRole("link", { name: "Open the page" });
      expect(await link.getAttribute("href")).toBe("https://signup.contoso.example/");
      expect(await page.getByRole("button", { name: "Continue" }).count()).toBe(0);
    });
  });

  it("runs no script and no style that the policy does not know", async () => {
    await visiting(browser, {}, async ({ page, problems }) => {
      const [index] = host.files;
      if (index === undefined) throw new Error("the site has no page");
      const content = new TextDecoder().decode(index.bytes);
      const injected = content.replace(
        "<main>",
        "<main><style>main{display:none}</style><script>document.title='injected'</script>",
      );
      host.files = [{ ...index, bytes: new TextEncoder().encode(injected) }];
      await page.goto(host.site);
      expect(await page.title()).toBe("Approve Contoso Notetaker – Contoso Meetings Ltd");
      expect(await page.locator("main").isVisible()).toBe(true);
      expect(problems.filter((text) => text.includes("Content Security Policy"))).toHaveLength(2);
    });
  });
});
