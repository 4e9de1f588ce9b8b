// The webhook as `verify` finds it: real TLS servers that are wrong in one way each, and names that lead nowhere.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CannotTell } from "../../commands/checks/cannot-tell.js";
import type { CheckResult } from "../../commands/checks/run-checks.js";
import { NETWORK, type Network } from "../../commands/probe/network.js";
import { judgeMedia } from "../../commands/verify/checks/media-endpoint.js";
import { verify } from "../../commands/verify/verify.js";
import { VERIFY_CHECKS } from "../../commands/verify/verify-checks.js";
import { HostKind } from "../../rules/bot-choices.js";
import type { StackOutputs } from "../../rules/outputs.js";
import { outputsOf } from "./bot-outputs.js";
import {
  type BotServer,
  certificate,
  certificateAuthority,
  serveBot,
  surroundingsOf,
} from "./verify-under-test.js";

const OTHERS = VERIFY_CHECKS.map(({ id }) => id).filter((id) => !id.startsWith("webhook"));
const opened: { close(): void }[] = [];
let folder: string;
let good: Awaited<ReturnType<typeof certificate>>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "webhook-"));
  good = await certificate();
});
afterAll(() => {
  for (const one of opened) one.close();
  rmSync(folder, { recursive: true, force: true });
});

async function served(
  options: Parameters<typeof serveBot>[0],
  handler: Parameters<typeof serveBot>[1] = (_, answer) => answer.writeHead(401).end(),
): Promise<BotServer> {
  const server = await serveBot(options, handler);
  opened.push(server);
  return server;
}

async function looked(network: Network, callingWebhook = "https://bot.contoso.com/api/calling") {
  writeFileSync(join(folder, "outputs.json"), JSON.stringify(outputsOf({ callingWebhook })));
  const { surroundings } = surroundingsOf({}, folder);
  const { data } = await verify(surroundings, { outputs: "outputs.json", skip: OTHERS }, network);
  const results = (data?.["results"] ?? []) as CheckResult[];
  const textOf = (id: string) => {
    const found = results.find((result) => result.id === id);
    return `${found?.finding} ${found?.advice}`;
  };
  const of = (id: string) => results.find((result) => result.id === id)?.status;
  return { of, textOf };
}

/** Answers of a bot, each with the status of webhook-answer and words of what is said about it. */
const ANSWERS: readonly [string, number, Record<string, string>, string, RegExp][] = [
  ["401", 401, {}, "pass", /without a token/],
  ["403", 403, {}, "pass", /without a token/],
  ["404", 404, {}, "fail", /nothing is served at \/api\/calling.*\/callback and \/api\/callback/],
  ["405", 405, {}, "fail", /takes no POST/],
  ["500", 500, {}, "fail", /failed at a request that it should refuse/],
  ["502", 502, {}, "fail", /behind the gateway does not answer/],
  ["200", 200, {}, "fail", /whoever knows the address can send it calls/],
  ["204", 204, {}, "fail", /whoever knows the address can send it calls/],
  ["400", 400, {}, "warn", /reads the body before it checks the token/],
  ["429", 429, {}, "warn", /limits requests/],
  [
    "302 to Microsoft's sign-in page",
    302,
    { Location: "https://login.microsoftonline.com/x/oauth2/v2.0/authorize?state=secret" },
    "fail",
    /sign-in page \(https:\/\/login\.microsoftonline\.com\/x\/oauth2\/v2\.0\/authorize\): Teams does not sign in/,
  ],
  [
    "302 to App Service authentication",
    302,
    { Location: "/.auth/login/aad" },
    "fail",
    /Exclude this path/,
  ],
  ["307 elsewhere", 307, { Location: "https://other.contoso.com/" }, "fail", /Register the final/],
];

