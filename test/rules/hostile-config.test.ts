// Configurations that nobody would write, and some that somebody might: valid ones, such with one thing wrong, and hostile ones.
// CONFIG_RUNS=100000 tries more of them; the seed is printed with a failure.
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { readStackConfig } from "../../rules/config.js";
import { formatIssue } from "../../rules/issue.js";

vi.setConfig({ testTimeout: 1_800_000 });
const numRuns = Number(process.env["CONFIG_RUNS"] ?? 3_000);

const PROJECT = "teams-calling-bot";
const SECRET = "Zq8~secret-of-the-stack";

type Tree = { [key: string]: unknown };

const VAULT =
  "/subscriptions/0a0a0a0a-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/contoso";
const existing = {
  kind: "existing",
  messagingEndpoint: "https://contoso.com/api/messages",
  callingWebhook: "https://contoso.com/teamsapp/api/calling",
};
/** One sound configuration for everything that a stack can say. */
const SOUND: readonly Tree[] = [
  {
    host: existing,
    capabilities: ["answerCalls", "joinMeetings", "accessMedia"],
    mediaRecording: "never",
    displayName: "Contoso",
    bot: {
      name: "contoso-bot",
      sku: "S1",
      description: "Calls",
      iconUrl: "https://contoso.com/i.png",
    },
    tenancy: "multiTenant",
    credential: {
      kind: "federated",
      federated: [{ name: "cluster", issuer: "https://oidc.contoso.com/1", subject: "system:bot" }],
    },
    consent: {
      mode: "url",
      redirectUrl: "https://contoso.com/consented",
      customerTenants: ["fabrikam.com"],
    },
    replyUrls: ["https://contoso.com/signed-in"],
    owners: ["0a0a0a0a-0000-4000-8000-000000000002"],
    tags: { environment: "production" },
    ignore: { replyUrls: ["https://intranet.contoso.com/in"], tags: ["costCenter"] },
    resourceGroup: { name: "bots", existing: true },
    cloud: "public",
    permissions: ["OnlineMeetings.Read.All"],
  },
  {
    host: { kind: "appService", runtime: "NODE|22-lts" },
    capabilities: ["answerCalls"],
    consent: { mode: "grant" },
    app: {
      name: { short: "Contoso" },
      description: { short: "Answers calls." },
      developer: {
        name: "Contoso",
        websiteUrl: "https://contoso.com",
        privacyUrl: "https://contoso.com/privacy",
        termsOfUseUrl: "https://contoso.com/terms",
      },
    },
  },
  {
    host: { kind: "containerApp", image: "ghcr.io/contoso/bot:1.4.2" },
    capabilities: ["callUsers"],
    credential: { kind: "secret", displayName: "bot", endDate: "2030-01-01T00:00:00Z" },
  },
  {
    host: {
      kind: "scaleSet",
      domain: "bot.contoso.com",
      certificate: { vaultId: VAULT, secretName: "bot-contoso-com" },
      concurrentCalls: 50,
      package: {
        url: "https://contoso.blob.core.windows.net/builds/bot.zip",
        sha256: "0123456789abcdef".repeat(4),
        command: "EchoBot.exe",
      },
    },
    capabilities: ["answerCalls", "accessMedia"],
    mediaRecording: "afterRecordingStatus",
  },
];

const hostileText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(
    "",
    " ",
    "null",
    "__proto__",
    "constructor",
    "https://",
    "https://[",
    "https://contoso.com:99999/",
    "https://user:pw@contoso.com/",
    "javascript:alert(1)",
    "https://127.0.0.1/x",
    "https://xn--\u0000.com",
    "\u202etxt.exe",
    "a\nb\r\nc",
    "$" + "{env:PATH}",
    "'; DROP TABLE bots; --",
    "9".repeat(400),
    "ä".repeat(300),
    "\ud800",
  ),
  fc.string({ unit: "grapheme", minLength: 120, maxLength: 300 }),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
  fc.domain(),
  fc.uuid(),
);
const hostileValue = fc.oneof(
  { weight: 3, arbitrary: hostileText },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      null,
      true,
      false,
      0,
      -1,
      0.5,
      1e308,
      [],
      {},
      [[]],
      [null],
      {
        "": "",
      },
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.array(hostileText, { maxLength: 12 }) },
);

