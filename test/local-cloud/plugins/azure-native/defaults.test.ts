import fc from "fast-check";
import { expect, test } from "vitest";
import {
  CREATE_BEFORE_DELETE,
  type LocationSources,
  withDefaults,
} from "../../../../local-cloud/plugins/azure-native/defaults.js";
import { rowOf } from "../../../../local-cloud/plugins/azure-native/resource-table.js";
import { UNKNOWN } from "../../../../local-cloud/plugins/wire/property-values.js";
import type { CheckRequest } from "../../../../local-cloud/plugins/wire/resource-plugin.js";

const bot = rowOf("azure-native:botservice:Bot");
const channel = rowOf("azure-native:botservice:Channel");
const nowhere: LocationSources = { configured: undefined, ofResourceGroup: async () => undefined };

function request(over: Partial<CheckRequest> = {}) {
  return {
    olds: {},
    news: { resourceGroupName: "rg", resourceName: "b", location: "global" },
    name: "logical",
    randomSeed: new Uint8Array([1, 2, 3]),
    autonaming: undefined,
    ...over,
  };
}

const unnamed = { resourceGroupName: "rg", location: "global" };

test("invents a name from logical name and seed, the same for the same seed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), fc.string({ minLength: 1 }), async (randomSeed, name) => {
      const asked = request({ news: unnamed, randomSeed, name });
      const inputs = await withDefaults(bot, asked, nowhere);
      expect(inputs["resourceName"]).toMatch(/[0-9a-f]{8}$/);
      expect(String(inputs["resourceName"]).slice(0, -8)).toBe(name);
      expect(inputs[CREATE_BEFORE_DELETE]).toBe(true);
      expect(await withDefaults(bot, asked, nowhere)).toEqual(inputs);
    }),
  );
});

test("keeps the name of the last time, and whether it was invented", async () => {
  const olds = { resourceName: "logical01234567", [CREATE_BEFORE_DELETE]: true };
  expect(await withDefaults(bot, request({ news: unnamed, olds }), nowhere)).toMatchObject(olds);
  const given = await withDefaults(
    bot,
    request({ news: unnamed, olds: { resourceName: "b" } }),
    nowhere,
  );
  expect(given["resourceName"]).toBe("b");
  expect(given).not.toHaveProperty(CREATE_BEFORE_DELETE);
});

test("gives a nested resource the logical name itself", async () => {
  const inputs = await withDefaults(channel, request(), nowhere);
  expect(inputs["channelName"]).toBe("logical");
  expect(inputs).not.toHaveProperty(CREATE_BEFORE_DELETE);
});

test("follows the engine's autonaming option", async () => {
  const named = async (mode: "propose" | "enforce" | "disable") => {
    const autonaming = { mode, proposedName: "proposed" };
    const asked = request({ news: unnamed, autonaming });
    return (await withDefaults(bot, asked, nowhere))["resourceName"];
  };
  expect(await named("propose")).toBe("proposed");
  expect(await named("enforce")).toBe("proposed");
  expect(await named("disable")).toBeUndefined();
});

test("takes the location of the last time, of the configuration, of the group, in this order", async () => {
  const news = { resourceGroupName: "rg", resourceName: "b" };
  const everywhere = { configured: "configured", ofResourceGroup: async () => "group's" };
  const located = async (olds: CheckRequest["olds"], sources: LocationSources) =>
    (await withDefaults(bot, request({ news, olds }), sources))["location"];
  expect(await located({ location: "old" }, everywhere)).toBe("old");
  expect(await located({}, everywhere)).toBe("configured");
  expect(await located({}, { ...everywhere, configured: undefined })).toBe("group's");
  expect(await located({}, nowhere)).toBeUndefined();
});

test("does not know the location while the group's name is unknown", async () => {
  const news = { resourceGroupName: UNKNOWN, resourceName: "b" };
  const inputs = await withDefaults(bot, request({ news }), nowhere);
  expect(inputs["location"]).toBe(UNKNOWN);
});

test("notes the API version, unless the program gives one", async () => {
  const inputs = await withDefaults(bot, request(), nowhere);
  expect(inputs["azureApiVersion"]).toBe("2023-09-15-preview");
});
