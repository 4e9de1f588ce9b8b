import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatIssue, RulesError } from "../../rules/issue.js";
import {
  checkCallingWebhook,
  checkedMessagingEndpoint,
  checkedReplyUrls,
  checkedWebhook,
  checkMessagingEndpoint,
  checkReplyUrls,
  normaliseReplyUrl,
  normaliseWebhook,
  REPLY_URLS_MAX_COUNT,
  sameWebhook,
} from "../../rules/urls.js";

const webhook = (url: string) =>
  checkCallingWebhook("host.callingWebhook", url).map((issue) => formatIssue(issue));
const rules = (urls: string[], options = {}) =>
  checkReplyUrls("replyUrls", urls, options).map(({ path, rule }) => `${path} ${rule}`);

describe("a calling webhook", () => {
  it.each([
    "https://contoso.com/teamsapp/api/calling",
    "https://contoso.com/teamsapp/api/calling/",
    "https://contoso.com",
    "https://contoso.com/",
    "https://bot.contoso.com:8544/callback/call",
    "https://bot.contoso.com/api/calling?tenant=a%20b",
    "https://BOT.Contoso.com/API/Calling",
    "https://xn--bcher-kva.example.com/a/b~c/d.e",
    "https://8.8.8.8/calling",
    "https://[2606:4700::1111]/calling",
  ])("is accepted with and without path, slash and port (azurerm#16097): %s", (url) => {
    expect(webhook(url)).toEqual([]);
    expect(checkMessagingEndpoint("host.messagingEndpoint", url)).toEqual([]);
  });

  it("is refused over plain http", () => {
    expect(webhook("http://bot.contoso.com/api/calling")).toEqual([
      'host.callingWebhook must start with https:// (Azure Bot Service), got "http://bot.contoso.com/api/calling". Serve it over TLS and write https://bot.contoso.com.',
    ]);
  });

  it.each([
    "https://localhost/api",
    "https://LOCALHOST./api",
    "https://bot.localhost/",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://0/",
    "https://10.1.2.3/",
    "https://172.16.0.1/",
    "https://172.31.255.255/",
    "https://192.168.178.1/",
    "https://169.254.169.254/",
    "https://100.64.0.1/",
    "https://100.127.255.255/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:8.8.8.8]/",
    "https://[fe80::1]/",
    "https://[fd00::1]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://[2001:db8::1]/",
    "https://bot/api",
    "https://bot.local/",
    "https://bot.corp.internal/",
    "https://bot.test/",
  ])("is refused where Teams cannot reach it (Microsoft-Teams-Samples#836): %s", (url) => {
    expect(webhook(url)[0]).toContain("must have a host that is public");
  });

  it.each([
    "https://172.15.0.1/",
    "https://172.32.0.1/",
    "https://100.63.0.1/",
    "https://11.0.0.1/",
  ])("is accepted just beside a private range: %s", (url) => {
    expect(webhook(url)).toEqual([]);
  });

  it.each([
    [" https://contoso.com", "white space"],
    ["https://contoso.com/a\n", "white space"],
    ["https://contoso.com/a\tb", "white space"],
    ["https://contoso.com\\api", "white space, control characters or backslashes"],
    ["contoso.com/api", "must be a full URL"],
    ["", "must be a full URL"],
    ["ftp://contoso.com", "must be a full URL"],
    ["https:///api", "must be a full URL"],
    ["https://contoso.com/#frag", "must not contain a fragment"],
    ["https://contoso.com/ä", "only the characters a URL may hold"],
    ["https://bücher.de/", "only the characters a URL may hold"],
    ["https://contoso.com/<x>", "only the characters a URL may hold"],
    ["https://contoso.com/%zz", "only the characters a URL may hold"],
    ["https://contoso.com/a/../b", "must not have . or .."],
    ["https://contoso.com/a/%2E%2e/b", "must not have . or .."],
    ["https://contoso.com:0/", "must have a port from 1 to 65535"],
    ["https://contoso.com:65536/", "must have a port from 1 to 65535"],
    ["https://contoso.com:/", "must have a port from 1 to 65535"],
    ["https://*.contoso.com/", "must have a host name of letters"],
    ["https://contoso.com./", "must have a host name of letters"],
    ["https://-x.contoso.com/", "must have a host name of letters"],
    ["https://contoso..com/", "must have a host name of letters"],
    ["https://8.8/", "must have a host name of letters"],
    ["https://con%74oso.com/", "must have a host name of letters"],
  ])("is refused when malformed: %j", (url, rule) => {
    expect(webhook(url)).toHaveLength(1);
    expect(webhook(url)[0]).toContain(rule);
  });

  it("never has its password or query repeated in a message", () => {
    const [first] = webhook("https://me:hunter2@contoso.com/api?code=s3cret");
    expect(first).toContain('got "https://...@contoso.com/api?..."');
    const [second] = webhook("http://contoso.com/api?code=s3cret#hunter2");
    for (const text of [first, second]) expect(text).not.toMatch(/hunter2|s3cret/);
  });

  it("may be on localhost only when the caller says so, and then still over https", () => {
    const local = (url: string) => checkCallingWebhook("w", url, { allowLocalhost: true });
    expect(local("https://localhost:3978/api")).toEqual([]);
    expect(local("http://localhost:3978/api")).toHaveLength(1);
    expect(local("https://127.0.0.1:3978/api")).toHaveLength(1);
  });
});

