// The envelope and headers of every answer.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEPLOYER } from "../../../local-cloud/well-known.js";
import { type GraphUnderTest, startGraph } from "./graph-under-test.js";

let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const APPLICATION = `/applications/${DEPLOYER.objectId}`;

describe("an error", () => {
  it("carries code, message, date and both request ids, which stand in the headers as well", async () => {
    const { status, body, headers } = await graph.get("/nonsense", {
      headers: { "client-request-id": "my-own-id" },
    });
    expect(status).toBe(400);
    expect(body).toEqual({
      error: {
        code: "BadRequest",
        message: "Resource not found for the segment 'nonsense'.",
        innerError: {
          date: "2026-11-23T10:00:00",
          "request-id": expect.stringMatching(UUID),
          "client-request-id": "my-own-id",
        },
      },
    });
    expect(headers.get("request-id")).toBe(body.error.innerError["request-id"]);
    expect(headers.get("client-request-id")).toBe("my-own-id");
  });

  it("takes the request id for the client's when there is none", async () => {
    const { headers } = await graph.get("/nonsense");
    expect(headers.get("client-request-id")).toBe(headers.get("request-id"));
  });

  it("from before a route has the same form", async () => {
    const refused = graph.service.refusal(429, "TooManyRequests", "Slow down.");
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({
      error: {
        code: "TooManyRequests",
        message: "Slow down.",
        innerError: { "request-id": expect.stringMatching(UUID) },
      },
    });
  });
});

describe("a success", () => {
  it("carries both request ids and the OData headers", async () => {
    const { headers } = await graph.get(APPLICATION, { headers: { "client-request-id": "mine" } });
    expect(headers.get("request-id")).toMatch(UUID);
    expect(headers.get("client-request-id")).toBe("mine");
    expect(headers.get("odata-version")).toBe("4.0");
    expect(headers.get("content-type")).toBe(
      "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8",
    );
  });
});
