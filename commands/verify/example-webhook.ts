// A bot of the local cloud whose webhook is an example: its name leads to somebody else's machine, which nobody should ask.
import { type Outcome, skip } from "../checks/check.js";
import { hostAndPort } from "../probe/network.js";
import type { VerifyContext } from "./verify-context.js";

/** Names that documentation uses: Microsoft's own and those of RFC 2606. */
const EXAMPLES = /(^|\.)(contoso|fabrikam|example)\.(com|net|org)$/;

/** Runs unless the webhook is such an example. */
export function unlessExample(run: (context: VerifyContext) => Promise<Outcome>) {
  return async (context: VerifyContext): Promise<Outcome> => {
    const { bot, endpoints, network } = context;
    const { host } = hostAndPort(bot.callingWebhook);
    if (endpoints.name !== "local" || !network.isInternet || !EXAMPLES.test(host)) {
      return run(context);
    }
    return skip(
      `The bot is on the local cloud, and ${host} is a name of examples: nothing of it runs there.`,
      "Call the bot itself with teams-calling-bot rehearse.",
    );
  };
}
