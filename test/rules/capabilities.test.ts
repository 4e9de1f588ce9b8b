import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CAPABILITIES, Capability, requestedPermissions } from "../../rules/capabilities.js";
import { findPermission } from "../../rules/permissions.js";

const names = (capabilities: Capability[], permissions: string[] = []) =>
  requestedPermissions({ capabilities, permissions }).requested.map(({ value }) => value);

describe("the table of capabilities", () => {
  it("names only app roles of the catalogue, in their official spelling", () => {
    for (const { anyOf } of Object.values(CAPABILITIES)) {
      expect(anyOf.length).toBeGreaterThan(0);
      for (const value of anyOf) expect(findPermission(value)?.value).toBe(value);
    }
  });

  it.each([
    [Capability.AnswerCalls, ["Calls.JoinGroupCall.All"]],
    [Capability.CallUsers, ["Calls.Initiate.All"]],
    [Capability.CallGroups, ["Calls.InitiateGroupCall.All"]],
    [Capability.JoinMeetings, ["Calls.JoinGroupCall.All"]],
    [Capability.JoinMeetingsAsGuest, ["Calls.JoinGroupCallAsGuest.All"]],
    [Capability.AccessMedia, ["Calls.AccessMedia.All"]],
    [Capability.PlayPrompts, ["Calls.Initiate.All"]],
    [Capability.RecordResponses, ["Calls.AccessMedia.All"]],
    [Capability.TransferCalls, ["Calls.Initiate.All"]],
    [Capability.InviteParticipants, ["Calls.InitiateGroupCall.All"]],
    [Capability.ReportRecordingStatus, ["Calls.AccessMedia.All"]],
    [Capability.RouteAudio, ["Calls.JoinGroupCall.All"]],
    [Capability.ReadMeetings, ["OnlineMeetings.Read.All"]],
    [Capability.ManageMeetings, ["OnlineMeetings.ReadWrite.All"]],
  ])("gives %s alone the least that works", (capability, expected) => {
    expect(names([capability])).toEqual(expected);
  });
});

describe("the requested permissions", () => {
  it("are sorted, have the id, and say why each is there", () => {
    expect(
      requestedPermissions({
        capabilities: [Capability.JoinMeetings, Capability.CallUsers],
        permissions: ["calls.joingroupcall.all"],
      }),
    ).toEqual({
      requested: [
        {
          value: "Calls.Initiate.All",
          id: "284383ee-7f6e-4e40-a2a8-e85dcb029101",
          because: ["asked for by capability callUsers"],
        },
        {
          value: "Calls.JoinGroupCall.All",
          id: "f6b49018-60ab-4f81-83bd-22caeabfed2d",
          because: ["asked for by name", "asked for by capability joinMeetings"],
        },
      ],
      issues: [],
    });
  });

  it("add nothing for a capability that another permission covers", () => {
    expect(names([Capability.PlayPrompts, Capability.AccessMedia])).toEqual([
      "Calls.AccessMedia.All",
    ]);
    expect(names([Capability.ReadMeetings, Capability.ManageMeetings])).toEqual([
      "OnlineMeetings.ReadWrite.All",
    ]);
    expect(names([Capability.ReadMeetings], ["OnlineMeetings.ReadWrite.All"])).toEqual([
      "OnlineMeetings.ReadWrite.All",
    ]);
    expect(names([Capability.AnswerCalls, Capability.JoinMeetingsAsGuest])).toEqual([
      "Calls.JoinGroupCallAsGuest.All",
    ]);
  });

  it("are one when one covers two open choices", () => {
    expect(names([Capability.ReportRecordingStatus, Capability.ManageParticipants])).toEqual([
      "Calls.JoinGroupCall.All",
    ]);
  });

  it("keep clear of media when two sets are equally good, whatever the order", () => {
    const wishes = [
      Capability.ReportRecordingStatus,
      Capability.PlayPrompts,
      Capability.AnswerCalls,
    ];
    for (const order of [wishes, [...wishes].reverse()]) {
      expect(names(order)).toEqual(["Calls.Initiate.All", "Calls.JoinGroupCall.All"]);
    }
  });

  it("must be more than none", () => {
    const { requested, issues } = requestedPermissions({});
    expect(requested).toEqual([]);
    expect(issues.map(({ path, rule }) => [path, rule])).toEqual([
      ["capabilities", "must say what the bot does, unless permissions names app roles"],
    ]);
  });

  it("report each wrong name at its place and keep the good ones", () => {
    const { requested, issues } = requestedPermissions({
      permissions: ["Calls.Initiate.All", "User.Read"],
    });
    expect(requested.map(({ value }) => value)).toEqual(["Calls.Initiate.All"]);
    expect(issues.map(({ path }) => path)).toEqual(["permissions[1]"]);
  });

  it("cover every capability, hold no more than needed, and do not depend on the order", () => {
    const some = fc.uniqueArray(fc.constantFrom(...Object.values(Capability)), { minLength: 1 });
    fc.assert(
      fc.property(some, (capabilities) => {
        const set = names(capabilities);
        const covers = (values: string[]) =>
          capabilities.every((c) => CAPABILITIES[c].anyOf.some((value) => values.includes(value)));
        expect(covers(set)).toBe(true);
        for (const value of set) expect(covers(set.filter((v) => v !== value))).toBe(false);
        expect(names([...capabilities].reverse())).toEqual(set);
        expect(set).toEqual([...set].sort());
      }),
      { numRuns: 1000 },
    );
  });

  it("each have a reason", () => {
    for (const capability of Object.values(Capability)) {
      for (const { because } of requestedPermissions({ capabilities: [capability] }).requested) {
        expect(because).toEqual([`asked for by capability ${capability}`]);
      }
    }
  });
});
