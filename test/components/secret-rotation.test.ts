// Client secrets that follow one another while a bot signs in all the time, on the real engine.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { CallingBot, CredentialKind, stackOutputs } from "../../components/index.js";
import { asDeployer } from "../support/as-deployer.js";
import { type ExistingVault, existingVault } from "../support/existing-vault.js";
import type { TestCloud } from "../support/test-cloud.js";
import {
  failureInProcess,
  newTestStack,
  run,
  startDeployableCloud,
  type TestStack,
} from "../support/test-stack.js";
import { whileSigningIn } from "../support/while-signing-in.js";
import { ARGS } from "./refused-programs.js";

let cloud: TestCloud;
let vault: ExistingVault;
let generation: number | undefined;
let testStack: TestStack;

beforeAll(async () => {
  cloud = await startDeployableCloud();
  vault = await existingVault(cloud, "rotation");
  testStack = await newTestStack({
    cloud,
    program: async () => {
      const bot = new CallingBot("bot", {
        ...ARGS,
        credential: {
          kind: CredentialKind.Secret,
          vaultId: vault.id,
          secretName: "reception",
          ...(generation === undefined ? {} : { generation }),
        },
      });
      return { ...stackOutputs(bot), clientSecret: bot.clientSecret };
    },
  });
});
afterAll(async () => {
  testStack.remove();
  await cloud.remove();
});

/** What the token endpoint says: "ok", or its error code. */
async function signIn(appId: string, secret: string): Promise<string> {
  const { AZURE_AUTHORITY_HOST: login, AZURE_TENANT_ID: tenant } = cloud.environment();
  const answer = await fetch(`${login}/${tenant}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: appId,
      client_secret: secret,
      scope: "https://graph.microsoft.com/.default",
    }),
  });
  if (answer.ok) return "ok";
  const { error_codes } = z.object({ error_codes: z.array(z.number()) }).parse(await answer.json());
  return String(error_codes[0]);
}

const Secret = z.object({ value: z.string(), attributes: z.object({ exp: z.number() }) });

async function secretInVault() {
  const read = await asDeployer(cloud).vault("GET", `${vault.uri}/secrets/reception`);
  return Secret.parse(read);
}

describe("a client secret", () => {
  it("is renewed three times while the bot signs in without a break, each living until the next but one", async () => {
    const { stack } = testStack;
    const first = await run(stack, "up");
    const appId = String(first.outputs["appId"]);
    const secrets = [String(first.outputs["clientSecret"])];
    expect(first.outputs["credentialGeneration"]).toBe(0);
    expect((await run(stack, "up")).steps).toEqual([]);

    for (generation = 1; generation <= 3; generation++) {
      const held = secrets.at(-1) ?? "";
      const { result, refused, count } = await whileSigningIn(
        () => signIn(appId, held),
        () => run(stack, "up"),
      );
      expect(refused).toEqual([]);
      expect(count).toBeGreaterThan(5);
      secrets.push(String(result.outputs["clientSecret"]));
      expect((await run(stack, "preview")).steps).toEqual([]);
      const [before, now] = secrets.slice(-2);
      expect(await Promise.all([signIn(appId, before ?? ""), signIn(appId, now ?? "")])).toEqual([
        "ok",
        "ok",
      ]);
    }
    // Only the last two are good.
    expect(await Promise.all(secrets.map((secret) => signIn(appId, secret)))).toEqual([
      "7000215",
      "7000215",
      "ok",
      "ok",
    ]);
    expect(new Set(secrets).size).toBe(4);
    expect((await secretInVault()).value).toBe(secrets[3]);
    expect(testStack.stateText()).not.toContain(secrets[3]);
  });

  it("is not renewed twice at once, which would end the one that the bot is using", async () => {
    process.env["ROTATION_VAULT"] = vault.id;
    const text = await failureInProcess(testStack, cloud, {
      module: new URL("./rotating-program.ts", import.meta.url).href,
      exportName: "fifthGeneration",
      operation: "up",
    });
    expect(text).toContain(
      "credential.generation must be 3, or 4 for a new secret: another number would end the secret that the bot is using (this package), got 5. Set it to 4",
    );
  });
});
