import { describe, expect, it } from "vitest";
import { Capability, requestedPermissions } from "../../rules/capabilities.js";
import { formatIssue } from "../../rules/issue.js";
import { checkRecordingStatement, MediaRecording } from "../../rules/recording.js";

describe("the statement about recording", () => {
  it("is demanded with media access, however it was asked for, and says why", () => {
    const byCapability = requestedPermissions({ capabilities: [Capability.RecordResponses] });
    const byName = requestedPermissions({ permissions: ["calls.accessmedia.all"] });
    const expected =
      'mediaRecording must be stated with Calls.AccessMedia.All, because media of a call, or data derived from it, may not be recorded or persisted unless updateRecordingStatus succeeded first (Microsoft Graph). Set it to "never" when the bot keeps nothing, or to "afterRecordingStatus" when it reports the recording status before it keeps anything.';
    for (const { requested } of [byCapability, byName]) {
      expect(checkRecordingStatement(requested, undefined).map(formatIssue)).toEqual([expected]);
    }
  });

  it.each(Object.values(MediaRecording))("is met by %s", (statement) => {
    expect(checkRecordingStatement([{ value: "Calls.AccessMedia.All" }], statement)).toEqual([]);
  });

  it("is not asked of a bot without media access", () => {
    expect(checkRecordingStatement([{ value: "Calls.JoinGroupCall.All" }], undefined)).toEqual([]);
  });
});
