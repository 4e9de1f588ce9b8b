// Two hosts of other kinds than those that test/components/hand-over.test.ts takes all the way, in a preview on the real engine.
import { beforeAll, expect, it } from "vitest";
import {
  type CallingBotArgs,
  Capability,
  ConsentMode,
  type HostArgs,
  HostKind,
  HostSlot,
} from "../../components/index.js";
import { cloudOfFile } from "../support/cloud-of-file.js";
import { type ExistingVault, existingVault } from "../support/existing-vault.js";
import { failureOf, run } from "../support/test-stack.js";

const { cloud, botStack } = await cloudOfFile();

let vault: ExistingVault;

beforeAll(async () => {
  vault = await existingVault(cloud, "contoso-certificates");
  await vault.importCertificate("bot", { names: ["bot.contoso.com", "next.contoso.com"] });
});

function args(host: HostArgs, otherHost: HostArgs): CallingBotArgs {
  const consent = { mode: ConsentMode.Grant };
  return { host, otherHost, consent, capabilities: [Capability.CallUsers] };
}

const site = { kind: HostKind.AppService, runtime: "NODE|22-lts", slot: HostSlot.Second };

it("machines are put up beside machines, each with names of their own", async () => {
  const machines = (name: string, slot: HostSlot): HostArgs => ({
    kind: HostKind.ScaleSet,
    slot,
    domain: `${name}.contoso.com`,
    certificate: { vaultId: vault.id, secretName: "bot" },
    package: {
      url: "https://contoso.blob.core.windows.net/builds/bot-1.4.2.zip",
      sha256: "0123456789abcdef".repeat(4),
      command: "EchoBot.exe",
    },
  });
  const hosts = [machines("bot", HostSlot.First), machines("next", HostSlot.Second)] as const;
  const { stack } = await botStack("machines", args(...hosts));
  const { steps } = await run(stack, "preview");
  for (const type of ["VirtualMachineScaleSet", "PublicIPAddress", "LoadBalancer"]) {
    expect(steps.filter((step) => step.startsWith(`create ${type} `))).toHaveLength(2);
  }
});

it("a site is put up beside a bot that runs elsewhere, and what is wrong with it is said of otherHost", async () => {
  const elsewhere = {
    messagingEndpoint: "https://bot.contoso.com/api/messages",
    callingWebhook: "https://bot.contoso.com/api/calling",
  };
  const { stack, change } = await botStack("elsewhere", args(elsewhere, site));
  const { steps } = await run(stack, "preview");
  expect(steps).toContain("create WebApp bot-second-host-site");
  change(args(elsewhere, { ...site, registryId: "contoso" }));
  const refusal = await failureOf(stack, "preview");
  expect(refusal).toMatch(/otherHost\.(?:image|registryId) must/);
  expect(refusal).not.toMatch(/ host\./);
});
