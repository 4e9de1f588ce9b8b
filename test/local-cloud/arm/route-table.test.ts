import { describe, expect, it } from "vitest";
import type { ArmRoute } from "../../../local-cloud/arm/mechanics/arm-call.js";
import { RouteTable, segmentsOf } from "../../../local-cloud/arm/mechanics/route-table.js";

const route = (method: ArmRoute["method"], pattern: string): ArmRoute => ({
  method,
  pattern,
  apiVersions: [],
  handle: () => ({ status: 200 }),
});
const table = new RouteTable([
  route("GET", "/things/{name}"),
  route("GET", "/things/special"),
  route("PUT", "/things/{name}"),
]);

describe("route table", () => {
  it("matches fixed parts in any case and keeps the case of names", () => {
    expect(table.match("PUT", segmentsOf("/THINGS/MyName"))).toMatchObject({
      route: { method: "PUT", pattern: "/things/{name}" },
      params: { name: "MyName" },
    });
  });

  it("prefers the pattern with more fixed parts", () => {
    expect(table.match("GET", segmentsOf("/things/Special"))).toMatchObject({
      route: { pattern: "/things/special" },
      params: {},
    });
  });

  it("falls back to the more general pattern when the special one lacks the method", () => {
    expect(table.match("PUT", segmentsOf("/things/special"))).toMatchObject({
      route: { pattern: "/things/{name}" },
      params: { name: "special" },
    });
  });

  it("says which methods a path has when this one is not among them", () => {
    expect(table.match("DELETE", segmentsOf("/things/x"))).toEqual({ allowed: ["GET", "PUT"] });
  });

  it("knows nothing of other paths", () => {
    expect(table.match("GET", segmentsOf("/things/x/y"))).toBeUndefined();
  });
});
