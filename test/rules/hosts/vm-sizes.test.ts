import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  hasAcceleratedNetworking,
  hasTrustedLaunch,
  isGeneration2,
  parseVmSize,
  physicalCores,
} from "../../../rules/hosts/vm-sizes.js";

function sizeOf(name: string) {
  const size = parseVmSize(name);
  if (size === undefined) throw new Error(`${name} is no size`);
  return size;
}

describe("the name of a VM size", () => {
  it.each([
    ["Standard_D4s_v5", "D", 4, "s", 5],
    ["Standard_DS3_v2", "D", 4, "", 2],
    ["Standard_D3_v2", "D", 4, "", 2],
    ["Standard_D12_v2_Promo", "D", 4, "", 2],
    ["Standard_DC4as_v5", "DC", 4, "as", 5],
    ["Standard_E32-16ads_v5", "E", 16, "ads", 5],
    ["Standard_F8s_v2", "F", 8, "s", 2],
    ["Standard_F4", "F", 4, "", 1],
    ["Standard_NC24ads_A100_v4", "NC", 24, "ads", 4],
    ["Standard_NG8ads_V620_v1", "NG", 8, "ads", 1],
    ["Standard_M176s_3_v3", "M", 176, "s", 3],
    ["Standard_L8s_v3", "L", 8, "s", 3],
    ["Standard_B4ms", "B", 4, "ms", 1],
    ["Standard_A8_v2", "A", 8, "", 2],
    ["Standard_A5", "A", 2, "", 1],
    ["Standard_G3", "G", 8, "", 1],
    ["standard_d4ps_V5", "D", 4, "ps", 5],
  ])("%s says what it is", (name, family, vcpus, features, version) => {
    expect(sizeOf(name)).toMatchObject({ name, family, vcpus, features, version });
  });

  it.each([
    "",
    "D4s_v5",
    "Standard_",
    "Standard_D",
    "Standard_4s_v5",
    "Standard_D4s_v",
    "Standard_D0s_v5",
    "Standard_D6_v2",
    "Standard_D4s v5",
    "Standard_D4s_v5; rm",
  ])("%j is none", (name) => {
    expect(parseVmSize(name)).toBeUndefined();
  });

  it("is read without an exception, whatever it is", () => {
    fc.assert(fc.property(fc.string(), (name) => void parseVmSize(`Standard_${name}`)));
  });
});

describe("what a VM size has", () => {
  it.each([
    ["Standard_D2_v2", 2],
    ["Standard_DS2_v2", 2],
    ["Standard_D2_v3", 1],
    ["Standard_D4_v3", 2],
    ["Standard_D4s_v5", 2],
    ["Standard_E16-8s_v5", 4],
  ])("%s has %i physical cores", (name, cores) => {
    expect(physicalCores(sizeOf(name))).toBe(cores);
  });

  it("is a generation 2 machine when it takes premium disks or is of version 4 or later", () => {
    const names = ["D4_v3", "D4s_v3", "DS3_v2", "D3_v2", "D4_v5", "A4_v2", "B4ms", "F4s_v2"];
    const second = names.filter((name) => isGeneration2(sizeOf(`Standard_${name}`)));
    expect(second).toEqual(["D4s_v3", "DS3_v2", "D4_v5", "B4ms", "F4s_v2"]);
  });

  it("is Trusted Launch only where the name is enough to tell", () => {
    expect(hasTrustedLaunch(sizeOf("Standard_D4s_v5"))).toBe(true);
    expect(hasTrustedLaunch(sizeOf("Standard_D3_v2"))).toBe(false);
    expect(hasTrustedLaunch(sizeOf("Standard_M8ms"))).toBe(false);
    expect(hasTrustedLaunch(sizeOf("Standard_NV12s_v3"))).toBe(false);
  });

  it("is accelerated networking, except in old and small burstable sizes", () => {
    const names = ["D4s_v5", "DS3_v2", "D3", "A4_v2", "B4ms", "B16ms", "B4as_v2", "F4s_v2"];
    const fast = names.filter((name) => hasAcceleratedNetworking(sizeOf(`Standard_${name}`)));
    expect(fast).toEqual(["D4s_v5", "DS3_v2", "B16ms", "B4as_v2", "F4s_v2"]);
  });
});
