import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CallState } from "../../../rules/bot-choices.js";
import {
  type ContainerAppWish,
  checkContainerApp,
  RevisionMode,
  replicas,
} from "../../../rules/hosts/container-app.js";
import {
  checkContainerAppName,
  defaultContainerAppName,
  managedCertificateName,
} from "../../../rules/hosts/container-app-names.js";
import { memoryOf } from "../../../rules/hosts/container-app-size.js";
import { formatIssue } from "../../../rules/issue.js";

const FACTS = {
  tenantId: "10ca1000-0000-4000-8000-000000000001",
  subscriptionId: "10ca1000-0000-4000-8000-00000000000a",
  project: "teams-calling-bot",
  stack: "dev",
  bot: "bot",
};
const ZONE = `/subscriptions/${FACTS.subscriptionId}/resourceGroups/dns/providers/Microsoft.Network/dnsZones/contoso.com`;

const sentences = (wish: Partial<ContainerAppWish>) =>
  checkContainerApp("host", { image: "ghcr.io/contoso/bot:1", ...wish }).map(formatIssue);

describe("a container app", () => {
  it("needs no more than an image", () => expect(sentences({})).toEqual([]));

  it("may be all that Container Apps offers a bot", () => {
    const all = {
      name: "contoso-bot",
      port: 3978,
      cpu: 4,
      memory: "8Gi",
      callState: CallState.Shared,
      instances: 2,
      maxInstances: 20,
      revisionMode: RevisionMode.Multiple,
      terminationGraceSeconds: 0,
      domain: "bot.contoso.com",
      dnsZoneId: ZONE,
    };
    expect(sentences(all)).toEqual([]);
  });

  it("is told everything that is wrong at once", () => {
    const wish = {
      name: "Bot",
      image: "bot",
      registryId: "contoso",
      port: 0,
      cpu: 3.1,
      instances: 0,
      revisionMode: RevisionMode.Multiple,
      terminationGraceSeconds: 601,
      domain: "bot",
      dnsZoneId: "contoso.com",
    };
    expect(checkContainerApp("host", wish).map(({ path }) => path)).toEqual([
      "host.name",
      "host.image",
      "host.port",
      "host.cpu",
      "host.instances",
      "host.revisionMode",
      "host.terminationGraceSeconds",
      "host.domain",
      "host.registryId",
      "host.dnsZoneId",
    ]);
  });

  it.each<[Partial<ContainerAppWish>, string]>([
    [
      { port: 70000 },
      "host.port must be a port from 1 to 65535 (Azure Container Apps), got 70000. Give the port that the bot's process listens on, in plain http: TLS ends before it.",
    ],
    [
      { cpu: 0.3 },
      "host.cpu must be 0.25 to 4 vCPUs in steps of 0.25 (Azure Container Apps), got 0.3. Choose one of those; a bot that needs more runs on a scale set.",
    ],
    [
      { cpu: 1, memory: "4Gi" },
      'host.memory must be 2Gi for 1 vCPUs, because a replica has 2 GiB for each (Azure Container Apps), got "4Gi". Leave it out, or change host.cpu.',
    ],
    [
      { memory: "512Mi" },
      'host.memory must be 1Gi for 0.5 vCPUs, because a replica has 2 GiB for each (Azure Container Apps), got "512Mi". Leave it out, or change host.cpu.',
    ],
    [
      { revisionMode: RevisionMode.Multiple },
      'host.revisionMode must be single unless host.callState is shared, because notifications of the calls of an old revision reach the new one (this package), got "multiple". Leave it out, or keep calls in a store that all revisions share and say so.',
    ],
    [
      { terminationGraceSeconds: 900 },
      "host.terminationGraceSeconds must be a whole number of seconds from 0 to 600 (Azure Container Apps), got 900. Leave it out to get 600; longer calls need revisionMode multiple.",
    ],
    [
      { domain: `${"a".repeat(60)}.contoso.com` },
      `host.domain must be at most 64 characters long, because a certificate is issued for it (Azure Container Apps), got "${"a".repeat(60)}.contoso.com". Choose a shorter name.`,
    ],
    [
      { callState: CallState.Shared, instances: 4, maxInstances: 3 },
      "host.maxInstances must not be less than host.instances, which is 4 (Azure Container Apps), got 3. Raise it, or leave it out.",
    ],
  ])("is refused with %j", (wish, sentence) => expect(sentences(wish)).toEqual([sentence]));

  it("has the memory that belongs to its vCPUs, as Azure writes it", () => {
    expect([0.25, 0.5, 0.75, 1, 4].map(memoryOf)).toEqual(["0.5Gi", "1Gi", "1.5Gi", "2Gi", "8Gi"]);
  });

  it.each<[string, Partial<ContainerAppWish>]>([
    ["host.instances", { instances: 0 }],
    ["host.instances", { instances: 2 }],
    ["host.maxInstances", { maxInstances: 2 }],
    ["host.instances", { callState: CallState.Shared, instances: 1 }],
    ["host.instances", { callState: CallState.Shared, instances: 2.5 }],
    ["host.maxInstances", { callState: CallState.Shared, maxInstances: 1001 }],
  ])("is refused for %s with %j", (path, wish) => {
    const issues = checkContainerApp("host", { image: "ghcr.io/contoso/bot:1", ...wish });
    expect(issues.map((issue) => issue.path)).toEqual([path]);
  });

  it("runs once, or at least twice where its calls are shared", () => {
    const image = "ghcr.io/contoso/bot:1";
    expect(replicas({ image })).toEqual({ least: 1, most: 1 });
    expect(replicas({ image, callState: CallState.Shared })).toEqual({ least: 2, most: 2 });
    const wide = { image, callState: CallState.Shared, maxInstances: 9 };
    expect(replicas(wide)).toEqual({ least: 2, most: 9 });
  });
});

describe("the name of a container app", () => {
  it("is the same on every run, and another for other facts", () => {
    const name = defaultContainerAppName(FACTS);
    expect(name).toMatch(/^teams-calling-bot-dev-[0-9a-f]{6}$/);
    expect(defaultContainerAppName({ ...FACTS, bot: "other" })).not.toBe(name);
  });

  it("is always one that Azure accepts", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (project, stack) => {
        const name = defaultContainerAppName({ ...FACTS, project, stack });
        expect(checkContainerAppName("name", name)).toEqual([]);
      }),
    );
  });

  it.each(["b", "Bot", "1bot", "bot-", "my--bot", "a".repeat(33), "my_bot"])(
    "is refused when it is %j",
    (name) => {
      expect(checkContainerAppName("host.name", name).map(formatIssue)).toEqual([
        `host.name must be 2 to 32 lower-case letters, digits and single hyphens, the first a letter, the last no hyphen (Azure Container Apps), got "${name}". Respell it, or leave it out to get one that fits.`,
      ]);
    },
  );
});

it("each domain has a certificate of its own, however long it is", () => {
  const names = [
    "bot.contoso.com",
    "bot-contoso.com",
    `${"a".repeat(50)}.com`,
    `${"a".repeat(50)}.net`,
  ].map(managedCertificateName);
  expect(names[0]).toMatch(/^bot-contoso-com-[0-9a-f]{8}$/);
  expect(new Set(names).size).toBe(4);
  for (const name of names) expect(name).toMatch(/^[a-z0-9-]{1,60}$/);
});
