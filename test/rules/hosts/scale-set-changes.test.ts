import { describe, expect, it } from "vitest";
import { ScaleIn, type ScaleSetWish } from "../../../rules/hosts/scale-set.js";
import {
  checkAddressZones,
  checkFewerMachines,
  checkScaleSetChanges,
} from "../../../rules/hosts/scale-set-changes.js";
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

describe("machines that an update would take away", () => {
  const refusals = (wish: ScaleSetWish) =>
    checkFewerMachines("host", { resourceGroup: "bots", name: "contoso-bot", count: 4 }, wish).map(
      formatIssue,
    );
  const why =
    "must not ask for less than the 4 machines that contoso-bot has, because an update takes them away with their calls (this package), got";
  const remove = (left: number) =>
    `or remove machines whose calls have ended until ${left} are left, az vmss delete-instances --resource-group bots --name contoso-bot --instance-ids <id>, and run again.`;

  it("are none where there are as many as may be, or where the bot protects those with calls", () => {
    expect(refusals({ instances: 4 })).toEqual([]);
    expect(refusals({ instances: 2, maxInstances: 4 })).toEqual([]);
    expect(refusals({ instances: 2, maxInstances: 3, scaleIn: ScaleIn.Protected })).toEqual([]);
  });

  it.each<[ScaleSetWish, string]>([
    [{ instances: 3 }, `host.instances ${why} 3. Set host.instances to 4; ${remove(3)}`],
    [{}, `host.instances ${why} 2. Set host.instances to 4; ${remove(2)}`],
    [
      { instances: 2, maxInstances: 3, concurrentCalls: 9 },
      `host.maxInstances ${why} 3. Set host.maxInstances to 4; ${remove(3)}`,
    ],
    [
      { concurrentCalls: 30 },
      `host.concurrentCalls ${why} 30, for which 3 are enough. Set host.instances to 4; ${remove(3)}`,
    ],
  ])("are refused with their number and what to do: %j", (wish, sentence) => {
    expect(refusals(wish)).toEqual([sentence]);
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
