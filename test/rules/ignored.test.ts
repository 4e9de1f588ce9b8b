import { describe, expect, it } from "vitest";
import { checkTogether } from "../../rules/config-together.js";
import { checkIgnored, withIgnoredUrls } from "../../rules/ignored.js";
import { formatIssue } from "../../rules/issue.js";

const said = (ignore: object) => checkIgnored("ignore", ignore).map(formatIssue);
const beside = (settings: object) =>
  checkTogether({ capabilities: ["callUsers"], ...settings })
    .map(formatIssue)
    .filter((text) => text.startsWith("ignore"));

describe("the setting `ignore`", () => {
  it("takes whatever URL an application can have, and whatever name a tag", () => {
    const replyUrls = [
      "https://intranet.contoso.com/signed-in",
      "http://localhost:3000",
      "http://localhost:3001",
      "https://10.0.0.4/a?b=c",
    ];
    expect(said({ replyUrls, tags: ["costCenter", "hidden-link:/app", 'a "b"'] })).toEqual([]);
    expect(said({})).toEqual([]);
  });

  it("refuses what is no URL, shows no password, and refuses one twice", () => {
    expect(
      said({ replyUrls: ["intranet", "https://a:b@c.com*", "https://a.com", "HTTPS://A.com/"] }),
    ).toEqual([
      'ignore.replyUrls[0] must be one full URL, as the application has it (this package), got "intranet". Copy it from the application\'s page Authentication, or from what verify calls unknown to the stack.',
      expect.stringContaining('got "https://...@c.com*"'),
      "ignore.replyUrls[3] must not repeat ignore.replyUrls[2] (this package). Remove one of the two.",
    ]);
  });

  it("refuses tags that this package needs, and names that are none", () => {
    expect(said({ tags: ["Pulumi-Stack", "", "a\\b", "a", "a"] })).toEqual([
      'ignore.tags[0] must not be a tag that this package sets, because by it a left-over is found (this package), got "Pulumi-Stack". Remove it.',
      expect.stringMatching(/^ignore\.tags\[1\] must be the name of a tag/),
      expect.stringMatching(/^ignore\.tags\[2\] must be the name of a tag/),
      "ignore.tags[4] must not repeat ignore.tags[3] (this package). Remove one of the two.",
    ]);
  });

  it("refuses what the stack says itself, wherever it says it", () => {
    const ignore = {
      replyUrls: ["https://a.com", "https://b.com/b", "https://c.com/c", "https://d.com/d"],
      tags: ["CostCenter"],
    };
    expect(
      beside({
        ignore,
        replyUrls: ["https://a.com/"],
        consent: { redirectUrl: "https://b.com/b" },
        adopt: { found: { replyUrls: ["https://c.com/c"] } },
        tags: { costCenter: "4711" },
      }),
    ).toEqual([
      'ignore.replyUrls[0] must not be what replyUrls says, because the stack writes that itself (this package), got "https://a.com". Remove it here, or there: then it is left as it is for as long as somebody keeps it.',
      expect.stringContaining("ignore.replyUrls[1] must not be what consent.redirectUrl says"),
      expect.stringContaining("ignore.replyUrls[2] must not be what adopt.found.replyUrls says"),
      expect.stringContaining("ignore.tags[0] must not be what tags says"),
    ]);
  });

  it("has no reply URLs where there is no application", () => {
    const managed = { bot: { type: "UserAssignedMSI" }, consent: { mode: "grant" } };
    expect(beside({ ...managed, ignore: { replyUrls: ["https://a.com"] } })).toEqual([
      expect.stringMatching(/^ignore\.replyUrls must be empty for UserAssignedMSI/),
    ]);
    expect(beside({ ...managed, ignore: { tags: ["costCenter"] } })).toEqual([]);
  });
});

describe("reply URLs with those that are left alone", () => {
  it("are the stack's own, and the ignored ones that are there, as they are written there", () => {
    const there = ["https://a.com/", "https://intranet.contoso.com", "https://foreign.com/"];
    expect(
      withIgnoredUrls(
        ["https://a.com/"],
        ["https://INTRANET.contoso.com/", "https://gone.com"],
        there,
      ),
    ).toEqual(["https://a.com/", "https://intranet.contoso.com"]);
  });
});
