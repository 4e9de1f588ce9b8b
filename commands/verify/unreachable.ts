// What it means that a connection to the bot could not be opened, or got no answer.
import { CannotTell } from "../checks/cannot-tell.js";
import { fail, type Outcome, skip } from "../checks/check.js";

/** @param what how the finding calls the place. @param code of the system; `TIMEOUT` when nothing came in time. @throws CannotTell when this machine is what stands in the way */
export function unreachable(what: string, code: string): Outcome {
  const evidence = { code };
  switch (code) {
    case "ENOTFOUND":
    case "ENODATA":
      return skip(
        `${what} was not asked, because its name has no address.`,
        "See webhook-dns.",
        evidence,
      );
    case "EAI_AGAIN":
      throw new CannotTell(
        `${what} was not asked, because its name could not be looked up (${code}).`,
        "See webhook-dns.",
      );
    case "ENETUNREACH":
    case "EADDRNOTAVAIL":
    case "EHOSTUNREACH":
      throw new CannotTell(
        `${what} was not asked, because this machine has no way to its address (${code}).`,
        "Run this on a machine that has one: with IPv6 where the name has no A record. If it is the same from everywhere, nothing is at that address, or a firewall turns everybody away.",
      );
    case "TIMEOUT":
    case "ETIMEDOUT":
      return fail(
        `${what} did not answer in time: the caller hears it ring and nobody picks up.`,
        "Look for a firewall or network security group that drops the connection, and for a process that accepts it and hangs. Teams cannot be allowed by address: it publishes no list for webhooks, so let everybody in and check the token.",
        evidence,
      );
    case "ECONNREFUSED":
      return fail(
        `${what} refuses connections.`,
        "Start the bot, and check that something listens on this port.",
        evidence,
      );
    default:
      if (/SSL|TLS|EPROTO/.test(code)) {
        return skip(
          `${what} was not asked, because there is no TLS to ask over.`,
          "See webhook-certificate.",
          evidence,
        );
      }
      if (/^HPE_/.test(code)) {
        return fail(
          `${what} answers with what is no HTTP, or with more than 16 KB of headers (${code}).`,
          "Check that the bot, and nothing else, listens at this port, and what stands in front of it.",
          evidence,
        );
      }
      return fail(
        `${what} closed the connection without an answer (${code}).`,
        "Look into the log of the bot, and of whatever stands in front of it.",
        evidence,
      );
  }
}
