import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Capability, requestedPermissions } from "../../rules/capabilities.js";
import { PERMISSIONS } from "../../rules/permissions.js";
import { MediaRecording } from "../../rules/recording.js";
import { VIEW_OF_CODE, View } from "../../sign-up/browser/outcome.js";
import { buildSignUpSite, type SignUpFacts } from "../../sign-up/index.js";
import { exampleFacts } from "./example-facts.js";

function pageOf(path: string, overrides: Partial<SignUpFacts> = {}): string {
  const file = buildSignUpSite(exampleFacts(overrides)).find((made) => made.path === path);
  return new TextDecoder().decode(file?.bytes);
}

/** What a person reads, without markup; numeric references resolved. */
function words(page: string): string {
  return page
    .replace(/<(style|script|head)>.*?<\/\1>/gs, " ")
    .replace(/<[^>]+>/g, " ")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, " ");
}

const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]);

describe("the sign-up site", () => {
  it("is three pages and a logo, with what a host needs to serve them", () => {
    const site = buildSignUpSite(exampleFacts());
    expect(site.map(({ bytes: _, ...file }) => file)).toEqual([
      { path: "index.html", contentType: "text/html; charset=utf-8", cacheControl: "no-cache" },
      { path: "consented.html", contentType: "text/html; charset=utf-8", cacheControl: "no-cache" },
      { path: "404.html", contentType: "text/html; charset=utf-8", cacheControl: "no-cache" },
      { path: "logo.svg", contentType: "image/svg+xml", cacheControl: "public, max-age=86400" },
    ]);
  });

  it("is the same bytes for the same facts", () => {
    expect(buildSignUpSite(exampleFacts())).toEqual(buildSignUpSite(exampleFacts()));
  });

  it("stays under 30 KB gzip in all, even when it asks for everything", () => {
    const requested = PERMISSIONS.map(({ value, id }) => ({
      value,
      id,
      because: ["asked for by name"],
    }));
    const size = (facts: SignUpFacts) =>
      buildSignUpSite(facts).reduce((sum, { bytes }) => sum + gzipSync(bytes).length, 0);
    expect(size(exampleFacts())).toBeLessThan(24_000);
    expect(size(exampleFacts({ requested }))).toBeLessThan(30_000);
  });

  it("asks nothing of anybody else: every address that loads is the site's own", () => {
    for (const { path, bytes } of buildSignUpSite(exampleFacts())) {
      const page = new TextDecoder().decode(bytes);
      const loaded = [
        ...page.matchAll(/<(?:img|link|script|iframe|source)[^>]*?(?:src|href)="([^"]*)"/g),
      ];
      const own = path === "404.html" ? "https://signup.contoso.example/logo.svg" : "logo.svg";
      if (path.endsWith(".html")) expect([...new Set(loaded.map(([, url]) => url))]).toEqual([own]);
      expect(page).not.toMatch(/@import|url\(/);
    }
  });

  it("shows the publisher's logo as it was given", () => {
    const publisher = { name: "Contoso", logo: PNG };
    expect(buildSignUpSite(exampleFacts({ publisher }))[3]).toEqual({
      path: "logo.png",
      contentType: "image/png",
      cacheControl: "public, max-age=86400",
      bytes: PNG,
    });
    expect(pageOf("index.html", { publisher })).toContain(
      '<img class="given" src="logo.png" alt=""',
    );
  });

  it("escapes every name", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."<>&\"'a{}/=`$"), minLength: 1, maxLength: 40 }),
        (odd) => {
          const name = `x${odd}`;
          const page = pageOf("index.html", { displayName: name, publisher: { name } });
          const strange = [
            ...page.matchAll(
              /<(?!\/?(?:html|head|meta|title|link|style|body|a|header|img|span|main|div|p|h1|h2|h3|section|ul|li|ol|svg|path|dl|dt|dd|noscript|form|fieldset|legend|label|input|button|details|summary|footer|nav|script)[\s>]|!doctype)/g,
            ),
          ];
          expect(strange).toEqual([]);
          expect(words(page)).toContain(name.replace(/\s+/g, " "));
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe("the sign-up page", () => {
  const text = words(pageOf("index.html"));

  it("says who asks, and links to the publisher's statements", () => {
    const page = pageOf("index.html");
    expect(text).toContain("Contoso Meetings Ltd asks for your organisation’s permission");
    expect(text).toContain("1f4e2c6a-7b0d-4c19-9a3e-5d8f60b2c714");
    expect(page).toContain('href="https://contoso.example/privacy"');
    expect(page).toContain('href="https://contoso.example/terms"');
    expect(page).toContain('href="mailto:teams-bot@contoso.example"');
  });

  it("says what each permission lets the bot do and why, media first", () => {
    const order = [
      "Hears and sees calls Hear and see what is said and shown in a call, and speak in it Also so that it can tell a call that it is being recorded. Calls.AccessMedia.All",
      "Join any group call or meeting of the organisation as itself So that it can answer calls that people make to the bot; join group calls and meetings. Calls.JoinGroupCall.All",
      "Look up meetings: their subject, time, people and join link Works only for people whom your Teams administrator names in an application access policy. OnlineMeetings.Read.All",
    ].map((part) => text.indexOf(part));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(text.match(/Hears and sees calls/g)).toHaveLength(1);
  });

  it("gives the reason of every capability in words", () => {
    for (const capability of Object.values(Capability)) {
      const { requested } = requestedPermissions({ capabilities: [capability] });
      expect(words(pageOf("index.html", { requested }))).not.toContain("gives no reason");
    }
  });

  it("takes the publisher's own reason, and says so when there is none", () => {
    const { requested } = requestedPermissions({ permissions: ["Presence.Read.All"] });
    expect(words(pageOf("index.html", { requested }))).toContain("gives no reason for this one");
    const reasons = { "Presence.Read.All": "To ring only who is free." };
    const told = words(pageOf("index.html", { requested, reasons }));
    expect(told).toContain("To ring only who is free.");
    expect(told).not.toContain("gives no reason");
  });

  it("says what is kept of a call, and the rule", () => {
    expect(text).toContain("keeps something of a call only after it has told Teams");
    const never = words(pageOf("index.html", { mediaRecording: MediaRecording.Never }));
    expect(never).toContain("keeps nothing: no sound, no picture, no transcript, no summary.");
    for (const page of [text, never]) expect(page).toContain("unless the app has first told Teams");
  });

  it("says that it cannot hear, and nothing on recording, when no permission touches media", () => {
    const { requested } = requestedPermissions({ capabilities: [Capability.CallUsers] });
    const page = words(pageOf("index.html", { requested }));
    expect(page).toContain("Nothing in this list lets Contoso Notetaker hear or see a call.");
    expect(page).not.toContain("Recording");
    expect(text).not.toContain("Nothing in this list");
  });

  it("says who can approve, who cannot, and what happens next", () => {
    expect(text).toContain("Can approve Privileged Role Administrator Global Administrator Cannot");
    expect(text).toContain(
      "Cannot approve Application Administrator Cloud Application Administrator",
    );
    expect(text).toContain("sign in at login.microsoftonline.com");
    expect(text).toContain("Nothing is switched on by this page alone.");
    expect(text).toContain("You can withdraw at any time");
  });

  it("has no field for the organisation when only one may consent", () => {
    const page = pageOf("index.html", { tenant: "contoso.com" });
    expect(page).toContain('data-tenant="contoso.com"');
    expect(page).not.toContain("<input");
    expect(words(page)).toContain("For this organisation only: contoso.com");
  });

  it("writes the letter to the administrator as text and as a mail without recipient", () => {
    const mail = /href="(mailto:\?[^"]*)"/.exec(pageOf("index.html"))?.[1] ?? "";
    const query = new URLSearchParams(mail.replace(/&#38;/g, "&").slice("mailto:".length));
    expect(query.get("subject")).toBe("Please approve Contoso Notetaker for our organisation");
    expect(query.get("body")).toContain("is here:\r\nhttps://signup.contoso.example/\r\n");
    expect(mail).not.toContain("+");
    expect(mail.length).toBeLessThan(1_800);
  });
});

describe("the return page", () => {
  const page = pageOf("consented.html");

  it("has every view once, hidden, with a title of its own", () => {
    const views = [
      ...page.matchAll(/<section[^>]*data-view="(\w+)" data-title="([^"]+)" hidden>/g),
    ];
    expect(views.map(([, view]) => view)).toEqual(Object.values(View));
    expect(new Set(views.map(([, , title]) => title)).size).toBe(views.length);
  });

  it("has a line for every code that is known, in the view it chooses", () => {
    for (const [code, view] of Object.entries(VIEW_OF_CODE)) {
      const section = page.split("<section").find((part) => part.includes(`data-view="${view}"`));
      expect(section).toContain(`data-code="${code}" hidden>Microsoft’s code for this: ${code}<`);
    }
  });

  it("says in every view that the operators check it", () => {
    const said = words(page).match(/it proves nothing and switches nothing on/g);
    expect(said).toHaveLength(Object.values(View).length);
  });
});
