// What both hosts need while a bot is handed over, on the real engine: assigned once, and still there when the old one is gone.
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { beforeAll, describe, expect, it } from "vitest";
import {
  BotType,
  type CallingBotArgs,
  Capability,
  ConsentMode,
  type HostArgs,
  HostKind,
  HostSlot,
} from "../../components/index.js";
import { SUBSCRIPTION_ID } from "../../local-cloud/well-known.js";
import { asDeployer } from "../support/as-deployer.js";
import { cloudOfFile } from "../support/cloud-of-file.js";
import { type ExistingVault, existingVault } from "../support/existing-vault.js";
import { run } from "../support/test-stack.js";

const { cloud, botStack } = await cloudOfFile();
const { arm } = asDeployer(cloud);

const GROUP = `/subscriptions/${SUBSCRIPTION_ID}/resourceGroups/shared`;
const ZONE = `${GROUP}/providers/Microsoft.Network/dnsZones/contoso.com`;
const REGISTRY = `${GROUP}/providers/Microsoft.ContainerRegistry/registries/contoso`;
const IDENTITY = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/contoso-bot`;

let vault: ExistingVault;
let identity: { resourceId: string; clientId: string; principalId: string };

beforeAll(async () => {
  vault = await existingVault(cloud, "contoso-certificates");
  for (const name of ["bot", "next"]) {
    await vault.importCertificate(name, { names: [`${name}.contoso.com`] });
  }
  const location = "westeurope";
  await arm("PUT", GROUP, "2024-03-01", { location });
  await arm("PUT", ZONE, "2018-05-01", { location: "global" });
  await arm("PUT", REGISTRY, "2023-07-01", { location, sku: { name: "Standard" } });
  const source = { registryUri: "mcr.microsoft.com", sourceImage: "bot:1.4.2" };
  await arm("POST", `${REGISTRY}/importImage`, "2023-07-01", { source });
  const { properties } = Object(await arm("PUT", IDENTITY, "2023-01-31", { location }));
  identity = {
    resourceId: IDENTITY,
    clientId: String(Object(properties).clientId),
    principalId: String(Object(properties).principalId),
  };
});

const consent = { mode: ConsentMode.Grant };
const capabilities = [Capability.CallUsers];

/** Runs in the same way wherever: an image of the registry, secrets of the vault. */
function container(host: HostArgs): HostArgs {
  const image = "contoso.azurecr.io/bot:1.4.2";
  return { image, registryId: REGISTRY, vaultId: vault.id, ...host };
}

/** The role assignments that the engine knows of, by logical name, with the ids that they have in Azure. */
async function assignments(stack: Stack): Promise<Record<string, string>> {
  const { deployment } = await stack.exportStack();
  const found: { urn: string; type: string; id?: string }[] = Object(deployment).resources;
  return Object.fromEntries(
    found
      .filter(({ type }) => type.endsWith(":RoleAssignment"))
      .map(({ urn, id }) => [String(urn.split("::").at(-1)), String(id)]),
  );
}

/** Hands over from the first host to the second, and looks at the roles after each step. */
async function handOver(stackName: string, bot: Partial<CallingBotArgs>, hosts: HostArgs[]) {
  const [old = {}, next = {}] = hosts;
  const args = { capabilities, consent, ...bot };
  const { stack, change } = await botStack(stackName, { ...args, host: old });
  await run(stack, "up");
  const before = await assignments(stack);
  change({ ...args, host: old, otherHost: next });
  const beside = await run(stack, "up");
  change({ ...args, host: next, otherHost: old });
  expect((await run(stack, "up")).steps.sort()).toEqual([
    "update Bot bot",
    "update Channel bot-teams",
  ]);
  change({ ...args, host: next });
  const removed = await run(stack, "up");
  expect(removed.steps.filter((step) => !step.startsWith("delete "))).toEqual([]);
  const after = await assignments(stack);
  for (const id of Object.values(after)) expect(await arm("GET", id, "2022-04-01")).toBeDefined();
  expect((await run(stack, "up")).steps).toEqual([]);
  return { stack, before, beside, removed, after };
}

describe("two hosts that run as one identity", () => {
  it("have its roles at one registry and vault once, which stay when the old host is removed", async () => {
    const { stack, before, after, beside } = await handOver(
      "managed",
      { bot: { type: BotType.UserAssignedMSI } },
      [
        container({ kind: HostKind.AppService }),
        container({ kind: HostKind.ContainerApp, slot: HostSlot.Second }),
      ],
    );
    expect(Object.keys(before).map((name) => name.replace(/[0-9a-f]{8}$/, ""))).toEqual(
      expect.arrayContaining(["bot-secret-reader-", "bot-image-reader-"]),
    );
    expect(Object.keys(before)).toHaveLength(2);
    expect(after).toEqual(before);
    expect(beside.outputs["credential"]).toBe("none");
    await run(stack, "destroy");
  });

  it("are trusted once by the application where the stack gives the identity", async () => {
    const { stack, before, after, beside, removed } = await handOver("given", {}, [
      container({ kind: HostKind.ContainerApp, identity }),
      container({ kind: HostKind.AppService, slot: HostSlot.Second, identity }),
    ]);
    expect(Object.keys(before)).toHaveLength(2);
    expect(after).toEqual(before);
    expect(beside.outputs["federated"]).toMatchObject([
      {
        name: `managed-identity-${identity.principalId.slice(0, 8)}`,
        subject: identity.principalId,
      },
    ]);
    expect([...beside.steps, ...removed.steps].join("\n")).not.toContain("FederatedIdentity");
    await run(stack, "destroy");
  });
});

describe("two sites with certificates in one vault", () => {
  it("let App Service read it once, which stays when the old one is removed", async () => {
    const site = (name: string, slot: HostSlot): HostArgs => ({
      kind: HostKind.AppService,
      slot,
      runtime: "NODE|22-lts",
      domain: `${name}.contoso.com`,
      dnsZoneId: ZONE,
      certificate: { vaultId: vault.id, secretName: name },
    });
    const { stack, before, after } = await handOver("sites", {}, [
      site("bot", HostSlot.First),
      site("next", HostSlot.Second),
    ]);
    const readers = (all: Record<string, string>) =>
      Object.entries(all).filter(([name]) => name.startsWith("bot-certificate-reader-"));
    expect(readers(before)).toHaveLength(1);
    expect(readers(after)).toEqual(readers(before));
    await run(stack, "destroy");
  });
});
