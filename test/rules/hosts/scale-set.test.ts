import { describe, expect, it } from "vitest";
import { checkScaleSet, ScaleIn, type ScaleSetWish } from "../../../rules/hosts/scale-set.js";
import { HostMedia } from "../../../rules/hosts/sizing.js";
import { formatIssue } from "../../../rules/issue.js";

const SUBSCRIPTION = "/subscriptions/10ca1000-0000-4000-8000-00000000000a/resourceGroups/bots";
const GOOD: ScaleSetWish = {
  certificate: {
    vaultId: `${SUBSCRIPTION}/providers/Microsoft.KeyVault/vaults/contoso`,
    secretName: "bot-contoso-com",
  },
  package: { url: "https://contoso.com/bot.zip", sha256: "0".repeat(64), command: "Bot.exe" },
};

function refusals(wish: Partial<ScaleSetWish>): string[] {
  return checkScaleSet("host", { ...GOOD, ...wish }).map(formatIssue);
}

describe("a scale set", () => {
  it("needs a certificate and a program, and nothing else", () => {
    expect(refusals({})).toEqual([]);
    expect(refusals({ certificate: undefined, package: undefined })).toEqual([
      "host.certificate must be given, because media needs a certificate of a public authority on every machine (Microsoft's media platform). Put one for the bot's host name into a Key Vault, and give vaultId and secretName.",
      "host.package must be given (this package). Say which program the machines run.",
    ]);
  });

  it("has no Spot machines", () => {
    expect(refusals({ priority: "Regular" })).toEqual([]);
    expect(refusals({ priority: "Spot" })).toEqual([
      'host.priority must be Regular, because any other machine is taken away in the middle of its calls (Azure Virtual Machines), got "Spot". Remove it; for less cost choose a smaller size or fewer instances.',
    ]);
  });

  it("has a certificate by its name alone", () => {
    const certificate = { vaultId: "contoso", secretName: "https://contoso.vault.azure.net/x" };
    const [vault, secret] = refusals({ certificate });
    expect(vault).toContain(
      "host.certificate.vaultId must be the resource id of one Microsoft.KeyVault/vaults",
    );
    expect(secret).toBe(
      'host.certificate.secretName must be the name of a certificate: 1 to 127 letters, digits and hyphens (Azure Key Vault), got "https://contoso.vault.azure.net/x". Give its name alone, without the vault\'s address and without a version.',
    );
  });

  it("has numbers that make sense", () => {
    expect(
      refusals({ instances: 0, maxInstances: 101, concurrentCalls: 1.5, headroom: -1 }),
    ).toEqual([
      "host.instances must be a whole number from 1 to 100 (this package), got 0. Correct the number.",
      "host.maxInstances must be a whole number from 1 to 100 (this package), got 101. Correct the number.",
      "host.concurrentCalls must be a whole number from 1 to 1000000 (this package), got 1.5. Correct the number.",
      "host.headroom must be a part of the calls from 0 to 10 (this package), got -1. Correct the number.",
    ]);
    expect(refusals({ instances: 3, maxInstances: 2 })).toEqual([
      "host.maxInstances must not be less than host.instances, 3 (this package), got 2. Raise it, or leave it out.",
    ]);
    expect(refusals({ concurrentCalls: 100, maxInstances: 2 })).toEqual([
      "host.maxInstances must not be less than the machines that the calls need, 9 (this package), got 2. Raise it, or leave it out.",
    ]);
    expect(refusals({ concurrentCalls: 5000, media: HostMedia.Video })).toHaveLength(1);
  });

  it("shrinks only after it could grow", () => {
    expect(refusals({ scaleIn: ScaleIn.Protected, instances: 2, maxInstances: 4 })).toEqual([]);
    expect(refusals({ scaleIn: ScaleIn.Protected })).toEqual([
      'host.scaleIn must be off unless host.maxInstances lets the set grow first (this package), got "protected". Set host.maxInstances to more than 2, or remove it.',
    ]);
  });

  it("stands in zones that there are", () => {
    expect(refusals({ zones: [] })).toEqual([]);
    expect(refusals({ zones: ["1", "3"] })).toEqual([]);
    for (const zones of [["1", "1"], ["4"], ["westeurope-1"]])
      expect(refusals({ zones })).toEqual([
        `host.zones must list zones of the region, each once (Azure Virtual Machines), got "${zones.join(", ")}". Write some of "1", "2", "3", or an empty list for a region without zones.`,
      ]);
  });

  it("starts from an image by its id", () => {
    const compute = `${SUBSCRIPTION}/providers/Microsoft.Compute`;
    for (const image of [
      `${compute}/images/bot`,
      `${compute}/galleries/bots/images/bot`,
      `${compute}/galleries/bots/images/bot/versions/1.0.0`,
    ])
      expect(refusals({ image })).toEqual([]);
    expect(refusals({ image: "WindowsServer:2022" })).toEqual([
      'host.image must be the resource id of an image (Azure Virtual Machines), got "WindowsServer:2022". Copy it from the image\'s properties: /subscriptions/.../Microsoft.Compute/galleries/NAME/images/NAME/versions/1.0.0. Leave it out for Windows Server 2022.',
    ]);
  });

  it("sets the names of ports and certificate itself", () => {
    expect(
      refusals({
        settings: { appsettings__mediainternalport: "1" },
        secretSettings: { AppSettings__CertificateThumbprint: "x" },
      }),
    ).toEqual([
      "host.settings.appsettings__mediainternalport must be left out, because the host sets it from its ports and certificate (this package). Remove it.",
      "host.secretSettings.AppSettings__CertificateThumbprint must be left out, because the host sets it from its ports and certificate (this package). Remove it.",
    ]);
  });

  it("is refused for everything at once", () => {
    const wrong = refusals({
      priority: "Low",
      size: "Standard_D2s_v5",
      domain: "contoso.azurefd.net",
      dnsLabel: "A",
      zones: ["9"],
      image: "x",
      instances: -1,
      package: { command: "x" },
      certificate: { vaultId: "x", secretName: "" },
    });
    expect(wrong.map((text) => text.split(" ")[0])).toEqual([
      "host.domain",
      "host.dnsLabel",
      "host.zones",
      "host.certificate.vaultId",
      "host.certificate.secretName",
      "host.priority",
      "host.size",
      "host.instances",
      "host.image",
      "host.package.command",
    ]);
  });
});
