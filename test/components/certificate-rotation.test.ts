// Certificates that follow one another while a bot signs in all the time, and the way from a secret to a certificate to none at
// all, on the real engine.
import { describe, expect, it } from "vitest";
import { type BotCredentialArgs, CredentialKind } from "../../components/index.js";
import { cloudAccess, graphClientOf } from "../../scripts/read-back.js";
import { signInWithCertificate } from "../support/certificate-sign-in.js";
import { cloudOfFile } from "../support/cloud-of-file.js";
import { testCertificate } from "../support/test-certificates.js";
import { failureInProcess, run } from "../support/test-stack.js";
import { whileSigningIn } from "../support/while-signing-in.js";
import { ARGS } from "./refused-programs.js";

const { cloud, botStack } = await cloudOfFile();

/** Certificate and key, and the certificate alone. */
async function certificate(days: number) {
  const notAfter = new Date(Date.now() + days * 86_400_000);
  const { pem } = await testCertificate({ names: ["contoso-bot"], notAfter, selfSigned: true });
  const at = pem.indexOf("-----BEGIN CERTIFICATE-----");
  return { pem, publicPart: pem.slice(at) };
}

const [first, second, third, fourth] = await Promise.all([100, 200, 300, 400].map(certificate));
if (!first || !second || !third || !fourth) throw new Error("four certificates were made");
const all = [first, second, third, fourth];

function credentialAt(generation: number): BotCredentialArgs {
  const kind = CredentialKind.Certificate;
  const [before, now] = [all[generation - 1], all[generation]];
  return {
    kind,
    generation,
    certificate: now?.publicPart ?? "",
    ...(before === undefined ? {} : { previousCertificate: before.publicPart }),
  };
}

describe("a certificate", () => {
  it("is renewed three times while the bot signs in without a break, each living until the next but one", async () => {
    const bot = await botStack("test", { ...ARGS, credential: credentialAt(0) });
    const { stack, change } = bot;
    const { outputs, steps } = await run(stack, "up");
    expect(steps).toContain("create ApplicationCertificate bot-certificate");
    const appId = String(outputs["appId"]);
    const signIn = (pem: string) => signInWithCertificate(cloud, appId, pem);
    expect(outputs).toMatchObject({
      credential: "certificate",
      credentialGeneration: 0,
      certificate: { thumbprint: expect.stringMatching(/^[0-9A-F]{40}$/) },
    });
    expect((await run(stack, "up")).steps).toEqual([]);

    for (const generation of [1, 2, 3]) {
      change({ ...ARGS, credential: credentialAt(generation) });
      const held = all[generation - 1]?.pem ?? "";
      const { refused, count } = await whileSigningIn(
        () => signIn(held),
        () => run(stack, "up"),
      );
      expect(refused).toEqual([]);
      expect(count).toBeGreaterThan(5);
      expect((await run(stack, "preview")).steps).toEqual([]);
      expect(await Promise.all(all.map(({ pem }) => signIn(pem)))).toEqual(
        all.map((_, i) => (i === generation || i === generation - 1 ? "ok" : "700027")),
      );
    }

    // Neither another one in its place, nor a successor without it.
    const module = new URL("./certificate-rotation-program.ts", import.meta.url).href;
    const request = { module, exportName: "withCredential", operation: "up" };
    const { previousCertificate: _, ...alone } = credentialAt(3);
    const refusals: [BotCredentialArgs, string][] = [
      [
        { ...alone, certificate: first.publicPart },
        "credential.certificate must be the certificate",
      ],
      [
        { ...alone, generation: 4, certificate: first.publicPart },
        "credential.previousCertificate must be the certificate",
      ],
      [{ ...alone, generation: 5 }, "credential.generation must be 3, or 4"],
    ];
    for (const [credential, sentence] of refusals) {
      process.env["ROTATION_CREDENTIAL"] = JSON.stringify(credential);
      expect(await failureInProcess(bot, cloud, request)).toContain(sentence);
    }
    expect(await signIn(fourth.pem)).toBe("ok");

    // When the bot has the new one, that of before can be taken away; the private key was nowhere.
    change({ ...ARGS, credential: alone });
    expect((await run(stack, "up")).steps).toEqual([
      "delete ApplicationCertificate bot-certificate",
    ]);
    expect(bot.stateText()).not.toContain("PRIVATE KEY");
    await run(stack, "destroy");
  });

  it("takes the place of a secret, and a federated credential its own, without a moment in which none is good", async () => {
    const secret = { kind: CredentialKind.Secret, generation: 2 };
    const { stack, change } = await botStack("guided", { ...ARGS, credential: secret });
    const { outputs } = await run(stack, "up");
    const appId = String(outputs["appId"]);
    const graph = graphClientOf(cloudAccess(process.env));
    const held = async () => {
      const read = await graph.api(`/applications/${outputs["applicationObjectId"]}`).get();
      const { passwordCredentials, keyCredentials } = Object(read);
      return [passwordCredentials.length, keyCredentials.length];
    };
    const withCertificate = credentialAt(0);
    const federated = {
      kind: CredentialKind.Federated,
      federated: [{ name: "cluster", issuer: "https://oidc.contoso.com", subject: "system:a" }],
    };
    const path: [BotCredentialArgs, string[], number[]][] = [
      [
        { ...withCertificate, previous: secret },
        ["create ApplicationCertificate bot-certificate"],
        [2, 1],
      ],
      [
        withCertificate,
        ["delete ApplicationPassword bot-secret", "delete ApplicationPassword bot-secret-2"],
        [0, 1],
      ],
      [
        { ...federated, previous: withCertificate },
        ["create ApplicationFederatedIdentityCredential bot-federated-cluster"],
        [0, 1],
      ],
      [federated, ["delete ApplicationCertificate bot-certificate"], [0, 0]],
    ];
    for (const [credential, steps, counts] of path) {
      change({ ...ARGS, credential });
      expect((await run(stack, "up")).steps.sort()).toEqual(steps);
      expect((await run(stack, "preview")).steps).toEqual([]);
      expect(await held()).toEqual(counts);
      const good = await signInWithCertificate(cloud, appId, first.pem);
      expect(good === "ok").toBe(counts[1] === 1);
    }
    await run(stack, "destroy");
  });
});
