// What it means that no answer came from the webhook at all.
import { fail, type Outcome } from "../checks/check.js";

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME/;

/** @param code of the system, or `TIMEOUT` when no answer came in time */
export function unreached(webhook: string, code: string): Outcome {
  const { host, hostname } = new URL(webhook);
  const evidence = { code };
  if (code === "ECONNREFUSED") {
    return fail(
      `Nothing listens at ${host}.`,
      "Start the bot, or give it time with --wait 30s. In a container it has to listen on all addresses and publish the port.",
      evidence,
    );
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return fail(
      `The name ${hostname} cannot be resolved.`,
      "Check how it is spelt. A bot on this machine is at localhost.",
      evidence,
    );
  }
  if (code === "TIMEOUT") {
    return fail(
      "The webhook takes the notification and does not answer it.",
      "Answer with 202 at once and do the rest afterwards: Teams waits 15 s for the call to be answered, 5 s for one that is to be recorded by policy.",
      evidence,
    );
  }
  if (CERTIFICATE.test(code)) {
    return fail(
      `The webhook's certificate is not trusted (${code}).`,
      "Teams trusts public authorities alone. For a rehearsal call the bot at localhost, by http or by https with any certificate.",
      evidence,
    );
  }
  if (/EPROTO|SSL|HPE_/.test(code)) {
    return fail(
      `The webhook does not speak what its address says (${code}).`,
      "Give http:// for a bot without TLS, and https:// for one with it.",
      evidence,
    );
  }
  return fail(
    `The webhook cannot be reached (${code}).`,
    "Look whether the bot runs and what it logs, and try again.",
    evidence,
  );
}