describe("the answer of a webhook to a request without a token", () => {
  it.each(ANSWERS)("%s", async (_, status, headers, expected, text) => {
    const server = await served(good, (_request, answer) =>
      answer.writeHead(status, headers).end(),
    );
    const { of, textOf } = await looked(server.network);
    expect(of("webhook-answer")).toBe(expected);
    expect(textOf("webhook-answer")).toMatch(text);
    expect(textOf("webhook-answer")).not.toContain("state=secret");
    expect([of("webhook-dns"), of("webhook-certificate"), of("webhook-time")]).toEqual([
      "pass",
      "pass",
      "pass",
    ]);
  });

  it("is judged by its head, however long the body is", async () => {
    const server = await served(good, (_, answer) => {
      answer.writeHead(401);
      answer.write(Buffer.alloc(10 * 1024 * 1024));
    });
    expect((await looked(server.network)).of("webhook-answer")).toBe("pass");
  });

  it("holds no call and no token", async () => {
    let body = "";
    let authorization: string | undefined = "not asked";
    const server = await served(good, (request, answer) => {
      authorization = request.headers.authorization;
      request.on("data", (data) => {
        body += data;
      });
      request.on("end", () => answer.writeHead(401).end());
    });
    await looked(server.network);
    expect(authorization).toBeUndefined();
    expect(JSON.parse(body)).toMatchObject({ value: [] });
  });

  it("that takes longer than recording waits is a warning", async () => {
    const server = await served(good, (_, answer) => {
      setTimeout(() => answer.writeHead(401).end(), 5_200);
    });
    const { of, textOf } = await looked(server.network);
    expect([of("webhook-answer"), of("webhook-time")]).toEqual(["pass", "warn"]);
    expect(textOf("webhook-time")).toContain("policy-based recording, which waits 5 s");
  });

  it("that never comes ends with the deadline of a call", async () => {
    const server = await served(good, () => {});
    const began = Date.now();
    const { of, textOf } = await looked(server.network);
    expect([of("webhook-answer"), of("webhook-time")]).toEqual(["fail", "skip"]);
    expect(textOf("webhook-answer")).toContain("did not answer in time");
    expect(Date.now() - began).toBeLessThan(30_000);
  });

  it("is missing when the connection is cut", async () => {
    const server = await served(good, (request) => request.socket.destroy());
    const { of } = await looked(server.network);
    expect([of("webhook-answer"), of("webhook-certificate")]).toEqual(["fail", "pass"]);
  });
});

