import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  certificateExtension,
  healthExtension,
  setupExtension,
} from "../../../rules/hosts/machine-extensions.js";
import { computerNamePrefix, machineModel } from "../../../rules/hosts/machine-image.js";
import { portPlan } from "../../../rules/hosts/ports.js";

const GALLERY =
  "/subscriptions/10ca1000-0000-4000-8000-00000000000a/resourceGroups/bots/providers/Microsoft.Compute/galleries/bots/images/bot";

describe("what a machine starts from", () => {
  it("is Windows Server 2022 of the generation that its size has", () => {
    expect(machineModel("Standard_D4s_v5", undefined)).toEqual({
      imageReference: {
        publisher: "MicrosoftWindowsServer",
        offer: "WindowsServer",
        sku: "2022-datacenter-azure-edition",
        version: "latest",
      },
      trustedLaunch: true,
      acceleratedNetworking: true,
    });
    expect(machineModel("Standard_D3_v2", undefined)).toMatchObject({
      imageReference: { sku: "2022-datacenter" },
      trustedLaunch: false,
    });
  });

  it("is the stack's own image, with Trusted Launch where an image can have it", () => {
    expect(machineModel("Standard_D4s_v5", GALLERY)).toMatchObject({
      imageReference: { id: GALLERY },
      trustedLaunch: true,
    });
    const managed = GALLERY.replace("galleries/bots/images", "images");
    expect(machineModel("Standard_D4s_v5", managed).trustedLaunch).toBe(false);
  });
});

describe("the name of a Windows machine", () => {
  it("has a prefix of 1 to 9 letters and digits, the first a letter", () => {
    expect(computerNamePrefix("teams-calling-bot-dev-1a2b3c")).toBe("teamscall");
    expect(computerNamePrefix("42-bots")).toBe("bots");
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(computerNamePrefix(name)).toMatch(/^[a-zA-Z][a-zA-Z0-9]{0,8}$/);
      }),
    );
  });
});

describe("the extensions of a machine", () => {
  const certificates = certificateExtension({
    certificateUrl: "https://contoso.vault.azure.net/secrets/bot",
    identityClientId: "10ca1000-0000-4000-8000-000000000001",
  });
  const setup = setupExtension({ command: "powershell.exe", tag: "1" });
  const health = healthExtension(portPlan(2), "/health");

  it("come in order: certificate, set-up, health", () => {
    expect([certificates, setup, health].map((it) => it.provisionAfterExtensions ?? [])).toEqual([
      [],
      [certificates.name],
      [setup.name],
    ]);
  });

  it("keep keys as old media SDKs can use them, and take renewed certificates", () => {
    expect(certificates).toMatchObject({
      typeHandlerVersion: "3.0",
      enableAutomaticUpgrade: false,
    });
    expect(certificates.settings).toEqual({
      secretsManagementSettings: {
        pollingIntervalInS: "3600",
        linkOnRenewal: true,
        requireInitialSync: true,
        observedCertificates: [
          {
            url: "https://contoso.vault.azure.net/secrets/bot",
            certificateStoreName: "MY",
            certificateStoreLocation: "LocalMachine",
            keyExportable: false,
            accounts: ["Network Service"],
          },
        ],
      },
      authenticationSettings: {
        msiEndpoint: "http://169.254.169.254/metadata/identity/oauth2/token",
        msiClientId: "10ca1000-0000-4000-8000-000000000001",
      },
    });
  });

  it("ask the bot itself whether it is well, on the port for calls", () => {
    expect(health.settings).toEqual({ protocol: "https", port: 9442, requestPath: "/health" });
  });

  it("have no settings that are secret", () => {
    for (const extension of [certificates, setup, health])
      expect(extension).not.toHaveProperty("protectedSettings");
  });
});
