import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timeAfter } from "../../rules/iso-duration.js";

const START = new Date("2026-01-31T00:00:00Z");

describe("a duration", () => {
  it.each([
    ["P180D", "2026-07-30T00:00:00.000Z"],
    ["P4DT12H30M5S", "2026-02-04T12:30:05.000Z"],
    ["P1Y", "2027-01-31T00:00:00.000Z"],
    ["P2W", "2026-02-14T00:00:00.000Z"],
    ["PT1H", "2026-01-31T01:00:00.000Z"],
  ])("%s leads to %s", (duration, end) => {
    expect(timeAfter(START, duration)?.toISOString()).toBe(end);
  });

  it.each(["", "P", "PT", "180 days", "P1H", "-P1D", "P99999999Y"])("%j leads nowhere", (text) => {
    expect(timeAfter(START, text)).toBeUndefined();
  });

  it("leads no further back than its start, and ends in the calendar", () => {
    const count = fc.nat(400);
    fc.assert(
      fc.property(count, count, count, (years, days, hours) => {
        const end = timeAfter(START, `P${years}Y${days}DT${hours}H`);
        return end !== undefined && end >= START;
      }),
    );
  });
});
