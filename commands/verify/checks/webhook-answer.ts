// What the webhook answers to a notification without a token. A bot that is there and checks who calls answers 401 or 403;
// everything else says where the request ended up.
import { type Check, fail, type Outcome, pass, warn } from "../../checks/check.js";
import { type PostAnswer, PostFailure } from "../../probe/unsigned-post.js";
import { unlessExample } from "../example-webhook.js";
import { unreachable } from "../unreachable.js";
import type { VerifyContext } from "../verify-context.js";

export function judgeAnswer(url: string, { status, location }: PostAnswer): Outcome {
  const evidence = { status, ...(location === undefined ? {} : { location }) };
  const { pathname } = new URL(url);
  const bad = (finding: string, advice: string) =>
    fail(`The webhook answers ${status} ${finding}`, advice, evidence);
  if (status === 401 || status === 403) {
    return pass(`The webhook answers ${status} to a request without a token.`, evidence);
  }
  if (status >= 200 && status < 300) {
    return bad(
      "to a request without a token: whoever knows the address can send it calls.",
      "Validate the bearer token of every notification (issuer, audience, tenant) before anything else, and answer 401. If this is a page of a proxy or a tunnel, let the path through to the bot.",
    );
  }
  if (status >= 300 && status < 400) return judgeRedirect(status, location, bad);
  if (status === 404) {
    return bad(
      `: nothing is served at ${pathname}.`,
      "Compare the path with the bot's route, letter for letter: /callback and /api/callback are two places, and a final slash may count. Behind a gateway check that it passes this path on.",
    );
  }
  if (status === 405) {
    return bad(
      `: what is served at ${pathname} takes no POST.`,
      "Compare the path with the bot's route; a page or a health check may have it.",
    );
  }
  if (status >= 500) {
    return bad(
      status === 500
        ? ": the bot failed at a request that it should refuse."
        : ": the bot behind the gateway does not answer.",
      status === 500
        ? "Look into its log. It probably reads the body or its settings before it checks the token."
        : "Start it, and look into its log and the gateway's health checks.",
    );
  }
  return warn(
    `The webhook answers ${status} to a request without a token, where 401 or 403 would say that it checks tokens.`,
    status === 429
      ? "Something limits requests. Teams sends one for every step of every call: leave this path out of the limit."
      : "It probably reads the body before it checks the token. Check the token first: the body of a stranger is nothing to parse.",
    evidence,
  );
}

const SIGN_IN =
  /microsoftonline\.|\/\.auth\/login|\/(log|sign)-?in\b|\/oauth2?\/|accounts\.google|okta\./i;

function judgeRedirect(
  status: number,
  location: string | undefined,
  bad: (finding: string, advice: string) => Outcome,
): Outcome {
  if (location !== undefined && SIGN_IN.test(location)) {
    return bad(
      `to a sign-in page (${shortened(location)}): Teams does not sign in.`,
      "Something in front of the bot asks people to sign in, such as App Service authentication, an application proxy or a tunnel. Exclude this path from it; the bot checks the token by itself.",
    );
  }
  return bad(
    `to ${location === undefined ? "nowhere" : shortened(location)} (status ${status}).`,
    "Register the final address. Teams follows a redirect only as the answer to a call that moves it to another region of the bot.",
  );
}

/** Without its query, which may hold a state that is nobody's business. */
function shortened(location: string): string {
  return location.split(/[?#]/)[0]?.slice(0, 120) ?? "";
}

export const webhookAnswer: Check<VerifyContext> = {
  id: "webhook-answer",
  title: "the webhook refuses a request without a token with 401 or 403",
  explains: ["the incoming call never reaches the bot"],
  run: unlessExample(async ({ bot, webhookAnswer: read }) => {
    try {
      return judgeAnswer(bot.callingWebhook, await read());
    } catch (error) {
      if (error instanceof PostFailure) return unreachable("The webhook", error.code);
      throw error;
    }
  }),
};
