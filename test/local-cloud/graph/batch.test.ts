import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GraphUnderTest, startGraph } from "./graph-under-test.js";

let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

describe("a batch", () => {
  it("answers each request as if it had come alone", async () => {
    const { status, body } = await graph.post("/$batch", {
      requests: [
        {
          id: "1",
          method: "POST",
          url: "/applications",
          headers: { "Content-Type": "application/json" },
          body: { displayName: "From a batch" },
        },
        { id: "2", method: "GET", url: "applications?$filter=displayName eq 'From a batch'" },
        { id: "3", method: "GET", url: "/users" },
        { id: "4", method: "GET", url: "/organization", dependsOn: ["3"] },
        { id: "5", method: "GET", url: "/organization" },
      ],
    });
    expect(status).toBe(200);
    const responses: { id: string; status: number; body: { value: unknown[] } }[] = body.responses;
    expect(responses.map(({ id, status: each }) => [id, each])).toEqual([
      ["1", 201],
      ["2", 200],
      ["3", 501],
      ["4", 424],
      ["5", 403],
    ]);
    expect(responses[1]?.body.value).toMatchObject([{ displayName: "From a batch" }]);
  });

  it.each([
    ["nothing", {}, "Invalid batch payload format."],
    [
      "21 requests",
      {
        requests: Array.from({ length: 21 }, (_, id) => ({ id: `${id}`, method: "GET", url: "/" })),
      },
      "Number of batch request steps exceeds the max value of 20.",
    ],
    [
      "a batch",
      { requests: [{ id: "1", method: "POST", url: "/$batch" }] },
      "A batch cannot hold a batch.",
    ],
    [
      "one id twice",
      {
        requests: [
          { id: "1", method: "GET", url: "/a" },
          { id: "1", method: "GET", url: "/b" },
        ],
      },
      "Duplicate request id '1' in the batch.",
    ],
    [
      "a method that there is not",
      { requests: [{ id: "1", method: "BREW", url: "/a" }] },
      "Request '1' of the batch cannot be read.",
    ],
    [
      "a header that cannot be",
      { requests: [{ id: "1", method: "GET", url: "/a", headers: { "a b": "c" } }] },
      "Request '1' of the batch cannot be read.",
    ],
  ])("of %s is refused", async (_what, body, message) => {
    const answer = await graph.post("/$batch", body);
    expect([answer.status, answer.body.error.message]).toEqual([400, message]);
  });
});
