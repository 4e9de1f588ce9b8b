import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readStackConfig, readText } from "../../rules/config.js";
import { formatIssue } from "../../rules/issue.js";

const PROJECT = "teams-calling-bot";
const guid = (n: number) => `11111111-1111-4111-8111-${String(n).padStart(12, "0")}`;
const host = {
  kind: "existing",
  messagingEndpoint: "https://contoso.com/teamsapp/api/messages",
  callingWebhook: "https://contoso.com/teamsapp/api/calling",
};
const good = { host, capabilities: ["joinMeetings"] };

/** Settings as a stack file has them, handed over as the engine does: text as it is, structures as JSON. */
function read(settings: Record<string, unknown>, secret: string[] = []) {
  const values = Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      `${PROJECT}:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
  const secretKeys = secret.map((key) => `${PROJECT}:${key}`);
  const place = { "azure-native:location": "westeurope" };
  return readStackConfig({ project: PROJECT, values: { ...place, ...values }, secretKeys });
}

const sentences = (settings: Record<string, unknown>, secret?: string[]) =>
  read(settings, secret).issues.map(formatIssue);
const paths = (settings: Record<string, unknown>, secret?: string[]) =>
  read(settings, secret).issues.map(({ path }) => path);

describe("a small stack", () => {
  it("is complete with its defaults", () => {
    expect(read(good)).toEqual({
      issues: [],
      config: {
        cloud: "public",
        resourceGroup: { existing: false },
        bot: { type: "SingleTenant", sku: "F0" },
        tenancy: "singleTenant",
        host,
        capabilities: ["joinMeetings"],
        permissions: [],
        replyUrls: [],
        credential: {},
        consent: { mode: "url" },
        owners: [],
        tags: {},
        protect: false,
        ephemeral: false,
        requested: [
          {
            value: "Calls.JoinGroupCall.All",
            id: "f6b49018-60ab-4f81-83bd-22caeabfed2d",
            because: ["asked for by capability joinMeetings"],
          },
        ],
      },
    });
  });

  it("gets its host-only webhook normalised and its other addresses left alone", () => {
    const { config } = read({
      ...good,
      host: { messagingEndpoint: "https://contoso.com", callingWebhook: "https://contoso.com" },
    });
    expect(config?.host).toEqual({
      kind: "existing",
      messagingEndpoint: "https://contoso.com",
      callingWebhook: "https://contoso.com/",
    });
  });

  it("gets the URL that consent comes back to added to its one list of reply URLs", () => {
    const consent = { redirectUrl: "https://contoso.com" };
    const replyUrls = ["https://contoso.com/signed-in"];
    expect(read({ ...good, consent, replyUrls }).config?.replyUrls).toEqual([
      "https://contoso.com/signed-in",
      "https://contoso.com/",
    ]);
    expect(
      read({ ...good, consent, replyUrls: ["https://contoso.com/"] }).config?.replyUrls,
    ).toEqual(["https://contoso.com/"]);
  });

  it("ignores other namespaces", () => {
    const { issues } = readStackConfig({
      project: PROJECT,
      values: {
        "azure-native:location": "westeurope",
        "azuread:clientSecret": "hunter2",
        [`${PROJECT}:host`]: JSON.stringify(host),
        [`${PROJECT}:capabilities`]: '["callUsers"]',
      },
      secretKeys: ["azuread:clientSecret"],
    });
    expect(issues).toEqual([]);
  });
});

describe("a stack that says everything", () => {
  it("is read as written", () => {
    const { config, issues } = read({
      displayName: "Contoso calls",
      cloud: "gccModerate",
      resourceGroup: { name: "rg-calls", existing: true },
      bot: {
        name: "contoso-calls",
        type: "SingleTenant",
        sku: "S1",
        description: "Answers",
        iconUrl: "https://contoso.com/icon.png",
      },
      tenancy: "multiTenant",
      host,
      capabilities: ["accessMedia"],
      permissions: ["calls.joingroupcallasguest.all"],
      mediaRecording: "never",
      replyUrls: ["https://contoso.com/a"],
      credential: { kind: "federated", managedIdentityPrincipalId: guid(1) },
      consent: { mode: "grant" },
      owners: [guid(2)],
      tags: { team: "calls" },
    });
    expect(issues).toEqual([]);
    expect(config?.requested.map(({ value }) => value)).toEqual([
      "Calls.AccessMedia.All",
      "Calls.JoinGroupCallAsGuest.All",
    ]);
    expect(config?.bot).toEqual({
      name: "contoso-calls",
      type: "SingleTenant",
      sku: "S1",
      description: "Answers",
      iconUrl: "https://contoso.com/icon.png",
    });
  });
});

describe("a wrong stack", () => {
  it("is told all problems at once", () => {
    const { config, issues } = read({
      hosts: {},
      host: { messagingEndpoint: "http://contoso.com/m", callingWebHook: "x" },
      bot: { type: "UserAssignedMSI", sku: "F1", name: "a" },
      replyUrls: ["https://contoso.com/!"],
      capabilities: ["joinMeeting", "accessMedia"],
      permissions: ["User.Read"],
      owners: ["me"],
      cloud: "china",
      credential: { kind: "secret" },
      tenancy: "multiTenant",
      tags: { "a/b": "x" },
    });
    expect(config).toBeUndefined();
    expect(issues.map(({ path }) => path).sort()).toEqual(
      [
        "hosts",
        "host.messagingEndpoint",
        "host.callingWebHook",
        "host.callingWebhook",
        "bot.name",
        "bot.sku",
        "replyUrls[0]",
        "replyUrls",
        "capabilities[0]",
        "permissions[0]",
        "mediaRecording",
        "owners[0]",
        "owners",
        "cloud",
        "consent.mode",
        "credential.kind",
        "tenancy",
        'tags["a/b"]',
      ].sort(),
    );
  });

  it("is told what a host of its kind has, and of no kind nothing", () => {
    expect(sentences({ ...good, host: { kind: "appservice", sku: "F1" } })).toEqual([
      'host.kind must be one of existing, appService, containerApp, scaleSet (this package), got "appservice". Write "appService".',
    ]);
    const wrong = { sku: "F1", callingWebhook: "x", settings: { CLIENT_ID: "x" } };
    expect(paths({ ...good, host: { kind: "appService", ...wrong } }).sort()).toEqual([
      "host.callingWebhook",
      "host.runtime",
      "host.settings.CLIENT_ID",
      "host.sku",
    ]);
  });

  it("hears of settings that are wrong together also where one is wrong by itself", () => {
    const runtime = "NODE|22-lts";
    const alone = { vaultId: "vault", healthPath: "alive", sku: "F1", instances: 3 };
    const site = { kind: "appService", runtime, ...alone };
    const wrong = ["host.healthPath", "host.instances", "host.sku", "host.vaultId"];
    expect(paths({ ...good, host: site }).sort()).toEqual(wrong);
    // How many there may be depends on where they keep their calls.
    expect(paths({ ...good, host: { ...site, callState: "mine" } }).sort()).toEqual([
      "host.callState",
      "host.vaultId",
    ]);
    const machines = { kind: "scaleSet", package: { url: "x" }, priority: "Spot" };
    expect(paths({ ...good, host: machines }).sort()).toEqual([
      "host.certificate",
      "host.package.command",
      "host.priority",
    ]);
  });

  it("may not hear calls on a host without public addresses for media", () => {
    const wish = { capabilities: ["accessMedia"], mediaRecording: "never" };
    expect(
      sentences({ ...good, ...wish, host: { kind: "appService", runtime: "NODE|22-lts" } }),
    ).toEqual([
      expect.stringMatching(
        /^capabilities\[0\] must not be accessMedia on Azure App Service, which offers neither/,
      ),
    ]);
  });

  it("is told what is missing and what it is for", () => {
    expect(sentences({})).toEqual([
      "host must be given (this package). Add it: where the bot runs.",
      expect.stringMatching(/^capabilities must say what the bot does, unless permissions names/),
    ]);
    expect(sentences({ ...good, host: { messagingEndpoint: host.messagingEndpoint } })).toEqual([
      "host.callingWebhook must be given (this package). Add it: the https URL at which it takes incoming calls.",
    ]);
  });

  it("is told the nearest known setting for an unknown one, at any depth", () => {
    expect(sentences({ ...good, capabilites: ["x"], bot: { skuu: "F0" } })).toEqual([
      'bot.skuu is no setting of this package (this package). Write "sku" instead, or remove it.',
      'capabilites is no setting of this package (this package). Write "capabilities" instead, or remove it.',
    ]);
    expect(sentences({ ...good, "bot.name": "abcd" })).toEqual([
      '["bot.name"] is no setting of this package (this package). Set a part of bot with --path.',
    ]);
    const federated = [{ name: "abc", issuer: "https://x", subject: "s", audiences: "a" }];
    expect(sentences({ ...good, credential: { kind: "federated", federated } })).toEqual([
      'credential.federated[0].audiences is no setting of this package (this package). Write "audience" instead, or remove it.',
    ]);
  });

  it("is told a misspelt capability once, and not that none is given", () => {
    expect(sentences({ host, capabilities: ["joinMeting"] })).toEqual([
      expect.stringMatching(/^capabilities\[0\] must be one of .* Write "joinMeetings"\.$/),
    ]);
  });

  it("is told the http webhook", () => {
    const callingWebhook = "http://contoso.com/api/calling";
    expect(sentences({ ...good, host: { ...host, callingWebhook } })).toEqual([
      'host.callingWebhook must start with https:// (Azure Bot Service), got "http://contoso.com/api/calling". Serve it over TLS and write https://contoso.com.',
    ]);
  });

  it("is told that MultiTenant bots ended (InvalidBotCreationData: Microsoft-Teams-Samples#1863), and what to use", () => {
    expect(sentences({ ...good, bot: { type: "MultiTenant" } })).toEqual([
      'bot.type must not be MultiTenant, because Azure ended the creation of such bots on 2025-07-31 (Azure Bot Service), got "MultiTenant". Use "SingleTenant"; to serve other tenants set tenancy to "multiTenant" as well.',
    ]);
  });

  it("is told the delegated scope (azuread#1461)", () => {
    expect(sentences({ host, permissions: ["OnlineMeetings.Read"] })).toHaveLength(1);
  });

  it("is told the nearest choice, or all of them", () => {
    expect(sentences({ ...good, cloud: "gcchigh", tenancy: "x" })).toEqual([
      'cloud must be one of public, gccModerate, gccHigh, dod, china (this package), got "gcchigh". Write "gccHigh".',
      'tenancy must be one of singleTenant, multiTenant (this package), got "x". Choose one of them.',
    ]);
  });

  it("is refused text for true, a number for text, text for a list", () => {
    expect(sentences({ ...good, resourceGroup: { existing: "true" } })).toEqual([
      'resourceGroup.existing must be true or false, not text (this package), got "true". Write it without quotes.',
    ]);
    expect(sentences({ ...good, tags: { n: 3 } })).toEqual([
      "tags.n must be text (this package), got 3. Put quotes around it.",
    ]);
    expect(sentences({ ...good, capabilities: "joinMeetings" })[0]).toBe(
      'capabilities must be a list (this package), got "joinMeetings". Write each entry on a line of its own after a hyphen.',
    );
    expect(sentences({ ...good, displayName: { a: 1 } })).toEqual([
      "displayName must be text (this package), got an object. Write text.",
    ]);
  });

  it("is refused a secret, without a word of its value, and not told that it is missing too", () => {
    const all = sentences({ ...good, displayName: "hunter2" }, ["displayName", "host"]);
    expect(all).toEqual([
      "host must not be secret, nor hold a secure value, because it would stand in the state in plain text (this package). Set it again without --secret; no setting of this package is a secret.",
      "displayName must not be secret, nor hold a secure value, because it would stand in the state in plain text (this package). Set it again without --secret; no setting of this package is a secret.",
    ]);
  });

  it("is not repeated the value of an unknown setting, which may be a secret in the wrong place", () => {
    const all = sentences({ ...good, password: "hunter2", bot: { secret: { secure: "hunter2" } } });
    expect(all).toHaveLength(2);
    expect(all.join()).not.toContain("hunter2");
  });

  it("must state what happens to media with media access", () => {
    expect(paths({ ...good, capabilities: ["accessMedia"] })).toEqual(["mediaRecording"]);
    expect(paths({ ...good, capabilities: ["accessMedia"], mediaRecording: "sometimes" })).toEqual([
      "mediaRecording",
    ]);
  });

  it("must name a resource group that exists already, and not its place", () => {
    expect(paths({ ...good, resourceGroup: { existing: true, location: "westeurope" } })).toEqual([
      "resourceGroup.name",
      "resourceGroup.location",
    ]);
  });

  it("may not pass 256 reply URLs by the one of the consent link", () => {
    const replyUrls = Array.from({ length: 256 }, (_, i) => `https://contoso.com/${i}`);
    expect(paths({ ...good, replyUrls })).toEqual([]);
    expect(
      paths({ ...good, replyUrls, consent: { redirectUrl: "https://contoso.com/back" } }),
    ).toEqual(["consent.redirectUrl"]);
  });
});

