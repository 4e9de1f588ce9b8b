// What readings mean: every status that a check of `verify` can give, without a service.
import { describe, expect, it } from "vitest";
import { CannotTell } from "../../commands/checks/cannot-tell.js";
import type { Outcome } from "../../commands/checks/check.js";
import { judgeAccessPolicy } from "../../commands/verify/checks/access-policy.js";
import { judgeAppRoles } from "../../commands/verify/checks/app-roles.js";
import { judgeApplication } from "../../commands/verify/checks/application.js";
import { judgeAzureBot } from "../../commands/verify/checks/azure-bot.js";
import { judgeDeployment } from "../../commands/verify/checks/channel-deployment.js";
import { judgeConsent } from "../../commands/verify/checks/consent.js";
import { judgeCredential } from "../../commands/verify/checks/credential.js";
import { judgeCustomers } from "../../commands/verify/checks/customers-consent.js";
import { judgeRecording } from "../../commands/verify/checks/recording-policy.js";
import { judgeTeamsApp } from "../../commands/verify/checks/teams-app.js";
import { judgeCatalogue } from "../../commands/verify/checks/teams-app-catalogue.js";
import { judgeTls } from "../../commands/verify/checks/webhook-certificate.js";
import { judgeNoAddress } from "../../commands/verify/checks/webhook-dns.js";
import { judgeTime } from "../../commands/verify/checks/webhook-time.js";
import { unreachable } from "../../commands/verify/unreachable.js";
import { VERIFY_CHECKS } from "../../commands/verify/verify-checks.js";
import type { RegisteredApplication } from "../../graph/registered-application.js";
import { consentState } from "../../rules/consent-state.js";
import { ReadProblem } from "../../rules/consent-unknown.js";
import { CredentialKind } from "../../rules/credential.js";
import { openApp } from "../../rules/manifest/open-package.js";
import type { StackOutputs } from "../../rules/outputs.js";
import { APP_ID, outputsOf, TENANT } from "./bot-outputs.js";

const NOW = new Date("2026-11-24T12:00:00Z");
const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000).toISOString();
const managed = () => {
  const { applicationObjectId: _, ...bot } = outputsOf();
  return bot;
};

function application(changes: Partial<RegisteredApplication> = {}): RegisteredApplication {
  return {
    id: outputsOf().applicationObjectId ?? "",
    appId: APP_ID,
    tags: [],
    identifierUris: [],
    requiredResourceAccess: [],
    passwordCredentials: [],
    keyCredentials: [],
    ...changes,
  };
}

const says = ({ status, finding, advice }: Outcome) => `${status}: ${finding} ${advice}`;

describe("an application", () => {
  it("with another object id is another application", () => {
    expect(says(judgeApplication(outputsOf(), application({ id: "other" })))).toMatch(/^fail/);
  });

  it("that asks for an id that has no name is shown by it", () => {
    const requiredResourceAccess = [
      {
        resourceAppId: "00000003-0000-0000-c000-000000000000",
        resourceAccess: [
          { id: "f6b49018-60ab-4f81-83bd-22caeabfed2d", type: "Role" },
          { id: "ffffffff-0000-4000-8000-000000000000", type: "Role" },
          // A delegated permission is no app role.
          { id: "284383ee-7f6e-4e40-a2a8-e85dcb029101", type: "Scope" },
        ],
      },
    ];
    const outcome = judgeAppRoles(outputsOf(), application({ requiredResourceAccess }));
    expect(outcome.evidence["surplus"]).toEqual(["ffffffff-0000-4000-8000-000000000000"]);
  });

  it("that asks for an app role of another API asks for too much", () => {
    const graph = { id: "f6b49018-60ab-4f81-83bd-22caeabfed2d", type: "Role" };
    const requiredResourceAccess = [
      { resourceAppId: "00000003-0000-0000-c000-000000000000", resourceAccess: [graph] },
      {
        resourceAppId: "00000002-0000-0ff1-ce00-000000000000",
        resourceAccess: [
          { id: "r", type: "Role" },
          { id: "s", type: "Scope" },
        ],
      },
    ];
    expect(says(judgeAppRoles(outputsOf(), application({ requiredResourceAccess })))).toMatch(
      /^warn.*declares: app role r of API 00000002-0000-0ff1-ce00-000000000000\./,
    );
  });
});

