// Whether the application's reply URLs are those of the stack.
import type { RegisteredApplication } from "../../../graph/registered-application.js";
import { withoutIgnoredUrls } from "../../../rules/ignored.js";
import type { StackOutputs } from "../../../rules/outputs.js";
import { type Check, fail, type Outcome, pass, skip, warn } from "../../checks/check.js";
import { count } from "../../checks/count.js";
import type { VerifyContext } from "../verify-context.js";

export function judgeReplyUrls(bot: StackOutputs, found: RegisteredApplication): Outcome {
  const ignored = bot.ignoredReplyUrls ?? [];
  const own = (urls: readonly string[]) => withoutIgnoredUrls(urls, ignored);
  const registered = own(found.web?.redirectUris ?? []);
  const wanted = own(bot.replyUrls);
  const missing = wanted.filter((url) => !registered.includes(url));
  const surplus = registered.filter((url) => !wanted.includes(url));
  const evidence = { missing, surplus };
  if (missing.length > 0) {
    return fail(
      `Reply URLs of the stack are not registered: ${missing.join(", ")}.`,
      "Sign-in and consent that return there end with AADSTS50011. Run pulumi refresh and pulumi up; the match is letter for letter.",
      evidence,
    );
  }
  if (surplus.length > 0) {
    return warn(
      `Reply URLs are registered that the stack does not know: ${surplus.join(", ")}.`,
      "Tokens and codes can be sent there. Add them to replyUrls of the stack, or to ignore.replyUrls where somebody else keeps them, or run pulumi refresh and pulumi up to take them away.",
      evidence,
    );
  }
  const all = wanted.length;
  return pass(
    all === 0
      ? "There are no reply URLs."
      : `The stack's ${count(all, "reply URL is", "reply URLs are")} registered.`,
    evidence,
  );
}

export const replyUrls: Check<VerifyContext> = {
  id: "reply-urls",
  title: "the reply URLs are those of the stack",
  run: async ({ bot, application }) => {
    if (bot.applicationObjectId === undefined) return skip("A managed identity has no reply URLs.");
    const found = await application();
    return found === undefined ? skip("There is no application.") : judgeReplyUrls(bot, found);
  },
};
