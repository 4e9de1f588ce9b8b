// Whether Teams will accept the webhook's TLS: version, chain, name, dates.
import { type Check, fail, type Outcome, pass, warn } from "../../checks/check.js";
import { count } from "../../checks/count.js";
import { hostAndPort } from "../../probe/network.js";
import { readTls, TlsFailure, type TlsReading } from "../../probe/tls-reading.js";
import { unlessExample } from "../example-webhook.js";
import { unreachable } from "../unreachable.js";
import type { VerifyContext } from "../verify-context.js";

const DAY_MS = 24 * 60 * 60 * 1000;
const SOON_DAYS = 30;
const LIMIT_MS = 10_000;
const REFUSED = "Teams refuses the connection and no call arrives";

/** What ingress controllers serve while they have no certificate for a name. */
const STAND_INS = /Kubernetes Ingress Controller Fake Certificate|TRAEFIK DEFAULT CERT/i;

/** @param what how the finding calls the place: `The webhook`, `The media endpoint` */
export function judgeTls(host: string, tls: TlsReading, now: Date, what = "The webhook"): Outcome {
  const daysLeft = Math.floor((tls.validTo.getTime() - now.getTime()) / DAY_MS);
  const evidence = {
    protocol: tls.protocol,
    subject: tls.subject,
    issuer: tls.issuer,
    names: tls.names,
    validTo: tls.validTo.toISOString(),
    daysLeft,
  };
  const bad = (finding: string, advice: string) =>
    fail(`${what} ${finding}: ${REFUSED}.`, advice, evidence);
  if (!/^TLSv1\.[23]$/.test(tls.protocol)) {
    return bad(
      `offers no better than ${tls.protocol}`,
      "Enable TLS 1.2 and 1.3 on the server or whatever stands in front of it.",
    );
  }
  if (STAND_INS.test(tls.subject) || STAND_INS.test(tls.issuer)) {
    return bad(
      "serves the stand-in certificate of an ingress controller",
      "The certificate of the ingress was not issued: kubectl describe certificate and kubectl get challenges say why. Charts that pin an old cert-manager or ingress-nginx never get Ready; install current versions of both.",
    );
  }
  if (tls.selfSigned) {
    const ended = daysLeft < 0 ? `, which expired on ${evidence.validTo.slice(0, 10)}` : "";
    return bad(
      `has a self-signed certificate${ended}`,
      "Get one from a public authority, such as Let's Encrypt or an App Service managed certificate.",
    );
  }
  if (tls.outdatedIssuer !== undefined) {
    const { subject, validTo } = tls.outdatedIssuer;
    return bad(
      `has a certificate whose issuer's own certificate is out of date (${subject}, valid to ${validTo.toISOString().slice(0, 10)})`,
      "The certificate itself is good: serve the newer intermediate certificate of its authority with it, which the authority publishes, and restart the process.",
    );
  }
  if (tls.chainProblem !== undefined) {
    return bad(
      `has a certificate whose chain does not lead to a public authority (${tls.chainProblem}; issued by ${tls.issuer})`,
      "Serve the intermediate certificates with it (the full chain), and use a certificate of a public authority. Behind a proxy that opens TLS, run this from outside.",
    );
  }
  if (!tls.coversName) {
    return bad(
      `has a certificate for ${tls.names.join(", ") || tls.subject}, not for ${host}`,
      "Get one that has this name among its subject alternative names, or correct the name in the stack.",
    );
  }
  if (now < tls.validFrom) {
    return bad(
      `has a certificate that is valid from ${tls.validFrom.toISOString()}`,
      "Check the clocks of both machines, or wait.",
    );
  }
  if (daysLeft < 0) {
    return bad(
      `has a certificate that expired on ${evidence.validTo.slice(0, 10)}`,
      "Renew it, and restart the process: it may still hold the old one, and calls then go from Establishing to Terminated.",
    );
  }
  if (daysLeft < SOON_DAYS) {
    return warn(
      `${what} has a certificate that expires in ${count(daysLeft, "day")}.`,
      "Renew it, and restart the process afterwards, unless whatever renews it does so in the last days.",
      evidence,
    );
  }
  return pass(
    `${what} speaks ${tls.protocol} with a certificate of ${tls.issuer}, valid ${count(daysLeft, "more day")}.`,
    evidence,
  );
}

/** @param what as for {@link judgeTls} */
export function judgeNoTls(code: string, what = "The webhook"): Outcome {
  if (/SSL|TLS|EPROTO/.test(code)) {
    return fail(
      `${what} speaks no TLS that this machine understands (${code}).`,
      "Check that https is served on this port, with TLS 1.2 or 1.3.",
      { code },
    );
  }
  return unreachable(what, code);
}

export const webhookCertificate: Check<VerifyContext> = {
  id: "webhook-certificate",
  title:
    "the webhook speaks TLS 1.2 or newer, with a certificate of a public authority for its name that lasts another 30 days",
  explains: ["ingress-tls never gets Ready, and pods are stuck"],
  run: unlessExample(async ({ bot, network, now }) => {
    const target = hostAndPort(bot.callingWebhook);
    try {
      return judgeTls(target.host, await readTls(network, target, LIMIT_MS), now);
    } catch (error) {
      if (error instanceof TlsFailure) return judgeNoTls(error.code);
      throw error;
    }
  }),
};