describe("a credential", () => {
  const secret = (days: number) => ({ endDateTime: inDays(days) });
  it.each<[string, Partial<RegisteredApplication>, CredentialKind, number, RegExp]>([
    ["none", {}, CredentialKind.None, 0, /^fail: The application has no credential/],
    [
      "a secret that ended",
      { passwordCredentials: [secret(-1)] },
      CredentialKind.Secret,
      0,
      /^fail.*AADSTS7000222/,
    ],
    [
      "one that ends soon",
      { passwordCredentials: [secret(12)] },
      CredentialKind.Secret,
      0,
      /^warn.*in 12 days/,
    ],
    [
      "an old and a new one",
      { passwordCredentials: [secret(3), secret(400)] },
      CredentialKind.Secret,
      0,
      /^pass/,
    ],
    [
      "three",
      { passwordCredentials: [secret(90), secret(91), secret(92)] },
      CredentialKind.Secret,
      0,
      /^warn.*1 secret besides/,
    ],
    ["federated", {}, CredentialKind.Federated, 1, /^pass: The credential is federated/],
    [
      "a secret beside",
      { passwordCredentials: [secret(90)] },
      CredentialKind.Federated,
      1,
      /^warn.*besides/,
    ],
    [
      "a foreign certificate beside the stack's secret",
      { passwordCredentials: [secret(90)], keyCredentials: [secret(90)] },
      CredentialKind.Secret,
      0,
      /^warn.*1 certificate besides/,
    ],
    [
      "a foreign trust beside the stack's secret",
      { passwordCredentials: [secret(90)] },
      CredentialKind.Secret,
      1,
      /^warn.*1 federated credential besides/,
    ],
    [
      "a secret that ended, and a trust that is not the stack's",
      { passwordCredentials: [secret(-1)] },
      CredentialKind.Secret,
      1,
      /^fail.*AADSTS7000222/,
    ],
    [
      "a hand-made secret that ended, and a trust",
      { passwordCredentials: [secret(-1)] },
      CredentialKind.None,
      1,
      /^warn.*only a bot that uses a federated credential/,
    ],
    [
      "a trust that is gone, and a secret made by hand",
      { passwordCredentials: [secret(90)] },
      CredentialKind.Federated,
      0,
      /^fail.*federated credential of the stack is gone/,
    ],
    [
      "a certificate where the stack's secret is gone",
      { keyCredentials: [secret(90)] },
      CredentialKind.Secret,
      0,
      /^fail.*no client secret of the stack/,
    ],
    ["a certificate", { keyCredentials: [secret(300)] }, CredentialKind.None, 0, /^pass.*300 days/],
  ])("%s", (_, changes, credential, trusts, expected) => {
    const federated = Array.from({ length: trusts }, (_, i) => trust(`trust-${i}`));
    const bot = outputsOf({ credential });
    expect(says(judgeCredential(bot, application(changes), federated, NOW))).toMatch(expected);
  });
});

const ISSUER = "https://token.actions.githubusercontent.com";
const AUDIENCE = "api://AzureADTokenExchange";
const trust = (name: string, changes: { subject?: string; audiences?: string[] } = {}) => ({
  name,
  issuer: ISSUER,
  subject: "repo:contoso/bot:environment:prod",
  audiences: [AUDIENCE],
  ...changes,
});