describe("the TLS of a webhook", () => {
  it.each<[string, Parameters<typeof certificate>[0], string, RegExp]>([
    ["self-signed", { selfSigned: true }, "fail", /self-signed.*public authority/],
    ["expired", { days: -3 }, "fail", /expired on \d{4}-.*restart the process/],
    [
      "for another name",
      { names: ["other.contoso.com"] },
      "fail",
      /other\.contoso\.com, not for bot/,
    ],
    ["about to expire", { days: 10 }, "warn", /expires in (9|10) days/],
    [
      "a stand-in of an ingress controller that never got its own",
      { subject: "Kubernetes Ingress Controller Fake Certificate", selfSigned: true },
      "fail",
      /stand-in certificate.*cert-manager/,
    ],
  ])("is judged by its certificate: %s", async (_, wish, expected, text) => {
    const server = await served(await certificate(wish));
    const { of, textOf } = await looked(server.network);
    expect(of("webhook-certificate")).toBe(expected);
    expect(textOf("webhook-certificate")).toMatch(text);
    // What is wrong with the certificate hides nothing else.
    expect(of("webhook-answer")).toBe("pass");
  });

  it("is refused for an intermediate certificate that has expired, whatever the certificate's own dates", async () => {
    const old = await certificateAuthority({ days: -2 });
    const server = await served(await certificate({ issuer: old }));
    const { of, textOf } = await looked(server.network);
    expect(of("webhook-certificate")).toBe("fail");
    expect(textOf("webhook-certificate")).toMatch(
      /issuer's own certificate is out of date \(Old authority, valid to \d{4}-.*serve the newer intermediate/,
    );
    const young = await certificateAuthority({ days: 30 });
    const well = await looked((await served(await certificate({ issuer: young }))).network);
    expect(well.of("webhook-certificate")).toBe("pass");
  });

  it("is too old when it goes no further than 1.1", async () => {
    const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1" } as const;
    const server = await served({ ...good, ...old, ciphers: "DEFAULT@SECLEVEL=0" });
    const { of, textOf } = await looked(server.network);
    expect(of("webhook-certificate")).toBe("fail");
    expect(textOf("webhook-certificate")).toContain("no better than TLSv1.1");
  });

  it("is missing on a port that speaks something else, or nothing", async () => {
    const plain: Server = createServer((socket) => socket.end("HTTP/1.1 200 OK\r\n\r\n"));
    await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
    opened.push(plain);
    const { port } = plain.address() as AddressInfo;
    const to = (target: number): Network => ({
      addresses: async () => [{ address: "20.50.2.3", family: 4 }],
      nameServers: async () => [],
      dial: () => ({ host: "127.0.0.1", port: target }),
    });
    const wrong = await looked(to(port));
    expect(wrong.of("webhook-certificate")).toBe("fail");
    expect(wrong.textOf("webhook-certificate")).toContain("speaks no TLS");
    plain.close();
    const closed = await looked(to(port));
    expect([closed.of("webhook-certificate"), closed.of("webhook-answer")]).toEqual([
      "fail",
      "fail",
    ]);
    expect(closed.textOf("webhook-answer")).toContain("refuses connections");
  });
});

describe("the name of a webhook", () => {
  it("that nobody knows is the one failure; the others say that they could not ask", async () => {
    const { of, textOf } = await looked(NETWORK, "https://nowhere.bot.invalid/api/calling");
    expect(of("webhook-dns")).toBe("fail");
    expect([of("webhook-certificate"), of("webhook-answer"), of("webhook-time")]).toEqual([
      "skip",
      "skip",
      "skip",
    ]);
    expect(textOf("webhook-answer")).toContain("See webhook-dns");
  });

  it("that leads to this machine or a private network is out of reach", async () => {
    const { of, textOf } = await looked(NETWORK, "https://localhost:1/api/calling");
    expect(of("webhook-dns")).toBe("fail");
    expect(textOf("webhook-dns")).toMatch(/no address of the Internet/);
  });

  it("with IPv6 alone is a warning", async () => {
    const server = await served(good);
    const { of } = await looked({
      ...server.network,
      addresses: async () => [{ address: "2a00:1450:4001:80b::200e", family: 6 }],
    });
    expect(of("webhook-dns")).toBe("warn");
  });
});

describe("an app file", () => {
  it("that nobody can read ends before anything is asked", async () => {
    writeFileSync(join(folder, "app.json"), JSON.stringify(outputsOf()));
    const { surroundings } = surroundingsOf({}, folder);
    const report = await verify(surroundings, { outputs: "app.json", app: "gone.zip" }, NETWORK);
    expect([report.exitCode, report.issues[0]?.path]).toEqual([2, "gone.zip"]);
  });
});

