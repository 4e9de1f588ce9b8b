// The certificate of a bot on Windows machines, which is in a vault before the stack comes up: on the real engine.
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SUBSCRIPTION_ID } from "../../../local-cloud/well-known.js";
import { type ExistingVault, existingVault } from "../../support/existing-vault.js";
import { resourceOf } from "../../support/stack-state.js";
import type { TestCloud } from "../../support/test-cloud.js";
import {
  failureInProcess,
  failureOf,
  newTestStack,
  run,
  startDeployableCloud,
  type TestStack,
} from "../../support/test-stack.js";
import { missingCertificate, VAULT, WRONG } from "./refused-scale-sets.js";
import { CERTIFICATE, DOMAIN, type ScaleSetWishes, scaleSetStack } from "./scale-set-stack.js";

const DAY_MS = 24 * 60 * 60 * 1000;

let cloud: TestCloud;
let vault: ExistingVault;
const made: TestStack[] = [];

beforeAll(async () => {
  cloud = await startDeployableCloud();
  vault = await existingVault(cloud, VAULT);
  await vault.importCertificate(CERTIFICATE, { names: [DOMAIN] });
});
afterAll(async () => {
  for (const { remove } of made) remove();
  await cloud.remove();
});

async function newStack(stackName: string, first: ScaleSetWishes = {}) {
  const stack = await scaleSetStack(cloud, vault, stackName, first);
  made.push(stack);
  return stack;
}

/** What a person sees of a program that is refused late. */
async function refusal(exportName: string, operation: "preview" | "up"): Promise<string> {
  const testStack = await newTestStack({ cloud, program: missingCertificate });
  made.push(testStack);
  const module = fileURLToPath(new URL("./refused-scale-sets.ts", import.meta.url));
  return await failureInProcess(testStack, cloud, { module, exportName, operation });
}

describe("a certificate for media", () => {
  it("that is not in the vault is a sentence in the preview", async () => {
    const text = await refusal("missingCertificate", "preview");
    expect(text).toContain(
      'certificate must name a certificate that is in the vault (Azure Key Vault), got "nowhere".',
    );
    expect(text).not.toMatch(/\bat .*\.[jt]s:\d+/);
  });

  it("that cannot work is refused with everything that is wrong (peers: 3002, certificate expired or self-signed)", async () => {
    await vault.importCertificate(WRONG, {
      names: ["bot.fabrikam.com"],
      selfSigned: true,
      notBefore: new Date(Date.now() - 20 * DAY_MS),
      notAfter: new Date(Date.now() - DAY_MS),
    });
    const text = await refusal("wrongCertificate", "up");
    expect(text).toContain("certificate must be issued by a public authority, not by itself");
    expect(text).toContain("certificate must not have expired");
    expect(text).toContain(`certificate must cover the host name ${DOMAIN}`);
    const addresses = cloud.requests
      .all()
      .filter(({ method, path }) => method === "PUT" && path.includes("publicIPAddresses"));
    expect(addresses).toEqual([]);
  });

  it("that cannot work leaves nothing of a whole bot behind, where nobody looks at a preview either", async () => {
    const before = cloud.requests.all().length;
    // As with `--skip-preview`: the automation of the engine looks at none.
    const text = await refusal("machinesWithoutCertificate", "up");
    expect(text.match(/certificate must name a certificate/g)).toHaveLength(1);
    const writes = cloud.requests
      .all()
      .slice(before)
      .filter(
        ({ method, path }) =>
          method === "PUT" ||
          (method === "POST" && /\/(applications|servicePrincipals)$/.test(path)),
      );
    expect(writes).toEqual([]);
  });

  it("that does not cover the name which Azure gives is refused before there is a machine", async () => {
    await vault.importCertificate("other-name", { names: [DOMAIN] });
    expect(await refusal("otherName", "up")).toContain(
      "certificate must cover the host name contoso-refused.westeurope.cloudapp.azure.com",
    );
  });

  it("may be for the name which Azure gives, and is talked about when it ends soon", async () => {
    const hostName = "contoso-named.westeurope.cloudapp.azure.com";
    await vault.importCertificate("named", {
      names: [hostName],
      notAfter: new Date(Date.now() + 10.5 * DAY_MS),
    });
    const { stack } = await newStack("named", {
      address: { certificate: { vaultId: vault.id, secretName: "named" } },
      azureName: true,
    });
    const { outputs, text } = await run(stack, "up");
    expect(outputs).toMatchObject({ hostName, callingWebhook: `https://${hostName}/api/calling` });
    expect(text).toMatch(/The certificate named ends on \d{4}-\d\d-\d\d, in 10 days\./);
  });

  it("leads a domain to the address by a record, where a zone is given", async () => {
    const { stack, change } = await newStack("zone", { ownZone: true });
    await run(stack, "up");
    const record = await resourceOf(stack, "RecordSet", "bot-domain");
    expect(record.inputs).toMatchObject({
      recordType: "CNAME",
      relativeRecordSetName: "bot",
      cnameRecord: { cname: "contoso-zone.westeurope.cloudapp.azure.com" },
    });

    // The top of a zone cannot be another name for something.
    await vault.importCertificate("top", { names: ["contoso.com"] });
    const certificate = { vaultId: vault.id, secretName: "top" };
    change({ ownZone: true, address: { domain: "contoso.com", certificate } });
    await run(stack, "up");
    const address = await resourceOf(stack, "PublicIPAddress", "bot-public-ip");
    expect((await resourceOf(stack, "RecordSet", "bot-domain")).inputs).toMatchObject({
      recordType: "A",
      relativeRecordSetName: "@",
      aRecords: [{ ipv4Address: address.outputs["ipAddress"] }],
    });
  });

  it("that machines may not read fails them, and the next run finishes when they may", async () => {
    const closed = await existingVault(cloud, "contoso-shut");
    await closed.importCertificate(CERTIFICATE, { names: [DOMAIN] });
    await closed.closeTo();
    const { stack } = await newStack("closed", {
      address: { certificate: { vaultId: closed.id, secretName: CERTIFICATE } },
    });
    const text = await failureOf(stack, "up");
    expect(text).toContain(
      `Whether the certificate ${CERTIFICATE} will do is not known, because the vault answered 403 to whoever deploys.`,
    );
    expect(text).toContain(
      "The vault contoso-shut lets in only what its network rules name, and the host's subnet is not among them.",
    );
    expect(text).toContain("VMExtensionProvisioningError");

    const network = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/closed/providers/Microsoft.Network`;
    await closed.closeTo(`${network}/virtualNetworks/contoso-closed/subnets/host`);
    expect((await run(stack, "up")).text).not.toContain("lets in only what its network rules name");
    expect((await run(stack, "preview")).steps).toEqual([]);
    await run(stack, "destroy");
    expect((await run(stack, "destroy")).steps).toEqual([]);
  });
});
