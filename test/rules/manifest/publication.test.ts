import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatIssue } from "../../../rules/issue.js";
import { compareAppVersions, nextAppVersion } from "../../../rules/manifest/app-version.js";
import { checkPublisher, planPublication } from "../../../rules/manifest/publication.js";
import { unnecessaryRoles } from "../../../rules/manifest/resource-specific.js";

const published = (...versions: string[]) =>
  versions.map((version) => ({ version, state: "published" }));

describe("publishing", () => {
  it("creates an app that is not there, and adds a version to one that is", () => {
    expect(planPublication("1.0.0", undefined, "version")).toEqual({ action: "create" });
    expect(planPublication("1.10.0", published("1.9.0", "1.2.0"), "version")).toEqual({
      action: "addVersion",
    });
    expect(planPublication("1.0.0", [], "version")).toEqual({ action: "addVersion" });
  });

  it("does nothing about a version that is there or waits", () => {
    expect(planPublication("1.0", published("1.0.0"), "version")).toEqual({
      action: "nothing",
      state: "published",
    });
    const waiting = [...published("1.0.0"), { version: "1.1.0", state: "submitted" }];
    expect(planPublication("1.1.0", waiting, "version")).toEqual({
      action: "nothing",
      state: "submitted",
    });
  });

  it("refuses a version that does not rise, and one that was rejected", () => {
    const refusal = (version: string, states: Parameters<typeof planPublication>[1]) => {
      const plan = planPublication(version, states, "app.zip/manifest.json:3:14 version");
      return plan.action === "refuse" ? formatIssue(plan.issue) : plan;
    };
    expect(refusal("1.0.1", published("1.0.0", "1.2.0"))).toBe(
      'app.zip/manifest.json:3:14 version must be higher than 1.2.0, which is in the catalogue (Microsoft Teams), got "1.0.1". Raise it to "1.2.1" and build the package again.',
    );
    expect(refusal("1.0.0", [{ version: "1.0.0", state: "rejected" }])).toContain(
      "must be higher than 1.0.0, because an administrator rejected 1.0.0",
    );
  });

  it("is for people with the right permission only", () => {
    expect(checkPublisher({ scp: "User.Read AppCatalog.Submit" })).toEqual([]);
    expect(checkPublisher({}).map(formatIssue)).toEqual([
      "The sign-in must be that of a person with the delegated permission AppCatalog.Submit: an application cannot publish to the catalogue, whatever it is granted (Microsoft Graph). Sign in as a person with --sign-in device-code or --sign-in browser.",
    ]);
    expect(checkPublisher({ scp: "User.Read AppCatalog.Read.All" }).map(formatIssue)).toEqual([
      "The sign-in must have the delegated permission AppCatalog.Submit or AppCatalog.ReadWrite.All (Microsoft Graph). Sign in as a person with --sign-in device-code or --sign-in browser.",
    ]);
  });
});

describe("versions of an app", () => {
  it("are compared by number, and the next one is higher", () => {
    const version = fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map((parts) => parts.join("."));
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(Math.sign(compareAppVersions(a, b))).toBe(
          -Math.sign(compareAppVersions(b, a)) + 0 || 0,
        );
        expect(compareAppVersions(nextAppVersion(a), a)).toBeGreaterThan(0);
      }),
    );
    expect(compareAppVersions("1.10.0", "1.9.9")).toBeGreaterThan(0);
  });
});

describe("resource-specific permissions", () => {
  it("are said to make the wider role unnecessary, only where that is asked for as well", () => {
    const asked = ["calls.joingroupcalls.chat", "OnlineMeeting.ReadBasic.Chat"];
    expect(unnecessaryRoles(asked, ["Calls.JoinGroupCall.All", "OnlineMeetings.Read.All"])).toEqual(
      [
        "Calls.JoinGroupCall.All is not needed in chats and meetings that the app is installed in: the manifest asks for Calls.JoinGroupCalls.Chat there. Leave Calls.JoinGroupCall.All out unless the bot works in others as well.",
      ],
    );
    expect(unnecessaryRoles(asked, ["Calls.Initiate.All"])).toEqual([]);
  });
});