describe("a normalised webhook", () => {
  it.each([
    ["https://example.com", "https://example.com/"],
    ["https://example.com/", "https://example.com/"],
    ["HTTPS://Example.COM:443", "https://example.com/"],
    ["https://example.com?x=Y", "https://example.com/?x=Y"],
    ["https://Example.com:8443/Api/Calling", "https://example.com:8443/Api/Calling"],
    ["https://example.com/api/calling", "https://example.com/api/calling"],
    ["https://example.com/api/calling/", "https://example.com/api/calling/"],
    ["https://example.com/a%2Fb~c", "https://example.com/a%2Fb~c"],
    ["no url", "no url"],
    ["https://:443", "https://:443"],
    ["https:// ::", "https:// ::"],
    ["https://a:443:443", "https://a:443:443"],
  ])("is what Resource Manager echoes (azure-rest-api-specs#18511): %s", (url, expected) => {
    expect(normaliseWebhook(url)).toBe(expected);
  });

  it("stays the same when normalised again, keeps its path, and stays accepted", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, validSchemes: ["https"] }), (url) => {
        const once = normaliseWebhook(url);
        expect(normaliseWebhook(once)).toBe(once);
        expect(sameWebhook(url, once)).toBe(true);
        if (webhook(url).length === 0) expect(webhook(once)).toEqual([]);
        expect(once.endsWith(url.replace(/^https:\/\/[^/?]*/, ""))).toBe(true);
      }),
    );
  });

  it("stays the same when normalised again, for any text", () => {
    const nearUrl = fc.tuple(fc.constantFrom("https://", "HTTP://", ""), fc.string());
    fc.assert(
      fc.property(nearUrl, ([scheme, rest]) => {
        const once = normaliseWebhook(scheme + rest);
        expect(normaliseWebhook(once)).toBe(once);
      }),
    );
  });

  it("tells paths apart and hosts of other case not", () => {
    expect(sameWebhook("https://A.com", "https://a.com/")).toBe(true);
    expect(sameWebhook("https://a.com/x", "https://a.com/x/")).toBe(false);
    expect(sameWebhook("https://a.com/x", "https://a.com/X")).toBe(false);
  });
});

