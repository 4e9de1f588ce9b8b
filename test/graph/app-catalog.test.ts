// What Graph may answer besides what it should: the client turns each into one kind of refusal.

import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  addCatalogVersion,
  CatalogRefusal,
  createCatalogApp,
  findCatalogApp,
} from "../../graph/app-catalog.js";
import { graphClient } from "../../graph/graph-client.js";

interface Heard {
  readonly line: string;
  readonly authorization: string | undefined;
  readonly type: string | undefined;
  readonly body: Buffer;
}

const heard: Heard[] = [];
const answers: { status: number; body: unknown; headers?: Record<string, string> }[] = [];
const tls = process.env["TEST_TLS_FOLDER"] ?? "";
const server = createServer(
  { key: readFileSync(join(tls, "server.key")), cert: readFileSync(join(tls, "server.pem")) },
  (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method, url, headers } = request;
      heard.push({
        line: `${method} ${decodeURIComponent(url ?? "")}`,
        authorization: headers.authorization,
        type: headers["content-type"],
        body: Buffer.concat(chunks),
      });
      const { status, body, headers: more } = answers.shift() ?? { status: 500, body: {} };
      response.writeHead(status, { "content-type": "application/json", ...more });
      response.end(status === 204 ? undefined : JSON.stringify(body));
    });
  },
);
let graphOrigin: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  graphOrigin = `https://localhost:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const scopes: string[] = [];
const client = () =>
  graphClient({
    graphOrigin,
    credential: {
      getToken: async (asked) => {
        scopes.push(...asked);
        return { token: "a-token" };
      },
    },
  });
const zip = new Uint8Array([1, 2, 3, 4]).subarray(1);

it("asks for the app by its external id, with a token for this Graph", async () => {
  answers.push({
    status: 200,
    body: {
      value: [{ id: "c", externalId: "e", appDefinitions: [{ id: "d", version: "1.0.0" }] }],
    },
  });
  expect(await findCatalogApp(client(), "it's")).toEqual({
    id: "c",
    externalId: "e",
    appDefinitions: [{ id: "d", version: "1.0.0" }],
  });
  expect(heard.at(-1)).toMatchObject({
    line: "GET /v1.0/appCatalogs/teamsApps?$filter=externalId eq 'it''s' and distributionMethod eq 'organization'&$expand=appDefinitions",
    authorization: "Bearer a-token",
  });
  expect(scopes).toEqual([`${graphOrigin}/.default`]);
});

it("sends the zip as it is, and asks for a review only when told to", async () => {
  answers.push({ status: 201, body: { id: "c" } }, { status: 204, body: undefined });
  await createCatalogApp(client(), zip, true);
  expect(heard.at(-1)).toMatchObject({
    line: "POST /v1.0/appCatalogs/teamsApps?requiresReview=true",
    type: "application/zip",
    body: Buffer.from([2, 3, 4]),
  });
  await addCatalogVersion(client(), "c", zip, false);
  expect(heard.at(-1)?.line).toBe("POST /v1.0/appCatalogs/teamsApps/c/appDefinitions");
});

it("waits and repeats when it is throttled", async () => {
  answers.push(
    { status: 429, body: { error: { code: "TooManyRequests" } }, headers: { "retry-after": "1" } },
    { status: 201, body: { id: "c" } },
  );
  expect((await createCatalogApp(client(), zip, false)).id).toBe("c");
  expect(heard.at(-1)?.body).toEqual(Buffer.from([2, 3, 4]));
});

it.each([200, 400])("throws what is wrong with a manifest, also with status %i", async (status) => {
  const innerError = {
    code: "UnableToParseTeamsAppManifest",
    message: "name | Required properties are missing from object: [].",
    details: [
      { code: "SchemaError_Required", message: "Required properties are missing.", target: "name" },
    ],
  };
  answers.push({ status, body: { error: { code: "BadRequest", message: "no", innerError } } });
  const refusal = await createCatalogApp(client(), zip, false).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(CatalogRefusal);
  expect(refusal).toMatchObject({
    status,
    code: "BadRequest",
    innerCode: "UnableToParseTeamsAppManifest",
    message: "name | Required properties are missing from object: [].",
    details: ["name: Required properties are missing."],
  });
});

it("throws a conflict with its inner code", async () => {
  const body = {
    error: {
      code: "Conflict",
      message: "Conflict",
      innerError: { message: "", code: "AppDefinitionAlreadyExists" },
    },
  };
  answers.push({ status: 409, body });
  const refusal = await addCatalogVersion(client(), "c", zip, false).catch(
    (error: unknown) => error,
  );
  expect(refusal).toMatchObject({
    status: 409,
    code: "Conflict",
    innerCode: "AppDefinitionAlreadyExists",
    message: "Conflict",
  });
});
