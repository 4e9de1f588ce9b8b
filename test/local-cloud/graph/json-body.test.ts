import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GraphUnderTest, startGraph } from "./graph-under-test.js";

let graph: GraphUnderTest;
beforeAll(async () => {
  graph = await startGraph();
});
afterAll(() => graph.stop());

describe("a body", () => {
  const json = { "content-type": "application/json" };
  const refusals: [
    what: string,
    text: string,
    headers: Record<string, string>,
    code: string,
    message: string,
  ][] = [
    [
      "without a type",
      "{}",
      { "content-type": "" },
      "BadRequest",
      "Write requests (excluding DELETE) must contain the Content-Type header declaration.",
    ],
    [
      "that is no JSON by its type",
      "{}",
      { "content-type": "text/plain" },
      "BadRequest",
      "Entity only allows writes with a JSON Content-Type header.",
    ],
    [
      "that is not JSON",
      "{displayName:1}",
      json,
      "BadRequest",
      "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    ],
    [
      "that is a list",
      "[]",
      json,
      "BadRequest",
      "Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.",
    ],
    ["that is empty", " ", json, "Request_BadRequest", "Empty Payload. JSON content expected."],
    [
      "with a property that does not exist",
      '{"displayName":"x","colour":"red"}',
      json,
      "BadRequest",
      "The property 'colour' does not exist on type 'microsoft.graph.application'. Make sure to only use property names that are defined by the type.",
    ],
    [
      "with a property that an object inside does not have",
      '{"displayName":"x","web":{"colour":"red"}}',
      json,
      "BadRequest",
      "The property 'colour' does not exist on type 'microsoft.graph.webApplication'. Make sure to only use property names that are defined by the type.",
    ],
    [
      "with the name of something every object has",
      '{"displayName":"x","constructor":"red"}',
      json,
      "BadRequest",
      "The property 'constructor' does not exist on type 'microsoft.graph.application'. Make sure to only use property names that are defined by the type.",
    ],
    [
      "with a read-only property",
      '{"displayName":"x","appId":"y"}',
      json,
      "Request_BadRequest",
      "Property 'appId' is read-only and cannot be set.",
    ],
    [
      "with a number for a text",
      '{"displayName":5}',
      json,
      "BadRequest",
      "Cannot read the value of property 'displayName': a value of type 'Edm.String' was expected.",
    ],
    [
      "with a text for a list",
      '{"displayName":"x","tags":"one"}',
      json,
      "BadRequest",
      "Cannot read the value of property 'tags': a value of type 'StartArray' was expected.",
    ],
    [
      "with a list for an object",
      '{"displayName":"x","web":[]}',
      json,
      "BadRequest",
      "Cannot read the value of property 'web': a value of type 'StartObject' was expected.",
    ],
  ];

  it.each(refusals)("%s is refused", async (_what, text, headers, code, message) => {
    const { status, body } = await graph.call("POST", "/applications", { text, headers });
    expect([status, body.error.code, body.error.message]).toEqual([400, code, message]);
  });

  it("may carry annotations, which are not stored", async () => {
    const { status, body } = await graph.post("/applications", {
      "@odata.type": "#microsoft.graph.application",
      displayName: "x",
    });
    expect(status).toBe(201);
    expect(body).not.toHaveProperty("@odata.type");
  });

  it("with a prototype in it changes nothing but the answer", async () => {
    const text = '{"displayName":"x","__proto__":{"polluted":true}}';
    const { status } = await graph.call("POST", "/applications", { text });
    expect(status).toBe(400);
    expect({}).not.toHaveProperty("polluted");
  });
});
