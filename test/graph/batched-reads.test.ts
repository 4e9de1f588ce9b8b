// Reads that share requests, against the local cloud: nobody who reads can tell the difference.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { getOrNothing, readWithin } from "../../graph/bounded-reading.js";
import { graphClient } from "../../graph/graph-client.js";
import { heldToken } from "../../graph/held-token.js";
import { readAll } from "../../graph/read-all.js";
import { GRAPH_APP_ID } from "../../local-cloud/well-known.js";
import { startVerify, type VerifyUnderTest } from "../commands/verify-under-test.js";

let test: VerifyUnderTest;
let reader: ReturnType<typeof graphClient>;

beforeAll(async () => {
  test = await startVerify();
  const token = await test.tokenFor(test.graph);
  reader = graphClient({ credential: heldToken(token), graphOrigin: test.graph, batched: true });
});
afterEach(() => test.cloud.faults.clear());
afterAll(() => test.cloud.remove());

const read = (path: string, milliseconds = 20_000) =>
  readWithin(milliseconds, (signal) => getOrNothing(reader, path, signal));

const GRAPH = `/servicePrincipals(appId='${GRAPH_APP_ID}')?$select=appId`;
const NOBODY = "/applications(appId='aaaaaaaa-0000-4000-8000-000000000009')";

/** What went to Graph while `work` ran. */
async function sentDuring(work: () => Promise<unknown>): Promise<string[]> {
  const from = test.cloud.requests.all().length;
  await work();
  const requests = test.cloud.requests.all().slice(from);
  return requests.map(({ method, path }) => `${method} ${path.split("?")[0]}`);
}

describe("reads at about the same time", () => {
  it("share requests, at most 20 one, and each gets its own answer", async () => {
    const answers: unknown[] = [];
    const sent = await sentDuring(async () => {
      const paths = Array.from({ length: 45 }, (_, i) => (i % 3 === 0 ? NOBODY : GRAPH));
      answers.push(...(await Promise.all(paths.map((path) => read(path)))));
    });
    expect(sent).toEqual(["POST /v1.0/$batch", "POST /v1.0/$batch", "POST /v1.0/$batch"]);
    expect(answers.map((answer) => answer === undefined)).toEqual(
      answers.map((_, i) => i % 3 === 0),
    );
    expect(answers[1]).toMatchObject({ appId: GRAPH_APP_ID });
  });

  it("go out as they are where there is one alone, and where it writes", async () => {
    expect(await sentDuring(() => read(GRAPH))).toEqual([
      `GET ${new URL(GRAPH, "https://x/").pathname.replace("/", "/v1.0/")}`,
    ]);
    const wrong = () =>
      reader
        .api("/applications")
        .post({})
        .catch(() => {});
    expect(await sentDuring(() => Promise.all([wrong(), wrong()]))).toEqual([
      "POST /v1.0/applications",
      "POST /v1.0/applications",
    ]);
  });

  it("follow every page of a list", async () => {
    const list = (path: string) =>
      readWithin(20_000, (signal) => readAll(reader, path, z.object({ id: z.string() }), signal));
    const [paged, whole] = await Promise.all([
      list("/servicePrincipals?$top=2&$select=id"),
      list("/servicePrincipals?$select=id"),
    ]);
    expect(paged?.length).toBeGreaterThan(2);
    expect(paged).toEqual(whole);
  });

  it("are tried again together when the service was busy for a moment", async () => {
    test.cloud.faults.add({
      kind: "throttle",
      retryAfterSeconds: 1,
      service: "graph",
      times: 1,
      skip: 0,
    });
    const found = await Promise.all([read(GRAPH), read(GRAPH)]);
    expect(found).toMatchObject([{ appId: GRAPH_APP_ID }, { appId: GRAPH_APP_ID }]);
  });

  it.each([
    ["forbidden", { kind: "fail", status: 403 }],
    ["throttled", { kind: "throttle", retryAfterSeconds: 3600 }],
    ["offline", { kind: "drop", when: "before" }],
    ["unavailable", { kind: "fail", status: 503 }],
  ] as const)("fail as they would alone: %s", async (problem, fault) => {
    test.cloud.faults.add({ service: "graph", skip: 0, ...fault });
    const failed = await Promise.allSettled([read(GRAPH), read(NOBODY)]);
    expect(failed).toMatchObject([{ reason: { problem } }, { reason: { problem } }]);
  });

  it("end each in its own time, while the others go on", async () => {
    test.cloud.faults.add({ kind: "delay", milliseconds: 600, service: "graph", skip: 0 });
    const [hasty, patient] = await Promise.allSettled([read(GRAPH, 150), read(GRAPH)]);
    expect(hasty).toMatchObject({ reason: { problem: "timedOut" } });
    expect(patient).toMatchObject({ value: { appId: GRAPH_APP_ID } });
  });
});