describe("a bot that signs in as a managed identity", () => {
  const managed = { ...good, bot: { type: "UserAssignedMSI" }, consent: { mode: "grant" } };

  it("needs nothing else", () => {
    expect(read(managed).issues).toEqual([]);
  });

  it("may use an identity that exists, which other types may not", () => {
    const managedIdentity = {
      resourceId: `/subscriptions/${guid(1)}/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id`,
      clientId: guid(2),
      principalId: guid(3),
    };
    expect(paths({ ...managed, managedIdentity })).toEqual([]);
    expect(paths({ ...good, managedIdentity })).toEqual(["managedIdentity"]);
    expect(paths({ ...managed, managedIdentity: { clientId: "x" } })).toEqual([
      "managedIdentity.resourceId",
      "managedIdentity.clientId",
      "managedIdentity.principalId",
    ]);
  });

  it.each([
    [{ replyUrls: ["https://contoso.com/"] }, "replyUrls", "has no Entra application"],
    [{ owners: [guid(1)] }, "owners", "has no Entra application"],
    [{ consent: { mode: "url" } }, "consent.mode", "has no Entra application"],
    [{ consent: {} }, "consent.mode", "has no Entra application"],
    [
      { consent: { mode: "grant", redirectUrl: "https://contoso.com/" } },
      "consent.redirectUrl",
      "has no Entra application",
    ],
    [{ tenancy: "multiTenant" }, "tenancy", "lives in one tenant"],
    [
      { consent: { mode: "grant", customerTenants: ["fabrikam.com"] } },
      "consent.customerTenants",
      "lives in one tenant",
    ],
    [{ credential: { kind: "secret" } }, "credential.kind", "Azure keeps the managed identity's"],
  ])("refuses %j with the reason", (settings, path, reason) => {
    const { issues } = read({ ...managed, ...settings });
    expect(issues.map((issue) => issue.path)).toEqual([path]);
    expect(issues[0]?.rule).toContain(reason);
  });
});

