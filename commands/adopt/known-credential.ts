// Whether somebody can still sign in as the bot. Nobody can read a client secret back: who has it only a person knows.
import type { Issue } from "../../rules/issue.js";
import type { LiveRegistration } from "./live-registration.js";

/** Issues of an application whose only credentials are secrets that nobody says to have. */
export function checkKnownCredential(
  { application, trusts }: LiveRegistration,
  said: string | undefined,
  now: Date,
): Issue[] {
  if (application === undefined || said === "secret") return [];
  const isGood = ({ endDateTime }: { readonly endDateTime?: string | null | undefined }) =>
    !endDateTime || Date.parse(endDateTime) > now.getTime();
  if (trusts > 0 || application.keyCredentials.some(isGood)) return [];
  const good = application.passwordCredentials.filter(isGood);
  const path = `the application ${application.appId}`;
  if (good.length === 0) {
    return [
      {
        path,
        rule: "must have a credential that has not ended, and it has none: nobody can sign in as the bot",
        whose: "Microsoft Entra ID",
        fix: "Give --credential secret: the stack then makes a client secret.",
      },
    ];
  }
  if (said === "keep") return [];
  const ends = good.map(({ endDateTime }) => endDateTime ?? "never").join(", ");
  return [
    {
      path,
      rule: `must have a credential that somebody knows, and it has client secrets alone, whose values no service gives out (they end: ${ends})`,
      whose: "this package",
      fix: "Give --credential keep when the bot has one of them, or --credential secret to have the stack make another beside them.",
    },
  ];
}
