import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkSizing,
  DEFAULT_HEADROOM,
  HostMedia,
  type SizingFacts,
  sizeFor,
  sizingReport,
} from "../../../rules/hosts/sizing.js";
import { formatIssue } from "../../../rules/issue.js";

const SIZES = ["Standard_D2_v2", "Standard_D4s_v5", "Standard_F16s_v2", "Standard_E8-4s_v5"];
const anyMedia = fc.constantFrom(HostMedia.Audio, HostMedia.Video);
const anyHeadroom = fc.double({ min: 0, max: 10, noNaN: true });
const anyCalls = fc.integer({ min: 1, max: 5000 });
const maybeSize = fc.option(fc.constantFrom(...SIZES), { nil: undefined });

function capacity(facts: SizingFacts): number {
  const { instances, callsPerInstance } = sizeFor(facts);
  return instances * callsPerInstance;
}

describe("the number of machines", () => {
  it("carries the calls with their headroom, always", () => {
    fc.assert(
      fc.property(anyCalls, anyMedia, anyHeadroom, maybeSize, (calls, media, headroom, size) => {
        const facts = { concurrentCalls: calls, media, headroom, size };
        expect(capacity(facts)).toBeGreaterThanOrEqual(calls * (1 + headroom));
        expect(sizeFor(facts).instances).toBeGreaterThanOrEqual(2);
      }),
    );
  });

  it("never shrinks with more calls or more headroom, and video never needs less than audio", () => {
    fc.assert(
      fc.property(
        anyCalls,
        anyCalls,
        anyMedia,
        anyHeadroom,
        maybeSize,
        (a, b, media, room, size) => {
          const facts = { concurrentCalls: Math.min(a, b), media, headroom: room, size };
          const more = { ...facts, concurrentCalls: Math.max(a, b) };
          expect(capacity(more)).toBeGreaterThanOrEqual(capacity(facts));
          expect(capacity({ ...facts, headroom: room + 1 })).toBeGreaterThanOrEqual(
            capacity(facts),
          );
          const fixed = { ...facts, size: size ?? "Standard_D4s_v5" };
          const video = sizeFor({ ...fixed, media: HostMedia.Video });
          expect(video.instances).toBeGreaterThanOrEqual(
            sizeFor({ ...fixed, media: HostMedia.Audio }).instances,
          );
        },
      ),
    );
  });

  it.each([
    [{}, "Standard_D4s_v5", 2, 14],
    [{ concurrentCalls: 100 }, "Standard_D4s_v5", 9, 14],
    [{ concurrentCalls: 500 }, "Standard_D16s_v5", 12, 56],
    [{ concurrentCalls: 10, media: HostMedia.Video }, "Standard_D4s_v5", 7, 2],
    [{ concurrentCalls: 10, media: HostMedia.Video, headroom: 0 }, "Standard_D4s_v5", 5, 2],
    [
      { concurrentCalls: 10, media: HostMedia.Video, size: "Standard_D3_v2" },
      "Standard_D3_v2",
      4,
      4,
    ],
    [{ concurrentCalls: 100, callsPerInstance: 60 }, "Standard_D4s_v5", 3, 60],
    [{ concurrentCalls: 100, instances: 1 }, "Standard_D4s_v5", 1, 14],
  ])("for %j is known", (facts, size, instances, callsPerInstance) => {
    expect(sizeFor(facts)).toMatchObject({ size, instances, callsPerInstance });
  });

  it("is refused when it is more than one set may have", () => {
    const facts = { concurrentCalls: 2000, media: HostMedia.Video };
    expect(checkSizing("host.concurrentCalls", facts).map(formatIssue)).toEqual([
      "host.concurrentCalls must fit 100 machines, and these calls need 157 of size Standard_D32s_v5 (this package), got 2000. Choose a larger size, or share the calls out between several bots.",
    ]);
    expect(checkSizing("host.concurrentCalls", { ...facts, concurrentCalls: 1000 })).toEqual([]);
  });
});

describe("what is said of it", () => {
  it("names the assumption for audio", () => {
    expect(sizingReport({ concurrentCalls: 100 })).toEqual([
      "9 machines of size Standard_D4s_v5 carry about 126 concurrent audio calls, 14 each.",
      "Microsoft states no capacity for audio: 7 calls a core are an assumption, with two vCPUs counted as one core except in the Dv2 series. Measure with your own bot, keep the processor below 70 %, and set callsPerInstance.",
    ]);
  });

  it("names the source for video", () => {
    expect(sizingReport({ concurrentCalls: 3, media: HostMedia.Video })).toEqual([
      "2 machines of size Standard_D4s_v5 carry about 4 concurrent video calls, 2 each.",
      "Microsoft states 1 to 2 sessions of raw video a core; 1 is counted, and two vCPUs as one core except in the Dv2 series. Measure with your own bot, keep the processor below 70 %, and set callsPerInstance.",
    ]);
  });

  it("says when fewer machines were asked for than the calls need", () => {
    expect(sizingReport({ concurrentCalls: 100, instances: 2 }).at(-1)).toBe(
      `That is less than the 100 concurrent calls and ${DEFAULT_HEADROOM * 100} % headroom that were asked for, which need 9: set instances to 9, or leave it out.`,
    );
    expect(sizingReport({ concurrentCalls: 100, callsPerInstance: 50 })).toEqual([
      "3 machines of size Standard_D4s_v5 carry about 150 concurrent audio calls, 50 each.",
      "The calls a machine are this stack's own number.",
    ]);
  });
});
