// Pages and links of others against the pages of the local Entra: what they send, and what must not come of it.
import { request } from "node:https";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { GLOBAL_ADMIN } from "../../../local-cloud/directory/people.js";
import { type Bot, type EntraUnderTest, REPLY_URL, startEntra } from "./entra-under-test.js";
import { answerOf, Visitor } from "./visitor.js";

let entra: EntraUnderTest;
let bot: Bot;
beforeAll(async () => {
  entra = await startEntra();
  bot = await entra.newBot();
});
afterAll(() => entra.cloud.remove());

describe("a form that somebody else made", () => {
  it.each([
    ["without a token", undefined],
    ["with an empty token", ""],
    ["with a token that was made up", "A".repeat(43)],
  ])("%s consents to nothing", async (_how, csrf) => {
    const visitor = new Visitor();
    const page = await visitor.visit(entra.consentLink(bot), GLOBAL_ADMIN);
    const shown = /name="shown" value="([^"]+)"/.exec(page.text)?.[1] ?? "";
    const answer = await visitor.post(
      page.url,
      new URLSearchParams({ action: "accept", shown, ...(csrf === undefined ? {} : { csrf }) }),
    );
    expect(answer.status).toBe(403);
    expect(answer.text).toContain("This form is out of date");
    expect(await entra.rolesOf(bot)).toEqual([]);
  });

  it("with the token of another session consents to nothing", async () => {
    const [victim, attacker] = [new Visitor(), new Visitor()];
    const page = await victim.visit(entra.consentLink(bot), GLOBAL_ADMIN);
    const theirs = await attacker.visit(entra.consentLink(bot), GLOBAL_ADMIN);
    const csrf = /name="csrf" value="([^"]+)"/.exec(theirs.text)?.[1] ?? "";
    const answer = await victim.submit(page, { action: "accept", csrf });
    expect(answer.status).toBe(403);
    expect(await entra.rolesOf(bot)).toEqual([]);
  });

  it("signs nobody in", async () => {
    const visitor = new Visitor();
    const page = await visitor.get(entra.consentLink(bot));
    const answer = await visitor.post(
      page.url,
      new URLSearchParams({ action: "sign-in", person: GLOBAL_ADMIN.id }),
    );
    expect(answer.status).toBe(403);
    expect((await visitor.get(page.url)).text).toContain("Choose who to sign in as");
  });

  it.each(["https://evil.example", "null"])(
    "from the origin %s is refused unread",
    async (Origin) => {
      const visitor = new Visitor();
      const page = await visitor.visit(entra.consentLink(bot), GLOBAL_ADMIN);
      const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? "";
      const answer = await visitor.post(page.url, new URLSearchParams({ csrf, action: "accept" }), {
        Origin,
      });
      expect(answer.status).toBe(403);
      expect(await entra.rolesOf(bot)).toEqual([]);
    },
  );

  it("cannot sign in as somebody who is not there", async () => {
    const visitor = new Visitor();
    const page = await visitor.get(entra.consentLink(bot));
    for (const person of ["", "10ca1000-0000-4000-8000-0000000000ff", "__proto__"]) {
      const answer = await visitor.submit(page, { action: "sign-in", person });
      expect(answer.status).toBe(403);
    }
  });
});

describe("a session", () => {
  it("has a cookie that scripts, plain HTTP and other sites' requests do not get", async () => {
    const page = await new Visitor().get(entra.consentLink(bot));
    const port = new URL(entra.login).port;
    expect(page.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        new RegExp(
          `^__Host-local-cloud-${port}=[\\w-]{43}; Path=/; Secure; HttpOnly; SameSite=Lax$`,
        ),
      ),
    ]);
  });

  it("gets another id when somebody signs in, and the id from before is worth nothing", async () => {
    const visitor = new Visitor();
    const page = await visitor.get(entra.consentLink(bot));
    const before = visitor.cookieHeader;
    await visitor.signIn(page, GLOBAL_ADMIN);
    expect(visitor.cookieHeader).not.toBe(before);
    const fixed = await fetch(page.url, { headers: { Cookie: before } });
    expect(await fixed.text()).toContain("Choose who to sign in as");
  });

  it("ends after eight hours", async () => {
    let now = new Date();
    const later = await startEntra(() => now);
    const visitor = new Visitor();
    const one = await later.newBot();
    await visitor.visit(later.consentLink(one), GLOBAL_ADMIN);
    now = new Date(now.getTime() + 8 * 3_600_000 - 1000);
    expect((await visitor.get(later.consentLink(one))).text).toContain("Gloria Adams");
    now = new Date(now.getTime() + 2000);
    expect((await visitor.get(later.consentLink(one))).text).toContain("Choose who to sign in as");
    await later.cloud.remove();
  });
});

describe("what a link carries", () => {
  it("comes back in the state unchanged, whatever it is, and nowhere else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), async (state) => {
        const answer = await new Visitor().get(entra.consentLink(bot, { state, scope: undefined }));
        expect(answer.status).toBe(303);
        const { to, parameters } = answerOf(answer);
        expect(to).toBe(REPLY_URL);
        expect(parameters["state"]).toBe(state);
      }),
      { numRuns: 50 },
    );
  });

  it("is never markup of a page", async () => {
    const script = '"><script>alert(1)</script><img src=x onerror=alert(1)>';
    const visitor = new Visitor();
    const pages = [
      await visitor.get(entra.consentLink(bot, { state: script })),
      await visitor.visit(entra.consentLink(bot, { state: script }), GLOBAL_ADMIN),
      await visitor.get(entra.consentLink(bot, { tenant: encodeURIComponent(script) })),
      await visitor.get(entra.consentLink(bot, { client_id: script })),
      await visitor.get(entra.consentLink(bot, { redirect_uri: script })),
      await visitor.post(entra.consentLink(bot, { state: script }), new URLSearchParams()),
    ];
    for (const { text } of pages) {
      expect(text).toContain("LOCAL CLOUD");
      expect(text).not.toMatch(/<(script|img)/);
    }
  });

  it("goes to nobody else: a page names only this origin and the reply URL's as targets", async () => {
    const page = await new Visitor().get(entra.consentLink(bot));
    expect(page.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/]{43}='; form-action 'self' https:\/\/bot\.contoso\.example; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(page.headers.get("x-frame-options")).toBe("DENY");
    expect(page.headers.get("cache-control")).toBe("no-store");
    expect(page.headers.get("referrer-policy")).toBe("same-origin");
  });

  it("cannot bend the way back after signing in", async () => {
    for (const path of [
      "//evil.example/adminconsent",
      "/%2f%2fevil.example/adminconsent",
      "/\\evil.example/adminconsent",
    ]) {
      const answer = await raw(`${path}?client_id=${bot.appId}`);
      expect([path, answer.location]).toEqual([path, undefined]);
      expect(answer.status).toBeGreaterThanOrEqual(400);
    }
  });
});

/** Asks for a path as it is; `fetch` would tidy it up. */
function raw(path: string): Promise<{ status: number; location: string | undefined }> {
  const { port } = new URL(entra.login);
  return new Promise((resolve, reject) => {
    request({ host: "localhost", port, path }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, location: response.headers.location });
    })
      .on("error", reject)
      .end();
  });
}
