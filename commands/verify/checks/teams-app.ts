// Whether the Teams app, through which people call, lets them: its manifest has to say so as well as the channel.

import { formatIssue } from "../../../rules/issue.js";
import { checkApp } from "../../../rules/manifest/check-app.js";
import type { OpenedApp } from "../../../rules/manifest/open-package.js";
import type { StackOutputs } from "../../../rules/outputs.js";
import { type Check, fail, type Outcome, pass, skip } from "../../checks/check.js";
import type { VerifyContext } from "../verify-context.js";

export function judgeTeamsApp(bot: StackOutputs, app: OpenedApp): Outcome {
  const { bots } = app.manifest.value;
  const first: unknown = Array.isArray(bots) ? bots[0] : undefined;
  const calling =
    typeof first === "object" && first !== null && Reflect.get(first, "supportsCalling");
  const evidence = {
    file: app.file,
    version: app.manifest.value["version"],
    supportsCalling: calling === true,
  };
  if (calling !== true) {
    return fail(
      `The manifest in ${app.file} does not say supportsCalling: nobody sees a call button, whatever the channel says.`,
      `Run teams-calling-bot app add-calling ${app.file}, raise its version, publish it and reinstall the app: the button appears only after both the channel and the installed manifest say so.`,
      evidence,
    );
  }
  const { issues } = checkApp(app, { appId: bot.appId, cloud: bot.cloud });
  if (issues.length > 0) {
    return fail(
      `Teams would refuse ${app.file}, or its bot would not work: ${issues.map(({ path, rule }) => `${path} ${rule}`).join("; ")}.`,
      issues.map(({ fix }) => fix).join(" "),
      { ...evidence, issues: issues.map(formatIssue) },
    );
  }
  return pass(`The manifest in ${app.file} has calling, for this bot.`, evidence);
}

export const teamsApp: Check<VerifyContext> = {
  id: "teams-app",
  title: "the Teams app's manifest has supportsCalling and names this bot",
  explains: ["no call button in Teams"],
  run: async ({ bot, app: { opened, problem } }) => {
    if (opened !== undefined) return judgeTeamsApp(bot, opened);
    return skip(
      problem ?? "The stack packs no Teams app.",
      "Give --app <file>, the package or manifest that people have installed. Without supportsCalling in it nobody sees a call button.",
    );
  },
};