describe("reading", () => {
  it("takes top-level true, false and numbers only when written exactly so", () => {
    expect(
      ["true", "false", "True", "yes", '"true"', "1"].map((t) => readText(z.boolean(), t)),
    ).toEqual([true, false, "True", "yes", '"true"', "1"]);
    expect(["3", "-1.5", "3px", "", '"3"'].map((t) => readText(z.int(), t))).toEqual([
      3,
      -1.5,
      "3px",
      "",
      '"3"',
    ]);
    expect(readText(z.string(), "true")).toBe("true");
    expect(readText(z.array(z.string()).default([]), '["a"]')).toEqual(["a"]);
  });

  it("never throws, and refuses in whole sentences, whatever the stack file says", () => {
    const key = fc.oneof(
      fc.constantFrom("host", "bot", "capabilities", "permissions", "replyUrls", "tags", "cloud"),
      fc.constantFrom("credential", "consent", "owners", "resourceGroup", "displayName"),
      fc.string(),
    );
    const part = fc.dictionary(
      fc.constantFrom("kind", "name", "type", "callingWebhook", "federated", "mode", "existing"),
      fc.jsonValue(),
    );
    const value = fc.oneof(fc.string(), fc.jsonValue(), part, fc.array(part));
    fc.assert(
      fc.property(fc.dictionary(key, value), (settings) => {
        const { config, issues } = read(settings);
        expect(config === undefined).toBe(issues.length > 0);
        for (const issue of issues) {
          expect(formatIssue(issue)).toMatch(/^\S.* (must|is) .+\. [A-Z].*\.$/su);
          expect(formatIssue(issue)).not.toMatch(/\n|\0/);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
