// How many machines of which size a number of concurrent calls needs. Computed instead of guessed, and no better than its
// sources: the numbers below are what is known, and `sizingReport` says which of them is an assumption.
import type { Issue } from "../issue.js";
import { parseVmSize, physicalCores } from "./vm-sizes.js";

/** What the bot does with the media of a call. @default HostMedia.Audio */
export enum HostMedia {
  Audio = "audio",
  /** Raw video, received or sent; screen sharing counts as video. */
  Video = "video",
}

/** Machines of one set at most: what one placement group and the subnet made for a host hold. */
export const MOST_INSTANCES = 100;
/** A second machine takes the calls while one is updated or gone. */
export const FEWEST_INSTANCES = 2;
export const DEFAULT_HEADROOM = 0.25;

/**
 * Calls that a physical core carries with the processor below 70 %, the community's limit (microsoft-graph-comms-samples#284).
 * Video: the lower end of the 1 to 2 sessions of raw video a core that Microsoft states ("Requirements and considerations for
 * application-hosted media bots"). Audio: Microsoft states nothing; users speak of up to 50 a core and of trouble long before
 * that in one large meeting (microsoft-graph-comms-samples#653), so 10 at full load are assumed, which makes 7 here.
 */
const CALLS_PER_CORE: Readonly<Record<HostMedia, number>> = {
  [HostMedia.Audio]: 7,
  [HostMedia.Video]: 1,
};

/** The sizes to choose from when a stack names none: of one series, each twice the one before. */
const LADDER = ["Standard_D4s_v5", "Standard_D8s_v5", "Standard_D16s_v5", "Standard_D32s_v5"];
/** Rather a larger size than more machines than this; a machine that fails then takes no more calls with it than it must. */
const MANY_INSTANCES = 20;

/** What a stack may say of it. */
export interface SizingFacts {
  /** @default the calls that two machines carry */
  readonly concurrentCalls?: number | undefined;
  readonly media?: HostMedia | undefined;
  /** Part of the calls that comes on top, 0 to 10. @default 0.25 */
  readonly headroom?: number | undefined;
  /** @default the smallest of the ladder of which 20 machines are enough */
  readonly size?: string | undefined;
  /** @default what the calls need, and at least 2 */
  readonly instances?: number | undefined;
  /** Calls a machine as measured by the stack's owner. @default computed from the size */
  readonly callsPerInstance?: number | undefined;
}

export interface Sizing {
  readonly size: string;
  readonly instances: number;
  /** Calls that one machine is taken to carry. */
  readonly callsPerInstance: number;
  /** The machines that the calls need by this computation, however many were asked for. */
  readonly needed: number;
}

/** Size and count. The size, where one is given, has been checked. */
export function sizeFor(facts: SizingFacts): Sizing {
  const size =
    facts.size ?? LADDER.find((rung) => needs(rung, facts) <= MANY_INSTANCES) ?? largest();
  const needed = needs(size, facts);
  return {
    size,
    instances: facts.instances ?? Math.max(FEWEST_INSTANCES, needed),
    callsPerInstance: callsPerInstance(size, facts),
    needed,
  };
}

function largest(): string {
  return LADDER.at(-1) ?? "";
}

function needs(size: string, facts: SizingFacts): number {
  const { concurrentCalls = 0, headroom = DEFAULT_HEADROOM } = facts;
  return Math.ceil((concurrentCalls * (1 + headroom)) / callsPerInstance(size, facts));
}

function callsPerInstance(size: string, facts: SizingFacts): number {
  const parsed = parseVmSize(size);
  const cores = parsed === undefined ? 0 : physicalCores(parsed);
  const computed = Math.floor(cores * CALLS_PER_CORE[facts.media ?? HostMedia.Audio]);
  return Math.max(1, facts.callsPerInstance ?? computed);
}

/** An issue when the calls need more machines than one set may have. */
export function checkSizing(path: string, facts: SizingFacts): Issue[] {
  const { size, needed } = sizeFor(facts);
  if (facts.instances !== undefined || needed <= MOST_INSTANCES) return [];
  return [
    {
      path,
      rule: `must fit ${MOST_INSTANCES} machines, and these calls need ${needed} of size ${size}`,
      whose: "this package",
      got: String(facts.concurrentCalls),
      fix: "Choose a larger size, or share the calls out between several bots.",
    },
  ];
}

/** What the preview says: the result, where its numbers come from, and what is not known. */
export function sizingReport(facts: SizingFacts): string[] {
  const { size, instances, callsPerInstance: each, needed } = sizeFor(facts);
  const { concurrentCalls, media = HostMedia.Audio, headroom = DEFAULT_HEADROOM } = facts;
  const carried = `${instances} machines of size ${size} carry about ${instances * each} concurrent ${media} calls, ${each} each.`;
  const lines = [carried, sourceOf(facts)];
  if (concurrentCalls !== undefined && instances < needed) {
    lines.push(
      `That is less than the ${concurrentCalls} concurrent calls and ${Math.round(headroom * 100)} % headroom that were asked for, which need ${needed}: set instances to ${needed}, or leave it out.`,
    );
  }
  return lines;
}

function sourceOf({ media = HostMedia.Audio, callsPerInstance: measured }: SizingFacts): string {
  if (measured !== undefined) return "The calls a machine are this stack's own number.";
  const measure =
    "Measure with your own bot, keep the processor below 70 %, and set callsPerInstance.";
  return media === HostMedia.Video
    ? `Microsoft states 1 to 2 sessions of raw video a core; 1 is counted, and two vCPUs as one core except in the Dv2 series. ${measure}`
    : `Microsoft states no capacity for audio: ${CALLS_PER_CORE.audio} calls a core are an assumption, with two vCPUs counted as one core except in the Dv2 series. ${measure}`;
}