describe("the federated credentials of a stack", () => {
  const declared = [
    { name: "github", issuer: ISSUER, subject: trust("").subject, audience: AUDIENCE },
  ];
  it.each<[string, ReturnType<typeof trust>[], RegExp]>([
    ["as declared", [trust("github")], /^pass: The credential is federated/],
    ["gone", [], /^fail.*credential github is gone/],
    [
      "with another subject",
      [trust("github", { subject: "repo:contoso/bot:ref:refs/heads/main" })],
      /^fail: The federated credential github takes tokens of https:\/\/token\S* for subject repo:contoso\/bot:ref\S* and audience api:\S+, and the stack says of \S+ for subject repo:contoso\/bot:environment:prod .*AADSTS70021/,
    ],
    [
      "with another audience",
      [trust("github", { audiences: ["api://other"] })],
      /^fail.*api:\/\/other/,
    ],
    [
      "and one of nobody's",
      [trust("github"), trust("mine", { subject: "repo:somebody/else" })],
      /^warn.*made a federated credential, and the application has 1 federated credential besides/,
    ],
    ["under another name", [trust("renamed")], /^pass/],
  ])("%s", (_, trusts, expected) => {
    const bot = outputsOf({ credential: CredentialKind.Federated, federated: declared });
    expect(says(judgeCredential(bot, application(), trusts, NOW))).toMatch(expected);
  });
});

describe("the secrets of a stack", () => {
  const named = (displayName: string, days = 90) => ({ displayName, endDateTime: inDays(days) });
  it.each<[string, number, ReturnType<typeof named>[], RegExp]>([
    [
      "of this generation and the last",
      1,
      [named("calls"), named("calls (generation 1)")],
      /^pass/,
    ],
    ["and one of nobody's", 0, [named("calls"), named("by hand")], /^warn.*1 secret besides/],
    [
      "and one too old",
      3,
      [named("by hand"), named("c (generation 3)")],
      /^warn.*1 secret besides/,
    ],
    [
      "that ended beside one that lives",
      3,
      [named("by hand"), named("c (generation 3)", -1)],
      /^fail.*AADSTS7000222/,
    ],
  ])("%s", (_, credentialGeneration, passwordCredentials, expected) => {
    const bot = outputsOf({ credential: CredentialKind.Secret, credentialGeneration });
    const found = application({ passwordCredentials });
    expect(says(judgeCredential(bot, found, [], NOW))).toMatch(expected);
  });
});