describe("the media endpoint", () => {
  const media = {
    value: "Calls.AccessMedia.All",
    id: "a7a681dc-756e-4909-b988-f160edc6655f",
    because: [],
  };
  async function mediaOf(network: Network, place?: string, host?: StackOutputs["host"]) {
    const bot = outputsOf({ permissions: [media], ...(host === undefined ? {} : { host }) });
    writeFileSync(join(folder, "media.json"), JSON.stringify(bot));
    const { surroundings } = surroundingsOf({}, folder);
    const skip = VERIFY_CHECKS.map(({ id }) => id).filter((id) => id !== "media-endpoint");
    const options = {
      outputs: "media.json",
      skip,
      ...(place === undefined ? {} : { media: place }),
    };
    const { data } = await verify(surroundings, options, network);
    return ((data?.["results"] ?? []) as CheckResult[])[0];
  }
  /** Machines that a stack has made: each port leads to a server, or nowhere. */
  const machines = (servers: Readonly<Record<number, BotServer>>, closed: number) => ({
    host: {
      kind: HostKind.ScaleSet,
      media: { hostName: "bot.contoso.com", firstPort: 6000, lastPort: 6999 },
    },
    network: {
      addresses: async () => [],
      nameServers: async () => [],
      dial: (_: string, port: number) => ({
        host: "127.0.0.1",
        port: servers[port]?.port ?? closed,
      }),
    },
  });

  it("is open with a certificate for its name, and says what an old one does to calls", async () => {
    const server = await served(good);
    expect(await mediaOf(server.network, "bot.contoso.com:20100")).toMatchObject({
      status: "pass",
    });
    expect(await mediaOf(server.network)).toMatchObject({ status: "skip" });
    const expired = await served(await certificate({ days: -1 }));
    const found = await mediaOf(expired.network, "bot.contoso.com:20100");
    expect(found?.status).toBe("fail");
    expect(found?.advice).toContain("code 3002");
  });

  it("of machines that the stack made is found among its outputs, and the worst one counts", async () => {
    const [fresh, old] = [await served(good), await served(await certificate({ days: 10 }))];
    const gone = await served(good);
    gone.close();
    const both = machines({ 6000: fresh, 6003: old }, gone.port);
    const found = await mediaOf(both.network, undefined, both.host);
    expect(found).toMatchObject({ status: "warn", evidence: { ports: [6000, 6003] } });
    expect(found?.finding).toContain("(port 6003; open: 6000, 6003; silent: 6001, ");
    const one = machines({ 6000: fresh }, gone.port);
    const partly = await mediaOf(one.network, undefined, one.host);
    expect(partly?.status).toBe("pass");
    expect(partly?.finding).toContain("(port 6000; open: 6000; silent: 6001, ");
    const media = { ...one.host.media, instances: 2 };
    const half = await mediaOf(one.network, undefined, { ...one.host, media });
    expect(half?.status).toBe("warn");
    expect(half?.finding).toMatch(/^Media ports of 1 of 2 machines answer\. .*open: 6000; silent/);
    const whole = await mediaOf(one.network, undefined, {
      ...one.host,
      media: { ...media, instances: 1 },
    });
    expect(whole?.status).toBe("pass");
    const many = machines({ 6015: fresh }, gone.port);
    const gaps = { ...many.host, media: { ...media, instances: 8 } };
    expect((await mediaOf(many.network, undefined, gaps))?.finding).toContain("open: 6015;");
    const none = machines({}, gone.port);
    const closed = await mediaOf(none.network, undefined, none.host);
    expect(closed).toMatchObject({ status: "fail" });
    expect(closed?.finding).toContain("6009 is not open (ECONNREFUSED)");
  });

  it("of machines that answer Azure's addresses alone cannot be told from elsewhere", () => {
    const asked = [{ host: "bot.contoso.com", port: 6000, said: "TIMEOUT" }];
    const now = new Date();
    const question = { now, behindOwnRules: true, instances: 2 };
    expect(() => judgeMedia(asked, question)).toThrow(CannotTell);
    expect(judgeMedia(asked, { ...question, behindOwnRules: false }).status).toBe("fail");
    const nameless = [{ host: "bot.contoso.com", port: 6000, said: "ENOTFOUND" }];
    expect(judgeMedia(nameless, question).finding).toContain("no address");
  });

  it("that is closed is a call without sound", async () => {
    const server = await served(good);
    server.close();
    const found = await mediaOf(server.network, "bot.contoso.com:20100");
    expect(found).toMatchObject({ status: "fail" });
    expect(found?.advice).toMatch(/NAT rule.*8445/);
  });
});
