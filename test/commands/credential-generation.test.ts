// When `verify` says that the stack's secret has to get its successor.
import { describe, expect, it } from "vitest";
import { judgeGeneration } from "../../commands/verify/checks/credential-generation.js";
import type { RegisteredApplication } from "../../graph/registered-application.js";
import { CredentialKind } from "../../rules/credential.js";
import { APP_ID, outputsOf } from "./bot-outputs.js";

const NOW = new Date("2026-11-24T12:00:00Z");
const ends = (displayName: string, days: number) => ({
  displayName,
  endDateTime: new Date(NOW.getTime() + days * 86_400_000).toISOString(),
});

function judged(
  credentialGeneration: number,
  ...passwordCredentials: RegisteredApplication["passwordCredentials"]
) {
  const application = applicationWith(passwordCredentials);
  const bot = outputsOf({ credential: CredentialKind.Secret, credentialGeneration });
  const { status, finding, advice } = judgeGeneration(bot, application, NOW);
  return `${status}: ${finding} ${advice}`;
}

function applicationWith(
  passwordCredentials: RegisteredApplication["passwordCredentials"],
): RegisteredApplication {
  return {
    id: "object",
    appId: APP_ID,
    tags: [],
    identifierUris: [],
    requiredResourceAccess: [],
    keyCredentials: [],
    passwordCredentials,
  };
}

describe("the check credential-generation", () => {
  it("looks at the current secret, not at the one before it", () => {
    const [old, now] = [ends("bot (generation 1)", 10), ends("bot (generation 2)", 300)];
    expect(judged(2, old, now)).toBe("pass: The secret of generation 2 ends in 300 days. ");
  });

  it("says which number to set, in time and too late", () => {
    const raise =
      "Set credential.generation to 1 and run pulumi up: the secret of today stays good until the time after that.";
    expect(judged(0, ends("bot", 44))).toBe(
      `warn: The secret of generation 0 ends in 44 days. ${raise}`,
    );
    expect(judged(0, ends("bot", -1))).toBe(`fail: The secret of generation 0 has ended. ${raise}`);
    expect(judged(3, ends("bot (generation 2)", 90))).toContain(
      "fail: The application has no secret of generation 3: somebody has deleted it. Set credential.generation to 4",
    );
  });

  it("looks at the stack's certificate by its end, and says how to renew it", () => {
    const of = (days: number) => {
      const { endDateTime } = ends("CN=bot", days);
      const certificate = { thumbprint: "AB", endDate: endDateTime };
      const credential = CredentialKind.Certificate;
      const bot = outputsOf({ credential, credentialGeneration: 1, certificate });
      const keyCredentials = [ends("CN=old", 5), { endDateTime }];
      return (held = keyCredentials) => {
        const application = { ...applicationWith([]), keyCredentials: held };
        const { status, finding, advice } = judgeGeneration(bot, application, NOW);
        return `${status}: ${finding} ${advice}`;
      };
    };
    expect(of(300)()).toBe("pass: The certificate of generation 1 ends in 300 days. ");
    expect(of(44)()).toMatch(
      /^warn: The certificate of generation 1 ends in 44 days\. Set credential\.generation to 2 and run pulumi up: write its successor as credential\.certificate/,
    );
    expect(of(-2)()).toMatch(/^fail: The certificate of generation 1 has ended/);
    expect(of(300)([ends("CN=old", 5)])).toMatch(/^fail: The application has no certificate/);
  });

  it("has nothing to say of other credentials", () => {
    const bot = outputsOf({ credential: CredentialKind.Federated });
    expect(judgeGeneration(bot, applicationWith([]), NOW).status).toBe("skip");
  });
});
