import { describe, expect, it } from "vitest";
import { checkAddressZones, checkScaleSetChanges } from "../../../rules/hosts/scale-set-changes.js";
import { formatIssue } from "../../../rules/issue.js";

const NETWORK = "/subscriptions/s/resourceGroups/bots/providers/Microsoft.Network/virtualNetworks";
const NOW = { zones: ["1", "2"], subnetId: `${NETWORK}/bots/subnets/host`, trustedLaunch: true };
const WANTED = { ...NOW, size: "Standard_D4s_v5" };

function paths(wanted: Partial<typeof WANTED>, now: Partial<typeof NOW> = {}): string[] {
  const issues = checkScaleSetChanges("host", { ...NOW, ...now }, { ...WANTED, ...wanted });
  return issues.map(({ path }) => path);
}

describe("machines that run", () => {
  it("may get more zones, another subnet of their network, and Trusted Launch", () => {
    expect(paths({ zones: ["1", "2", "3"] })).toEqual([]);
    expect(paths({ subnetId: `${NETWORK}/BOTS/subnets/calls` })).toEqual([]);
    expect(paths({}, { trustedLaunch: false })).toEqual([]);
  });

  it("lose no zone, network or Trusted Launch, and all of it is said at once", () => {
    const wanted = {
      zones: ["1"],
      subnetId: `${NETWORK}/other/subnets/host`,
      trustedLaunch: false,
      size: "Standard_D4_v3",
    };
    expect(paths(wanted)).toEqual(["host.zones", "host.subnetId", "host.size"]);
  });
});

describe("a public address", () => {
  it("stays in its zones, in whatever order they are written", () => {
    expect(checkAddressZones("zones", ["1", "2", "3"], ["3", "2", "1"])).toEqual([]);
    const [issue] = checkAddressZones("zones", [], ["1"]);
    expect(issue && formatIssue(issue)).toBe(
      'zones must stay an empty list, because the bot\'s public address cannot leave its zones (Azure Network), got "1". Take the change back, or make other machines: a second stack, to which the calls go before this one is destroyed.',
    );
  });
});