describe("reply URLs", () => {
  it("are accepted with path, query and a host alone", () => {
    expect(rules(["https://contoso.com", "https://contoso.com/a?b=c", "https://x.com/A"])).toEqual(
      [],
    );
    expect(rules(["https://x.com/a", "https://x.com/A"])).toEqual([]);
  });

  it.each(["!", "$", "'", "(", ")", ",", ";"])("must not contain %s", (character) => {
    expect(rules([`https://contoso.com/a${character}b`])).toEqual([
      "replyUrls[0] must not contain any of ! $ ' ( ) , ;",
    ]);
  });

  it("must not contain wildcards", () => {
    expect(rules(["https://*.contoso.com/"])).toEqual(["replyUrls[0] must not contain a wildcard"]);
  });

  it("are at most 256 characters long, counted as they are sent", () => {
    const ofLength = (n: number) => `https://contoso.com/${"a".repeat(n - 20)}`;
    expect(rules([ofLength(256)])).toEqual([]);
    expect(rules([ofLength(257)])).toEqual(["replyUrls[0] must be at most 256 characters long"]);
  });

  it("are at most 256, each once", () => {
    const many = Array.from({ length: REPLY_URLS_MAX_COUNT + 1 }, (_, i) => `https://a.com/${i}`);
    expect(rules(many)).toEqual(["replyUrls must list at most 256 URLs"]);
    expect(rules(many.slice(1))).toEqual([]);
    expect(rules(["https://a.com", "https://b.com", "https://A.com/"])).toEqual([
      "replyUrls[2] must not repeat replyUrls[0]",
    ]);
  });

  it("may be http for localhost alone, and only when the caller says so", () => {
    const allowLocalhost = true;
    expect(rules(["http://localhost:3000/a"], { allowLocalhost })).toEqual([]);
    expect(rules(["http://localhost:3000/a"])[0]).toContain("must have a host that is public");
    expect(rules(["http://127.0.0.1:3000/a"], { allowLocalhost })).toHaveLength(1);
    expect(rules(["http://contoso.com/a"], { allowLocalhost })).toEqual([
      "replyUrls[0] must start with https://",
    ]);
  });

  it("must differ by more than the port of localhost", () => {
    const urls = ["http://localhost:1/a", "http://localhost:2/a", "http://localhost:2/b"];
    expect(rules(urls, { allowLocalhost: true })).toEqual([
      "replyUrls[1] must differ from replyUrls[0] by more than the port, which is ignored for localhost",
    ]);
  });

  it("get the slash that the provider demands of a host alone (azuread#718), and no other", () => {
    expect(normaliseReplyUrl("https://contoso.com")).toBe("https://contoso.com/");
    expect(normaliseReplyUrl("https://contoso.com/a")).toBe("https://contoso.com/a");
  });
});

describe("the named checks of late values", () => {
  it("return what the consumer takes", () => {
    expect(checkedWebhook("w")("https://contoso.com")).toBe("https://contoso.com/");
    expect(checkedMessagingEndpoint("m")("https://contoso.com")).toBe("https://contoso.com");
    expect(checkedReplyUrls("r")(["https://contoso.com"])).toEqual(["https://contoso.com/"]);
  });

  it("throw for a bad one", () => {
    expect(() => checkedWebhook("w")("http://contoso.com")).toThrow(RulesError);
    expect(() => checkedMessagingEndpoint("m")("https://localhost")).toThrow(RulesError);
    expect(() => checkedReplyUrls("r")(["https://a.com", "x"])).toThrow(
      /r\[1\] must be a full URL/,
    );
  });

  it("never fail in another way, and every refusal is a sentence", () => {
    const nearUrl = fc.tuple(
      fc.constantFrom("https://", "http://localhost", "https://[", "https://contoso.com/", ""),
      fc.string({ unit: "grapheme" }),
    );
    fc.assert(
      fc.property(nearUrl, ([start, rest]) => {
        const url = start + rest;
        for (const issue of [
          ...checkCallingWebhook("w", url),
          ...checkReplyUrls("r", [url, url], { allowLocalhost: true }),
        ]) {
          expect(formatIssue(issue)).toMatch(/^[wr]\S* must .+ \(.+\)(, got .+)?\. [A-Z].*\.$/su);
          expect(formatIssue(issue)).not.toContain("\n");
        }
      }),
      { numRuns: 500 },
    );
  });
});
