// The facts of one sign-up site; each test changes the one it is about.
import { Capability, requestedPermissions } from "../../rules/capabilities.js";
import { MediaRecording } from "../../rules/recording.js";
import { returnPageUrl, type SignUpFacts } from "../../sign-up/index.js";

/** Facts of a bot that hears calls; the site is at `site`, sign-in at `login`. */
export function exampleFacts(
  overrides: Partial<SignUpFacts> = {},
  site = "https://signup.contoso.example/",
  login = "https://login.microsoftonline.com",
): SignUpFacts {
  const { requested } = requestedPermissions({
    capabilities: [
      Capability.AnswerCalls,
      Capability.JoinMeetings,
      Capability.AccessMedia,
      Capability.ReportRecordingStatus,
      Capability.ReadMeetings,
    ],
  });
  return {
    displayName: "Contoso Notetaker",
    publisher: { name: "Contoso Meetings Ltd" },
    privacyUrl: "https://contoso.example/privacy",
    termsUrl: "https://contoso.example/terms",
    contact: "mailto:teams-bot@contoso.example",
    appId: "1f4e2c6a-7b0d-4c19-9a3e-5d8f60b2c714",
    endpoints: { login, graph: "https://graph.microsoft.com" },
    requested,
    mediaRecording: MediaRecording.AfterRecordingStatus,
    redirectUri: returnPageUrl(site),
    ...overrides,
  };
}
