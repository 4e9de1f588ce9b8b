// Microsoft's own clients of a vault, unmodified, over TLS, in a process of their own.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { DEPLOYER } from "../../../local-cloud/well-known.js";
import { startTestCloud, type TestCloud } from "../../support/test-cloud.js";

const SCRIPT = fileURLToPath(new URL("stock-client.ts", import.meta.url));
let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.remove());

it("take the challenge, and find secrets and certificates as they would in Azure", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", SCRIPT], {
    env: {
      ...process.env,
      ...cloud.environment(),
      NODE_EXTRA_CA_CERTS: cloud.caPath,
      STOCK_PRINCIPAL_ID: DEPLOYER.servicePrincipalId,
    },
  });
  expect(JSON.parse(stdout)).toEqual({
    withoutRole: expect.objectContaining({ statusCode: 403, code: "Forbidden" }),
    missing: expect.objectContaining({ statusCode: 404, code: "SecretNotFound" }),
    newest: "two",
    first: expect.objectContaining({
      name: "media",
      value: "one",
      properties: expect.objectContaining({
        enabled: true,
        tags: { for: "bot" },
        recoveryLevel: "Recoverable+Purgeable",
        vaultUrl: `https://stock-kv.vault.localhost:${new URL(cloud.origins.vault).port}`,
      }),
    }),
    versions: 2,
    secrets: ["media"],
    deleted: "media",
    recovered: "media",
    certificate: {
      name: "web",
      same: true,
      names: ["bot.contoso.com"],
      expires: true,
      version: true,
    },
    certificates: ["web"],
    certificateSecret: "application/x-pem-file",
    noCertificate: expect.objectContaining({ statusCode: 404, code: "CertificateNotFound" }),
  });
});