describe("consent", () => {
  const granted = (role: string, grantedAt: string) => ({
    servicePrincipalObjectId: "sp",
    assignments: [{ role, assignmentId: "a", resourceId: "g", grantedAt }],
    ofOtherApis: [],
  });
  it("of a managed identity that is new may not be in its token yet", () => {
    const fresh = granted("Calls.JoinGroupCall.All", inDays(-0.5));
    expect(says(judgeConsent(managed(), fresh, undefined, NOW))).toMatch(/^warn.*up to 24 hours/);
    expect(says(judgeConsent(outputsOf(), fresh, undefined, NOW))).toMatch(/^pass/);
    const old = granted("Calls.JoinGroupCall.All", inDays(-2));
    expect(says(judgeConsent(managed(), old, undefined, NOW))).toMatch(/^pass/);
  });

  it("of a managed identity has no link to open", () => {
    const none = { servicePrincipalObjectId: "sp", assignments: [], ofOtherApis: [] };
    expect(says(judgeConsent(managed(), none, undefined, NOW))).toMatch(
      /assign them to the managed/,
    );
  });

  it("to another API than Graph is surplus", () => {
    const exchange = { api: "Office 365 Exchange Online", role: "r", grantedAt: inDays(-3) };
    const both = { ...granted("Calls.JoinGroupCall.All", inDays(-3)), ofOtherApis: [exchange] };
    expect(says(judgeConsent(outputsOf(), both, undefined, NOW))).toMatch(
      /^warn.*app role r of Office 365 Exchange Online \(since 2026-11-21/,
    );
  });

  it("of customers fails for what is missing, and is skipped for what cannot be told", () => {
    const asked = ["Calls.JoinGroupCall.All"];
    const of = (granted: { roles: string[] } | { unknown: string }) => ({
      consent: consentState({ tenant: "fabrikam.com", asked, granted, link: "https://l" }),
    });
    expect(says(judgeCustomers([of({ roles: asked })]))).toMatch(/^pass/);
    expect(says(judgeCustomers([of({ roles: [] })]))).toMatch(/^fail.*fabrikam\.com: https:\/\/l/);
    expect(says(judgeCustomers([of({ unknown: "nobody is signed in" })]))).toMatch(/^skip/);
    const unread = (problem: ReadProblem) => [{ ...of({ unknown: "not now" }), problem }];
    expect(says(judgeCustomers(unread(ReadProblem.OtherTenant)))).toMatch(
      /^skip.*nobody is signed in there.*az login --tenant fabrikam\.com/,
    );
    expect(says(judgeCustomers(unread(ReadProblem.SignIn)))).toMatch(/^skip.*az login --tenant/);
    expect(says(judgeCustomers(unread(ReadProblem.Forbidden)))).toMatch(
      /^skip.*app role Application\.Read\.All in fabrikam\.com.*BOT_CLIENT_SECRET/,
    );
    expect(says(judgeCustomers(unread(ReadProblem.AnyOrganisation)))).toMatch(
      /^skip.*Name each customer's tenant/,
    );
    for (const problem of [ReadProblem.Throttled, ReadProblem.Offline, ReadProblem.WrongSecret]) {
      expect(() => judgeCustomers(unread(problem))).toThrow(CannotTell);
    }
  });
});

describe("an Azure Bot", () => {
  const bot = (changes: Record<string, unknown> = {}) => ({
    name: "b",
    properties: {
      msaAppId: APP_ID,
      msaAppType: "SingleTenant",
      msaAppTenantId: TENANT,
      ...changes,
    },
  });
  it.each<[Record<string, unknown>, RegExp]>([
    [{}, /^pass/],
    [{ msaAppId: "other" }, /^fail.*registered for app id other/],
    [{ msaAppType: "MultiTenant" }, /^warn.*deprecated/],
    [{ msaAppTenantId: "other" }, /^fail.*7505.*tenantId of a call/],
    [
      { msaAppType: "UserAssignedMSI", msaAppMSIResourceId: "/id" },
      /^fail.*made one of type SingleTenant/,
    ],
    [{ msaAppType: "UserAssignedMSI" }, /^fail.*does not say which/],
  ])("%j", (changes, expected) => {
    expect(says(judgeAzureBot(outputsOf(), bot(changes)))).toMatch(expected);
  });
  it("with a managed identity is of that type", () => {
    const identity = { msaAppType: "UserAssignedMSI", msaAppMSIResourceId: "/id" };
    expect(says(judgeAzureBot(managed(), bot(identity)))).toMatch(/^pass/);
  });
});

describe("a channel", () => {
  it("serves the deployment of its cloud, commercial where nothing is said", () => {
    const nothing = {
      isEnabled: true,
      enableCalling: true,
      callingWebhook: undefined,
      deploymentEnvironment: undefined,
    };
    expect(judgeDeployment({}, nothing).status).toBe("pass");
    expect(
      judgeDeployment({ deploymentEnvironment: "GCCModerateDeployment" }, nothing).status,
    ).toBe("fail");
  });
});

describe("the webhook", () => {
  const tls = {
    protocol: "TLSv1.3",
    subject: "bot.contoso.com",
    issuer: "R11",
    names: ["bot.contoso.com"],
    validFrom: new Date(inDays(-10)),
    validTo: new Date(inDays(80)),
    coversName: true,
    selfSigned: false,
    chainProblem: undefined,
    outdatedIssuer: undefined,
  };
  it.each<[Partial<typeof tls> | { chainProblem: string }, RegExp]>([
    [{}, /^pass/],
    [{ chainProblem: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }, /^fail.*full chain/],
    [{ validFrom: new Date(inDays(1)) }, /^fail.*valid from/],
    [{ issuer: "TRAEFIK DEFAULT CERT" }, /^fail.*cert-manager/],
  ])("with a certificate like %j", (changes, expected) => {
    expect(says(judgeTls("bot.contoso.com", { ...tls, ...changes }, NOW))).toMatch(expected);
  });
  it("that takes longer than a call waits fails", () => {
    const at = (milliseconds: number) =>
      judgeTime({ status: 401, location: undefined, milliseconds });
    expect([at(100).status, at(6_000).status, at(15_500).status]).toEqual(["pass", "warn", "fail"]);
  });
  it.each([
    ["ENOTFOUND", "skip"],
    ["ECONNREFUSED", "fail"],
    ["TIMEOUT", "fail"],
    ["ECONNRESET", "fail"],
    ["HPE_HEADER_OVERFLOW", "fail"],
    ["EPROTO", "skip"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "skip"],
  ])("that cannot be reached with %s: %s", (code, status) => {
    expect(unreachable("The webhook", code).status).toBe(status);
  });
  it.each(["ENETUNREACH", "EADDRNOTAVAIL", "EHOSTUNREACH", "EAI_AGAIN"])(
    "that this machine cannot reach with %s is unknown",
    (code) => {
      expect(() => unreachable("The webhook", code)).toThrow(CannotTell);
    },
  );
  it("whose zone does not answer is told from a name that is not there", () => {
    expect(judgeNoAddress("h", "ENOTFOUND").advice).toContain("Make its DNS record");
    expect(() => judgeNoAddress("h", "EAI_AGAIN")).toThrow(CannotTell);
  });
});

describe("a Teams app", () => {
  const app = (value: unknown) => {
    const { app: opened } = openApp(
      "manifest.json",
      new TextEncoder().encode(JSON.stringify(value)),
    );
    if (opened === undefined) throw new Error("the manifest of this test cannot be read");
    return opened;
  };
  const manifest = (bot: Record<string, unknown>) => ({
    manifestVersion: "1.17",
    version: "1.0.0",
    id: "dddddddd-0000-4000-8000-000000000001",
    developer: {
      name: "Contoso",
      websiteUrl: "https://contoso.com",
      privacyUrl: "https://contoso.com/privacy",
      termsOfUseUrl: "https://contoso.com/terms",
    },
    name: { short: "Bot", full: "Bot" },
    description: { short: "Calls.", full: "Takes calls." },
    icons: { color: "color.png", outline: "outline.png" },
    accentColor: "#ffffff",
    bots: [{ botId: APP_ID, scopes: ["personal"], ...bot }],
  });
  it("without calling gives nobody a call button", () => {
    expect(says(judgeTeamsApp(outputsOf(), app(manifest({}))))).toMatch(
      /^fail.*call button.*reinstall/,
    );
  });
  it("of another bot is refused", () => {
    const other = manifest({
      supportsCalling: true,
      botId: "eeeeeeee-0000-4000-8000-000000000001",
    });
    expect(says(judgeTeamsApp(outputsOf(), app(other)))).toMatch(/^fail.*must be the app id/);
  });
  it("with calling for this bot passes", () => {
    expect(says(judgeTeamsApp(outputsOf(), app(manifest({ supportsCalling: true }))))).toMatch(
      /^pass/,
    );
  });
  it("is looked for in the catalogue with its version", () => {
    const wanted = { id: "a", version: "1.2.0" };
    const found = (version: string) => ({
      id: "c",
      appDefinitions: [{ id: "d", version, publishingState: "published" }],
    });
    expect(judgeCatalogue(wanted, found("1.2.0")).status).toBe("pass");
    expect(judgeCatalogue(wanted, found("1.1.0")).status).toBe("warn");
    expect(judgeCatalogue(wanted, undefined).status).toBe("warn");
  });
});

describe("policies that only Teams PowerShell knows", () => {
  const asking = (value: string, id: string) =>
    outputsOf({ permissions: [{ value, id, because: [] }] });
  it("are never a pass: the lines to run are printed for this app", () => {
    const meetings = asking("OnlineMeetings.Read.All", "c1684f21-1984-47fa-9d61-2dc8c296bb70");
    const media = asking("Calls.AccessMedia.All", "a7a681dc-756e-4909-b988-f160edc6655f");
    expect(says(judgeAccessPolicy(meetings))).toMatch(new RegExp(`^skip.*-AppIds "${APP_ID}"`));
    expect(says(judgeRecording(media))).toMatch(/^skip.*8506.*RequiredDuringCall/);
    expect(judgeAccessPolicy(media).advice).toBe("");
    expect(judgeRecording(meetings).advice).toBe("");
  });
});

describe("what people see when a call fails", () => {
  it.each([
    [/7503/, "channel-calling"],
    [/7504/, "consent"],
    [/7505/, "azure-bot"],
    [/managed identity/, "azure-bot"],
    [/missing for hours/, "consent"],
    [/no call button/, "teams-app"],
    [/never reaches the bot/, "webhook-answer"],
    [/Establishing to Terminated.*3002/, "media-endpoint"],
    [/InstancePublicPort/, "media-endpoint"],
    [/ingress-tls/, "webhook-certificate"],
    [/8506/, "recording-policy"],
    [/No Application Access Policy found/, "access-policy"],
  ])("%s is explained by %s", (symptom, id) => {
    const explaining = VERIFY_CHECKS.filter(({ explains = [] }) =>
      explains.some((one) => symptom.test(one)),
    );
    expect(explaining.map((one) => one.id)).toContain(id);
  });

  it("every check has an id of its own and a title", () => {
    const ids = VERIFY_CHECKS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, title } of VERIFY_CHECKS) expect([id, title.length > 10]).toEqual([id, true]);
  });
});

