// Whether the media ports of a bot that carries media itself are open, with a certificate that Teams accepts.
import { findPermission } from "../../../rules/permissions.js";
import { CannotTell } from "../../checks/cannot-tell.js";
import { type Check, fail, type Outcome, Status, skip, warn } from "../../checks/check.js";
import { count } from "../../checks/count.js";
import type { Network } from "../../probe/network.js";
import { readTls, TlsFailure, type TlsReading } from "../../probe/tls-reading.js";
import { type MediaPlace, mediaPlaces } from "../media-address.js";
import type { VerifyContext } from "../verify-context.js";
import { judgeNoTls, judgeTls } from "./webhook-certificate.js";

const LIMIT_MS = 10_000;
const WHAT = "The media endpoint";

export const mediaEndpoint: Check<VerifyContext> = {
  id: "media-endpoint",
  title:
    "the media ports of as many machines as the stack has are open, with a certificate of a public authority for their name",
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
    const instances = media === undefined ? bot.host?.media?.instances : undefined;
    return judgeMedia(asked, { now, behindOwnRules: media === undefined, instances });
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

const WORST_FIRST = [Status.Fail, Status.Warn, Status.Pass];

export interface MediaQuestion {
  readonly now: Date;
  /** Whether the stack's own network rules let in Azure's addresses alone. */
  readonly behindOwnRules: boolean;
  /** Machines that the stack asked for, each of which has one of the ports; undefined where that is not known. */
  readonly instances: number | undefined;
}

/**
 * The worst of the ports that answer, and whether there are as many as machines. A set may have more machines by now, and which
 * port is whose is not known, so silent ports beyond those are only named.
 * @throws CannotTell when nothing answers behind rules of the stack
 */
export function judgeMedia(
  asked: readonly MediaAnswer[],
  { now, behindOwnRules, instances }: MediaQuestion,
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
  const said = `${finding.replace(/\.$/, "")} (port ${worst.port}; open: ${ports.join(", ")}${closed}).`;
  const all = { ...evidence, ports, silent, instances };
  if (status === Status.Pass && instances !== undefined && ports.length < instances) {
    return warn(
      `Media ports of ${ports.length} of ${count(instances, "machine")} answer. ${said}`,
      "Machines that do not answer carry no media: calls that are on them have no sound, and new ones find fewer places. Look in the Azure portal under Instances of the scale set whether each is healthy, and on those that are not whether the bot's process runs.",
      all,
    );
  }
  return {
    status,
    finding: said,
    advice: advice === "" ? "" : `${advice} ${RESTART}`,
    evidence: all,
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
