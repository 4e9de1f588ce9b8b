import { describe, expect, it } from "vitest";
import { formatIssue, RulesError } from "../../rules/issue.js";
import { PERMISSIONS } from "../../rules/permissions.js";
import {
  buildSignUpSite,
  checkSignUpFacts,
  ENGLISH,
  returnPageUrl,
  type SignUpFacts,
} from "../../sign-up/index.js";
import { exampleFacts } from "./example-facts.js";

const issuesOf = (overrides: Partial<SignUpFacts>) => checkSignUpFacts(exampleFacts(overrides));
const svg = (content: string) =>
  new TextEncoder().encode(`<svg xmlns="http://www.w3.org/2000/svg">${content}</svg>`);

describe("the facts of a sign-up site", () => {
  it("are good when complete", () => {
    expect(issuesOf({})).toEqual([]);
    expect(issuesOf({ tenant: "contoso.com", contact: "https://contoso.example/help" })).toEqual(
      [],
    );
    expect(issuesOf({ redirectUri: "https://localhost:8443/signup/consented.html" })).toEqual([]);
  });

  it.each<[string, Partial<SignUpFacts>]>([
    ["displayName", { displayName: " " }],
    ["displayName", { displayName: "Two\nlines" }],
    ["publisher.name", { publisher: { name: "" } }],
    ["privacyUrl", { privacyUrl: "http://contoso.example/privacy" }],
    ["privacyUrl", { privacyUrl: "javascript:alert(1)" }],
    ["termsUrl", { termsUrl: "/terms" }],
    ["contact", { contact: "help@contoso.example" }],
    ["contact", { contact: "mailto:" }],
    ["contact", { contact: "https://user:password@contoso.example" }],
    ["appId", { appId: "my-bot" }],
    ["endpoints.login", { endpoints: { login: "https://x.example/", graph: "https://y.example" } }],
    ["endpoints.graph", { endpoints: { login: "https://x.example", graph: "http://y.example" } }],
    ["requested", { requested: [] }],
    ["requested[0].value", { requested: [{ value: "Calls.Join", id: "", because: [] }] }],
    ["reasons.Chat.Create", { reasons: { "Chat.Create": "To start chats." } }],
    ["tenant", { tenant: "common" }],
    ["redirectUri", { redirectUri: "https://contoso.example/return" }],
    ["redirectUri", { redirectUri: "https://contoso.example/Consented.html" }],
    ["redirectUri", { redirectUri: "https://contoso.example/?next=/consented.html" }],
    ["redirectUri", { redirectUri: "http://contoso.example/consented.html" }],
    ["publisher.logo", { publisher: { name: "C", logo: new Uint8Array(70_000) } }],
    ["publisher.logo", { publisher: { name: "C", logo: new TextEncoder().encode("GIF89a") } }],
    ["publisher.logo", { publisher: { name: "C", logo: svg("<script>1</script>") } }],
    ["publisher.logo", { publisher: { name: "C", logo: svg('<g onload="x()"/>') } }],
  ])("have an issue at %s", (path, overrides) => {
    expect(issuesOf(overrides).map((issue) => issue.path)).toEqual([path]);
  });

  it("need a word on recording when the bot hears calls, and none otherwise", () => {
    const { mediaRecording: _, ...silent } = exampleFacts();
    expect(checkSignUpFacts(silent).map(({ path }) => path)).toEqual(["mediaRecording"]);
    const quiet = silent.requested.filter(({ value }) => value !== "Calls.AccessMedia.All");
    expect(checkSignUpFacts({ ...silent, requested: quiet })).toEqual([]);
  });

  it("are all reported at once, and nothing is built", () => {
    const wrong = exampleFacts({ appId: "x", privacyUrl: "x", tenant: "common" });
    expect(() => buildSignUpSite(wrong)).toThrow(RulesError);
    expect(checkSignUpFacts(wrong)).toHaveLength(3);
  });

  it("say what to do, without repeating a query that may hold a key", () => {
    const [issue] = issuesOf({ contact: "http://contoso.example/help?code=geheim" });
    expect(issue && formatIssue(issue)).toBe(
      'contact must be a full address that starts with https: or mailto: (the sign-up page), got "http://contoso.example/help?...". Give an address that administrators can open.',
    );
  });

  it.each([
    ["https://x.z6.web.core.windows.net/", "https://x.z6.web.core.windows.net/consented.html"],
    ["https://contoso.example/bots/sign-up", "https://contoso.example/bots/sign-up/consented.html"],
  ])("have the return page of %s at %s", (site, redirectUri) => {
    expect(returnPageUrl(site)).toBe(redirectUri);
    expect(issuesOf({ redirectUri })).toEqual([]);
  });
});

describe("a translation", () => {
  it("is complete in English for every permission there is", () => {
    const requested = PERMISSIONS.map(({ value, id }) => ({ value, id, because: [] }));
    expect(issuesOf({ requested })).toEqual([]);
  });

  it("is refused when it cannot explain what is asked, is empty, or has a placeholder nothing fills", () => {
    const { "Calls.AccessMedia.All": _, ...lets } = ENGLISH.what.lets;
    const texts = {
      ...ENGLISH,
      heading: "Genehmigen Sie {anwendung}",
      lede: "",
      what: { ...ENGLISH.what, lets, capabilities: {} },
    };
    expect(issuesOf({ texts }).map(({ path }) => path)).toEqual([
      "texts.what.lets.Calls.AccessMedia.All",
      "texts.what.capabilities.accessMedia",
      "texts.what.capabilities.reportRecordingStatus",
      "texts.what.capabilities.answerCalls",
      "texts.what.capabilities.joinMeetings",
      "texts.what.capabilities.readMeetings",
      "texts.heading",
      "texts.lede",
    ]);
  });
});
