import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEPLOYER } from "../../../local-cloud/well-known.js";
import { type GraphUnderTest, ORIGINS, startGraph } from "./graph-under-test.js";

let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

const APPLICATION = `/applications/${DEPLOYER.objectId}`;

describe("a path", () => {
  it.each([
    ["/me", "/me request is only valid with delegated authentication flow."],
    ["/me/memberOf", "/me request is only valid with delegated authentication flow."],
    ["/aplications", "Resource not found for the segment 'aplications'."],
    [`${APPLICATION}/secrets`, "Resource not found for the segment 'secrets'."],
    ["/directory/nonsense", "Resource not found for the segment 'nonsense'."],
    ["/v9/applications", "Invalid version: v9"],
  ])("%s is refused as Graph would", async (path, message) => {
    const url = path.startsWith("/v9") ? `${ORIGINS.graph}${path}` : path;
    const { status, body } = await graph.get(url);
    expect([status, body.error.code, body.error.message]).toEqual([400, "BadRequest", message]);
  });

  it.each([
    ["/users", "The local cloud does not have 'users' of Microsoft Graph."],
    ["/appCatalogs", "The local cloud does not have 'appCatalogs' of Microsoft Graph."],
    ["/communications/calls", "The local cloud does not have 'communications' of Microsoft Graph."],
    ["/subscriptions", "The local cloud does not have 'subscriptions' of Microsoft Graph."],
    [
      `${APPLICATION}/extensionProperties`,
      "The local cloud does not have 'applications/{id}/extensionProperties' of Microsoft Graph.",
    ],
    [
      `/servicePrincipals/${DEPLOYER.servicePrincipalId}/addPassword`,
      "The local cloud does not have 'servicePrincipals/{id}/addPassword' of Microsoft Graph.",
    ],
    [
      "/applications/delta",
      "The local cloud does not have 'applications/delta' of Microsoft Graph.",
    ],
    [
      "/directory/administrativeUnits",
      "The local cloud does not have 'directory/administrativeUnits' of Microsoft Graph.",
    ],
    ["/$metadata", "The local cloud does not have the $metadata document of Microsoft Graph."],
    ["/", "The local cloud does not have the service document of Microsoft Graph."],
    [
      "/beta/applications",
      "The local cloud does not have beta of Microsoft Graph, apart from two reads (applications).",
    ],
  ])("%s is named as missing", async (path, message) => {
    const { status, body } = await graph.get(path);
    expect([status, body.error.code, body.error.message]).toEqual([501, "notImplemented", message]);
  });

  it("is named as missing where only the method is", async () => {
    const { status, body } = await graph.get(`${APPLICATION}/owners/$ref`);
    expect([status, body.error.message]).toEqual([
      501,
      "The local cloud does not have GET /applications/{id}/owners/$ref of Microsoft Graph.",
    ]);
  });

  it("matches in any case", async () => {
    expect((await graph.get(`/APPLICATIONS/${DEPLOYER.objectId}`)).status).toBe(200);
  });

  it("refuses a method that it does not have", async () => {
    for (const method of ["PUT", "DELETE", "HEAD"]) {
      const { status } = await graph.call(method, "/applications");
      expect(status).toBe(405);
    }
  });
});