describe("the credential of a stack with a certificate, or with one of before beside it", () => {
  const endDate = inDays(200);
  const own = { endDateTime: endDate };
  const dated = (days: number) => ({ endDateTime: inDays(days) });
  const made = {
    credential: CredentialKind.Certificate,
    credentialGeneration: 0,
    certificate: { thumbprint: "AB", endDate },
  };
  const judged = (
    held: Partial<RegisteredApplication>,
    more: Partial<StackOutputs> = {},
    trusts: Parameters<typeof judgeCredential>[2] = [],
  ) => {
    const { status, finding } = judgeCredential(
      outputsOf({ ...made, ...more }),
      application(held),
      trusts,
      NOW,
    );
    return `${status}: ${finding}`;
  };

  it("is good while the certificate is there and lasts, with one more while it is renewed", () => {
    expect(judged({ keyCredentials: [own] })).toMatch(/^pass: The credential ends in 200 days/);
    expect(judged({ keyCredentials: [own, dated(3)] })).toMatch(/^pass/);
    expect(judged({ keyCredentials: [dated(300)] })).toMatch(/^fail.*no certificate of the stack/);
    const past = inDays(-1);
    const certificate = { thumbprint: "AB", endDate: past };
    expect(judged({ keyCredentials: [{ endDateTime: past }] }, { certificate })).toMatch(
      /^fail.*AADSTS700027/,
    );
  });

  it("has nothing besides that nobody asked for", () => {
    expect(judged({ keyCredentials: [own], passwordCredentials: [dated(90)] })).toMatch(
      /^warn.*made a certificate, and the application has 1 secret besides/,
    );
    const held = { keyCredentials: [own], passwordCredentials: [dated(90), dated(80)] };
    expect(judged(held, { previousCredential: CredentialKind.Secret })).toMatch(/^pass/);
    const federated = { name: "a", issuer: "https://i", subject: "s", audience: "x" };
    const trust = { ...federated, audiences: ["x"] };
    const next = { credential: CredentialKind.Federated, federated: [federated] };
    const { certificate: _, credentialGeneration: __, ...plain } = outputsOf({ ...made, ...next });
    const { status } = judgeCredential(
      { ...plain, previousCredential: CredentialKind.Certificate },
      application({ keyCredentials: [own] }),
      [trust],
      NOW,
    );
    expect(status).toBe("pass");
  });
});
