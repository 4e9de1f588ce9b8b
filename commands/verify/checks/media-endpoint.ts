// Whether the media port of a bot that carries media itself is open, with a certificate that Teams accepts.
import { findPermission } from "../../../rules/permissions.js";
import { type Check, fail, skip } from "../../checks/check.js";
import { readTls, TlsFailure } from "../../probe/tls-reading.js";
import type { VerifyContext } from "../verify-context.js";
import { judgeNoTls, judgeTls } from "./webhook-certificate.js";

const LIMIT_MS = 10_000;
const WHAT = "The media endpoint";

export const mediaEndpoint: Check<VerifyContext> = {
  id: "media-endpoint",
  title: "the media port is open, with a certificate of a public authority for its name",
  explains: [
    "a call goes from Establishing to Terminated with code 3002, MediaControllerConversationAddParticipantFailed",
    "connected, but no audio: Could not verify connectivity of the InstancePublicPort",
  ],
  run: async ({ bot, media, network, now }) => {
    if (!bot.permissions.some(({ value }) => findPermission(value)?.touchesMedia)) {
      return skip("The bot asks for no access to media.");
    }
    if (media === undefined) {
      return skip(
        "Where the bot takes media is not among the outputs.",
        "Give --media <host:port>: the media FQDN and public port of an instance. A bot whose media the service hosts has none.",
      );
    }
    const { hostname, port } = new URL(`https://${media}`);
    const target = { host: hostname, port: Number(port) || 443 };
    try {
      const outcome = judgeTls(target.host, await readTls(network, target, LIMIT_MS), now, WHAT);
      return outcome.advice === ""
        ? outcome
        : { ...outcome, advice: `${outcome.advice} ${RESTART}` };
    } catch (error) {
      if (!(error instanceof TlsFailure)) throw error;
      return closed(media, error.code);
    }
  },
};

const RESTART =
  "The media platform reads its certificate only when the process starts: with an expired or untrusted one calls end with code 3002.";

function closed(media: string, code: string) {
  const outcome = judgeNoTls(code, WHAT);
  if (!/TIMEOUT|ETIMEDOUT|ECONNREFUSED/.test(code)) return outcome;
  return fail(
    `The media port ${media} is not open (${code}): calls connect without sound.`,
    "Each instance needs a public address of its own and a NAT rule from its public port to the port that the media platform listens on (8445 in Microsoft's samples), and its range of UDP ports open in the network security group.",
    { code },
  );
}
