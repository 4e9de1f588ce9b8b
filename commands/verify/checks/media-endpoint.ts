// Whether the media ports of a bot that carries media itself are open, with a certificate that Teams accepts.
import { findPermission } from "../../../rules/permissions.js";
import { CannotTell } from "../../checks/cannot-tell.js";
import { type Check, fail, type Outcome, skip } from "../../checks/check.js";
import type { Network } from "../../probe/network.js";
import { readTls, TlsFailure, type TlsReading } from "../../probe/tls-reading.js";
import { type MediaPlace, mediaPlaces } from "../media-address.js";
import type { VerifyContext } from "../verify-context.js";
import { judgeNoTls, judgeTls } from "./webhook-certificate.js";

const LIMIT_MS = 10_000;
const WHAT = "The media endpoint";

export const mediaEndpoint: Check<VerifyContext> = {
  id: "media-endpoint",
  title: "the media ports are open, with a certificate of a public authority for their name",
  explains: [
    "a call goes from Establishing to Terminated with code 3002, MediaControllerConversationAddParticipantFailed",
    "connected, but no audio: Could not verify connectivity of the InstancePublicPort",
  ],
  run: async ({ bot, media, network, now }) => {
    if (!bot.permissions.some(({ value }) => findPermission(value)?.touchesMedia)) {
      return skip("The bot asks for no access to media.");
    }
    const places = mediaPlaces(media, bot.host?.media);
    if (places.length === 0) {
      return skip(
        "Where the bot takes media is not among the outputs.",
        "Give --media <host:port>: the media FQDN and public port of an instance. A bot whose media the service hosts has none.",
      );
    }
    const asked = await Promise.all(places.map((place) => ask(network, place)));
    return judgeMedia(asked, { now, behindOwnRules: media === undefined });
  },
};

/** What one port said: a reading, or the code of why there is none. */
export type MediaAnswer = MediaPlace & { readonly said: TlsReading | string };

async function ask(network: Network, place: MediaPlace): Promise<MediaAnswer> {
  try {
    return { ...place, said: await readTls(network, place, LIMIT_MS) };
  } catch (error) {
    if (error instanceof TlsFailure) return { ...place, said: error.code };
    throw error;
  }
}

const WORST_FIRST = ["fail", "warn", "pass"];

/**
 * The worst of the ports that answer. Those that are silent beside them are named and judged by the reader: a stack's outputs tell
 * for how many machines there are ports, not how many machines there are.
 * @param behindOwnRules whether the stack's own network rules let in Azure's addresses alone
 * @throws CannotTell when nothing answers behind such rules
 */
export function judgeMedia(
  asked: readonly MediaAnswer[],
  { now, behindOwnRules }: { readonly now: Date; readonly behindOwnRules: boolean },
): Outcome {
  const judged = asked.flatMap(({ host, port, said }) =>
    typeof said === "string" ? [] : [{ port, outcome: judgeTls(host, said, now, WHAT) }],
  );
  const [worst] = WORST_FIRST.flatMap((status) =>
    judged.filter(({ outcome }) => outcome.status === status),
  );
  if (worst === undefined) return judgeSilence(asked, behindOwnRules);
  const ports = judged.map(({ port }) => port);
  const silent = asked.flatMap(({ port, said }) => (typeof said === "string" ? [port] : []));
  const { finding, advice, evidence, status } = worst.outcome;
  const closed = silent.length > 0 ? `; silent: ${silent.join(", ")}` : "";
  return {
    status,
    finding: `${finding.replace(/\.$/, "")} (port ${worst.port}; open: ${ports.join(", ")}${closed}).`,
    advice: advice === "" ? "" : `${advice} ${RESTART}`,
    evidence: { ...evidence, ports, silent },
  };
}

const RESTART =
  "The media platform reads its certificate only when the process starts: with an expired or untrusted one calls end with code 3002.";

function judgeSilence(asked: readonly MediaAnswer[], behindOwnRules: boolean): Outcome {
  const [first] = asked;
  const codes = asked.map(({ said }) => (typeof said === "string" ? said : ""));
  const code = codes.find((one) => !/TIMEOUT|ETIMEDOUT/.test(one)) ?? codes[0] ?? "";
  const place = `${first?.host}:${asked.map(({ port }) => port).join(", ")}`;
  if (behindOwnRules && /TIMEOUT|ETIMEDOUT/.test(code)) {
    throw new CannotTell(
      `No media port answers from here (${place}), and the stack's network rules let in only addresses of Azure.`,
      "Run this check on a machine in Azure, such as Cloud Shell. If it stays so there, calls connect without sound: look whether the machines are up and the bot's process runs.",
    );
  }
  if (/ENOTFOUND|ENODATA/.test(code)) {
    return fail(
      `The media name ${first?.host} has no address: calls connect without sound.`,
      "Make its DNS record, or correct the media host name of the stack or --media.",
      { code },
    );
  }
  if (!/TIMEOUT|ETIMEDOUT|ECONNREFUSED/.test(code)) return judgeNoTls(code, WHAT);
  return fail(
    `The media port ${place} is not open (${code}): calls connect without sound.`,
    "Each instance needs a public address of its own and a NAT rule from its public port to the port that the media platform listens on (8445 in Microsoft's samples), and its range of UDP ports open in the network security group.",
    { code },
  );
}
