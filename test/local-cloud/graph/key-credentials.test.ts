// Certificates of an application, as Graph keeps them and as the token endpoint judges what is signed with them.
import { X509Certificate } from "node:crypto";
import { ClientCertificateCredential } from "@azure/identity";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloudAccess, graphClientOf } from "../../../scripts/read-back.js";
import { type AssertionOptions, signInWithCertificate } from "../../support/certificate-sign-in.js";
import { testCertificate } from "../../support/test-certificates.js";
import { startTestCloud, type TestCloud } from "../../support/test-cloud.js";

const DAY_MS = 86_400_000;
let cloud: TestCloud;
let graph: ReturnType<typeof graphClientOf>;

beforeAll(async () => {
  cloud = await startTestCloud();
  Object.assign(process.env, cloud.environment());
  graph = graphClientOf(cloudAccess(process.env));
});
afterAll(() => cloud.remove());

async function made(days: number) {
  const { pem, der } = await testCertificate({
    selfSigned: true,
    notAfter: new Date(Date.now() + days * DAY_MS),
  });
  return { pem, key: Buffer.from(der).toString("base64") };
}

const keyed = (key: string) => ({ type: "AsymmetricX509Cert", usage: "Verify", key });

async function application(keyCredentials: object[]) {
  const { id, appId } = await graph
    .api("/applications")
    .post({ displayName: "Bot", keyCredentials });
  await graph.api("/servicePrincipals").post({ appId });
  return { path: `/applications/${id}`, appId };
}

/** The refusal's message; empty when there is none. */
async function problemOf(keyCredentials: object[]): Promise<string> {
  return graph
    .api("/applications")
    .post({ displayName: "Bot", keyCredentials })
    .then(() => "")
    .catch(({ message, body }) => `${message} ${body}`);
}

describe("a certificate of an application", () => {
  it("is kept with its thumbprint and its own dates, without showing its key, by a list that names it by its id", async () => {
    const [first, second] = [await made(100), await made(200)];
    const { path } = await application([keyed(first.key)]);
    const { keyCredentials } = await graph.api(path).get();
    const { fingerprint, validTo } = new X509Certificate(first.pem);
    expect(keyCredentials).toEqual([
      {
        customKeyIdentifier: fingerprint.replaceAll(":", ""),
        displayName: "CN=bot.contoso.com",
        endDateTime: new Date(validTo).toISOString().replace(".000", ""),
        key: null,
        keyId: expect.any(String),
        startDateTime: expect.any(String),
        type: "AsymmetricX509Cert",
        usage: "Verify",
      },
    ]);
    const pem = Buffer.from(second.pem.slice(second.pem.indexOf("-----BEGIN CERT"))).toString(
      "base64",
    );
    await graph.api(path).patch({ keyCredentials: [...keyCredentials, keyed(pem)] });
    const both = (await graph.api(path).get()).keyCredentials;
    expect(both[0]).toEqual(keyCredentials[0]);
    expect(both).toHaveLength(2);
    await graph.api(path).patch({ displayName: "Other" });
    expect((await graph.api(path).get()).keyCredentials).toEqual(both);
    await graph.api(path).patch({ keyCredentials: [both[1]] });
    expect((await graph.api(path).get()).keyCredentials).toEqual([both[1]]);
  });

  it("is refused when it is none, ends after itself, or is longer than the tenant's policy allows", async () => {
    const { key } = await made(100);
    expect(await problemOf([keyed("AAAA")])).toContain("keyCredentials[0].key is no certificate");
    const later = new Date(Date.now() + 101 * DAY_MS).toISOString();
    expect(await problemOf([{ ...keyed(key), endDateTime: later }])).toContain("own end");
    expect(await problemOf([{ ...keyed(key), type: "Symmetric" }])).toContain("does not have keys");
    expect(await problemOf([{ ...keyed(key), usage: "Sign" }])).toContain("another usage");
    const tenant = cloud.environment()["AZURE_TENANT_ID"] ?? "";
    const lifetime = { restrictionType: "asymmetricKeyLifetime", maxLifetime: "P90D" };
    cloud.policies.set(tenant, {
      defaultAppManagementPolicy: {
        isEnabled: true,
        applicationRestrictions: { keyCredentials: [lifetime] },
      },
    });
    expect(await problemOf([keyed(key)])).toContain("Credential lifetime exceeds the max value");
    expect(await problemOf([keyed((await made(80)).key)])).toBe("");
    cloud.policies.set(tenant, {});
  });
});

describe("a client assertion that is signed with a certificate", () => {
  it("signs a stock client in", async () => {
    const { pem, key } = await made(100);
    const { appId } = await application([keyed(key)]);
    const { AZURE_AUTHORITY_HOST: authorityHost = "", AZURE_TENANT_ID: tenant = "" } =
      cloud.environment();
    const credential = new ClientCertificateCredential(
      tenant,
      appId,
      { certificate: pem },
      { authorityHost, disableInstanceDiscovery: true },
    );
    const { token } = await credential.getToken("https://graph.microsoft.com/.default");
    expect(token.split(".")).toHaveLength(3);
  });

  it("is judged by its header, its audience, its subject and its time", async () => {
    const [held, other] = [await made(100), await made(200)];
    const { appId } = await application([keyed(held.key)]);
    const signIn = (options: AssertionOptions, pem = held.pem) =>
      signInWithCertificate(cloud, appId, pem, options);
    expect(await signIn({})).toBe("ok");
    expect(await signIn({ header: "x5t", algorithm: "RS256" })).toBe("ok");
    expect(await signIn({}, other.pem)).toBe("700027");
    expect(await signIn({ header: "none" })).toBe("50027");
    expect(await signIn({ audience: "https://login.example.com/x/v2.0" })).toBe("700023");
    expect(await signIn({ subject: "somebody" })).toBe("700021");
    expect(await signIn({ endsIn: -600 })).toBe("700024");
  });

  it("is refused once the certificate has ended", async () => {
    const ended = await testCertificate({
      selfSigned: true,
      notBefore: new Date(Date.now() - 9 * DAY_MS),
      notAfter: new Date(Date.now() - DAY_MS),
    });
    const { appId } = await application([keyed(Buffer.from(ended.der).toString("base64"))]);
    expect(await signInWithCertificate(cloud, appId, ended.pem)).toBe("700027");
  });
});
