// What hosts share, made by one stack and given to another.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { HostFoundation, type HostFoundationArgs } from "../../../components/index.js";
import { TENANT_ID } from "../../../local-cloud/index.js";
import { asDeployer } from "../../support/as-deployer.js";
import type { TestCloud } from "../../support/test-cloud.js";
import {
  failureOf,
  newTestStack,
  run,
  startDeployableCloud,
  type TestStack,
} from "../../support/test-stack.js";

let cloud: TestCloud;
const made: TestStack[] = [];
const SUBSCRIPTION = "/subscriptions/10ca1000-0000-4000-8000-00000000000a";

beforeAll(async () => {
  cloud = await startDeployableCloud();
  for (const group of ["shared", "own"]) {
    const id = `${SUBSCRIPTION}/resourceGroups/${group}`;
    await asDeployer(cloud).arm("PUT", id, "2024-03-01", { location: "westeurope" });
  }
});
afterAll(async () => {
  for (const { remove } of made) remove();
  await cloud.remove();
});

/** `args` are read again at every run. */
async function foundation(stackName: string, args: Partial<HostFoundationArgs>) {
  const testStack = await newTestStack({
    cloud,
    stackName,
    program: async () => {
      const { identity, ...outputs } = new HostFoundation("bot", {
        resourceGroupName: stackName,
        resourceName: `contoso-${stackName}`,
        vaultName: `contoso-${stackName}`,
        tenantId: TENANT_ID,
        ...args,
      });
      const { vaultId, vaultUri, workspaceId, subnetId } = outputs;
      const { applicationInsightsConnectionString } = outputs;
      return {
        identity,
        vaultId,
        vaultUri,
        workspaceId,
        subnetId,
        applicationInsightsConnectionString,
      };
    },
  });
  made.push(testStack);
  return testStack.stack;
}

const Vault = z.object({
  properties: z.object({
    networkAcls: z.object({ ipRules: z.array(z.object({ value: z.string() })) }),
  }),
});

function mayNotReadDeletedVaults(): void {
  const code = "AuthorizationFailed";
  cloud.faults.add({ kind: "fail", status: 403, code, path: "/deletedVaults/", skip: 0 });
}

describe("what hosts share", () => {
  it("is taken as it is where it is given: only the right to read the vault is new", async () => {
    const first = await run(await foundation("shared", {}), "up");
    const { vaultId, workspaceId, subnetId } = first.outputs;
    const insights = `${SUBSCRIPTION}/resourceGroups/shared/providers/Microsoft.Insights/components/contoso-shared`;
    const stack = await foundation("own", {
      vaultId: String(vaultId),
      workspaceId: String(workspaceId),
      subnetId: String(subnetId),
      applicationInsightsId: insights,
    });
    const second = await run(stack, "up");
    expect([...second.steps].sort()).toEqual([
      "create RoleAssignment bot-vault-reader",
      "create UserAssignedIdentity bot-identity",
    ]);
    const shared = [
      "vaultId",
      "vaultUri",
      "workspaceId",
      "subnetId",
      "applicationInsightsConnectionString",
    ];
    for (const name of shared) expect(second.outputs[name]).toEqual(first.outputs[name]);
    expect((await run(stack, "up")).steps).toEqual([]);
    await run(stack, "destroy");
  });

  it("says of a given vault that it will not be read, before anything waits for it", async () => {
    const vaultId = `${SUBSCRIPTION}/resourceGroups/own/providers/Microsoft.KeyVault/vaults/contoso-old`;
    await asDeployer(cloud).arm("PUT", vaultId, "2024-11-01", {
      location: "westeurope",
      properties: {
        tenantId: TENANT_ID,
        sku: { family: "A", name: "standard" },
        accessPolicies: [],
        networkAcls: { defaultAction: "Deny", bypass: "AzureServices" },
      },
    });
    const subnetId = `${SUBSCRIPTION}/resourceGroups/own/providers/Microsoft.Network/virtualNetworks/own/subnets/own`;
    const { text } = await run(await foundation("shut", { vaultId, subnetId }), "preview");
    expect(text).toContain("The vault contoso-old uses access policies, so the role");
    expect(text).toContain("the host's subnet is not among them");
  });

  it("assigns no role to an identity that has it already", async () => {
    const stack = await foundation("bare", { grantRoles: false });
    mayNotReadDeletedVaults();
    const { steps, text } = await run(stack, "preview");
    cloud.faults.clear();
    expect(steps.filter((step) => step.includes("RoleAssignment"))).toEqual([]);
    expect(text).toContain("bot-vault");
    // A deployer of the group alone: its first vault must come up all the same.
    expect(text).toContain(
      "Whether Azure keeps a deleted vault contoso-bare could not be read (got the answer 403). If there is one, it is not brought back and making the vault fails with ConflictError: let whoever deploys read Microsoft.KeyVault/locations/deletedVaults of the subscription, or run `az keyvault recover --name contoso-bare` and import the vault.",
    );
  });

  it("brings back the vault that it left behind, wherever the region comes from", async () => {
    const group = `${SUBSCRIPTION}/resourceGroups/north`;
    await asDeployer(cloud).arm("PUT", group, "2024-03-01", { location: "northeurope" });
    const north = { resourceGroupName: "north", vaultName: "contoso-north" };
    const ofGroup = await foundation("north", north);
    const ofStack = await foundation("north-said", { ...north, location: "North Europe" });
    await ofGroup.removeConfig("azure-native:location");
    for (const stack of [ofGroup, ofStack, ofGroup]) {
      expect((await run(stack, "up")).outputs["vaultUri"]).toContain("contoso-north");
      await run(stack, "destroy");
    }
  });

  it("gives a vault that was brought back the firewall that is asked for now", async () => {
    const group = `${SUBSCRIPTION}/resourceGroups/back`;
    await asDeployer(cloud).arm("PUT", group, "2024-03-01", { location: "westeurope" });
    const firewallOf = async () => {
      const vault = `${group}/providers/Microsoft.KeyVault/vaults/contoso-back`;
      const { properties } = Vault.parse(await asDeployer(cloud).arm("GET", vault, "2024-11-01"));
      return properties.networkAcls.ipRules.map(({ value }) => value);
    };
    const args = { allowedAddresses: ["20.30.40.0/24"] };
    const stack = await foundation("back", args);
    await run(stack, "up");
    await run(stack, "destroy");

    args.allowedAddresses = ["20.30.50.0/24"];
    const { text } = await run(stack, "up");
    expect(text).toContain(
      "The deleted vault contoso-back is brought back, with its secrets and with the firewall it had: what is asked for now is set by the next run. Run `pulumi up` once more after this one.",
    );
    // As the service does it, or the next run would prove nothing.
    expect(await firewallOf()).toEqual(["20.30.40.0/24"]);

    expect((await run(stack, "up")).steps).toEqual(["update Vault bot-vault"]);
    expect(await firewallOf()).toEqual(["20.30.50.0/24"]);

    mayNotReadDeletedVaults();
    const last = await run(stack, "up");
    cloud.faults.clear();
    expect(last.steps).toEqual([]);
    expect(last.text).not.toContain("deleted vault");
  });

  it("lets nobody else at the vault but public addresses that are named", async () => {
    const stack = await foundation("wrong", { allowedAddresses: ["10.0.0.1"] });
    expect(await failureOf(stack, "preview")).toContain(
      'allowedAddresses[0] must be a public IPv4 address, or a range of them as in 20.30.40.0/24 (Azure Key Vault), got "10.0.0.1".',
    );
  });
});