/** What is done to a configuration: at a place that the numbers choose, something is put, added or taken away. */
const change = fc.record({
  steps: fc.array(fc.nat(), { minLength: 1, maxLength: 4 }),
  how: fc.constantFrom("put", "add", "remove", "repeat"),
  key: fc.oneof(hostileText, fc.constantFrom("kind", "name", "host", "messagingEndpoint")),
  value: hostileValue,
});

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(tree: Tree, { steps, how, key, value: given }: Change): void {
  const value = structuredClone(given);
  let at: Tree = tree;
  let name = Object.keys(at)[0] ?? key;
  for (const step of steps) {
    const names = Object.keys(at);
    if (names.length === 0) break;
    name = names[step % names.length] ?? key;
    const inner = at[name];
    if (typeof inner !== "object" || inner === null) break;
    if (step === steps.at(-1)) break;
    at = inner as Tree;
  }
  if (how === "remove") delete at[name];
  else if (how === "repeat" && Array.isArray(at[name])) at[name] = [at[name], at[name]].flat();
  else
    Object.defineProperty(at, how === "add" ? key : name, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
}

const configuration = fc
  .record({
    base: fc.nat({ max: SOUND.length - 1 }),
    changes: fc.array(change, { maxLength: 5 }),
    secret: fc.array(fc.nat(), { maxLength: 2 }),
    broken: fc.option(hostileText, { freq: 8 }),
  })
  .map(({ base, changes, secret, broken }) => {
    const tree: Tree = structuredClone(SOUND[base] ?? {});
    for (const one of changes) if (Object.keys(tree).length > 0) changed(tree, one);
    const values: Record<string, string> = { "azure-native:location": "westeurope" };
    for (const [key, value] of Object.entries(tree)) {
      values[`${PROJECT}:${key}`] =
        typeof value === "string" ? value : (JSON.stringify(value) ?? "");
    }
    if (broken !== null) values[`${PROJECT}:host`] = broken;
    const keys = Object.keys(values);
    const secretKeys = secret.flatMap((index) => keys[index % keys.length] ?? []);
    for (const key of secretKeys) values[key] = `${values[key]}${SECRET}`;
    for (const name of ["azure-native:clientSecret", "azuread:clientSecret"]) values[name] = SECRET;
    return { values, secretKeys };
  });

const read = ({ values, secretKeys }: { values: Record<string, string>; secretKeys: string[] }) =>
  readStackConfig({
    project: PROJECT,
    values,
    secretKeys,
    environment: { ARM_CLIENT_SECRET: SECRET },
  });

it("each of the sound ones is taken", () => {
  for (const tree of SOUND) {
    const values = Object.fromEntries(
      Object.entries(tree).map(([key, value]) => [
        `${PROJECT}:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    );
    const place = { "azure-native:location": "westeurope" };
    expect(
      read({ values: { ...place, ...values }, secretKeys: [] }).issues.map(formatIssue),
    ).toEqual([]);
  }
});

it("none crashes; what is refused is refused in sentences, and no secret is in them", () => {
  let refused = 0;
  fc.assert(
    fc.property(configuration, (given) => {
      const { config, issues } = read(given);
      expect(config === undefined).toBe(issues.length > 0);
      if (issues.length > 0) refused++;
      for (const issue of issues) {
        const { path, rule, whose, fix } = issue;
        const sentence = formatIssue(issue);
        expect(sentence).not.toContain(SECRET);
        // One line that a terminal shows as it is.
        expect(sentence).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect([path, rule, whose].every((part) => part.trim() !== "")).toBe(true);
        expect(fix).toMatch(/^\S.*[.)]$/s);
        expect(sentence.length).toBeLessThan(2_000);
      }
    }),
    // Shrinking texts of graphemes takes longer than all the runs.
    { numRuns, endOnFailure: true },
  );
  expect(refused).toBeGreaterThan(numRuns / 4);
});
