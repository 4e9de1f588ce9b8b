// What teams get wrong for weeks when they host a bot that calls, each under the words they use for it. What has a test beside
// the rule that it is about is not here again.
import { describe, expect, it } from "vitest";
import { CallState, HostKind } from "../../../rules/bot-choices.js";
import { Capability } from "../../../rules/capabilities.js";
import { checkSite } from "../../../rules/hosts/app-service.js";
import { MACHINE_SCRIPT } from "../../../rules/hosts/bootstrap/machine-script.js";
import { RENEWAL_SCRIPT } from "../../../rules/hosts/bootstrap/renewal-script.js";
import { SETUP_SCRIPT } from "../../../rules/hosts/bootstrap/setup-script.js";
import { checkContainerApp, replicas } from "../../../rules/hosts/container-app.js";
import { machineModel } from "../../../rules/hosts/machine-image.js";
import { inboundRules, natRules } from "../../../rules/hosts/network-rules.js";
import { instanceListeners, portPlan } from "../../../rules/hosts/ports.js";
import { checkServedCapabilities } from "../../../rules/hosts/served-capabilities.js";
import { MOST_INSTANCES } from "../../../rules/hosts/sizing.js";
import { formatIssue } from "../../../rules/issue.js";

/** Where in the last part of the set-up, which calls the others in order, each of these stands. */
function order(...calls: readonly string[]): number[] {
  const steps = SETUP_SCRIPT.slice(SETUP_SCRIPT.lastIndexOf("\ntry {"));
  return calls.map((call) => steps.indexOf(call));
}

function expectInOrder(positions: readonly number[]): void {
  expect(Math.min(...positions)).toBeGreaterThan(-1);
  expect(positions).toEqual([...positions].sort((one, other) => one - other));
}

describe("a bot with media of its own", () => {
  it.each([HostKind.AppService, HostKind.ContainerApp])(
    "cannot be deployed as an Azure web app: %s is refused with where it can run",
    (kind) => {
      const said = checkServedCapabilities(kind, [Capability.AccessMedia]).map(formatIssue);
      expect(said).toEqual([
        expect.stringContaining("which offers neither Windows machines with a public address each"),
      ]);
      expect(said[0]).toContain('Set host.kind to "scaleSet"');
    },
  );

  it("loads NativeMedia: Media Foundation and the VC++ runtime are there before it starts, on an image with a desktop (comms-samples#784)", () => {
    expect(SETUP_SCRIPT).toContain("Install-WindowsFeature -Name Server-Media-Foundation");
    expect(SETUP_SCRIPT).toContain("vc_redist.x64.exe");
    expectInOrder(order("Install-Prerequisites", "Install-BotService", "Start-Service"));
    for (const size of ["Standard_D4s_v5", "Standard_D2_v2"]) {
      const { imageReference } = machineModel(size, undefined);
      expect(JSON.stringify(imageReference)).toMatch(/2022-datacenter/);
      expect(JSON.stringify(imageReference)).not.toMatch(/core|smalldisk/i);
    }
  });

  it("is let into http.sys on its media port by SDKs from 1.28 on: a reservation, and a binding that asks callers for a certificate (comms-samples#848)", () => {
    expect(SETUP_SCRIPT).toContain("'http', 'add', 'urlacl'");
    expect(MACHINE_SCRIPT).toContain("'clientcertnegotiation=enable'");
    const asking = instanceListeners(portPlan()).filter((it) => it.asksForCertificate);
    expect(asking.map(({ port }) => port)).toEqual([8445]);
    expectInOrder(order("Set-UrlReservations", "Set-CertificateBinding", "Start-Service"));
  });

  it("finds its certificate by name and takes the thumbprint from the store, upper case and without spaces (comms-samples#36)", () => {
    expect(MACHINE_SCRIPT).toContain("$Certificate.DnsNameList");
    expect(SETUP_SCRIPT).toContain(
      "$settings[$Configuration.thumbprintSetting] = $Certificate.Thumbprint",
    );
  });

  it("does not go on with an expired certificate after the renewal: what holds the old one is started again (3002, comms-samples#464)", () => {
    expect(RENEWAL_SCRIPT).toContain("Set-CertificateBinding $certificate.Thumbprint");
    expect(RENEWAL_SCRIPT).toContain("Restart-Service -Force -Name $ServiceName");
    expect(RENEWAL_SCRIPT.indexOf("Test-Idle) {")).toBeLessThan(
      RENEWAL_SCRIPT.indexOf("Restart-Service"),
    );
    expect(SETUP_SCRIPT).toContain("(EventID=1001)");
    expectInOrder(order("Install-BotService", "Register-Renewal"));
  });

  it("does not wait for a secret that is there and empty, and says at once what it waits for", () => {
    expect(SETUP_SCRIPT).toMatch(
      /Wait-For \('The secret for ' .*\{ Invoke-WithToken [^}]*\}\n\s+if \(-not \$answer\.value\) \{ throw /,
    );
    expect(MACHINE_SCRIPT).toMatch(/Write-Log \(\$What \+ ' is waited for: '.*\| Out-Null/);
  });

  it("is called from addresses that no service tag has: AzureBotService saw no traffic of Teams (comms-samples#342)", () => {
    expect(portPlan().signalling.sources).toEqual(["Internet"]);
    expect(JSON.stringify(inboundRules(portPlan()))).not.toContain("AzureBotService");
  });

  it("reaches itself over its own public port when it starts (comms-samples#281, #461)", () => {
    // A machine goes out by a public address of Azure, which the tag holds.
    expect(portPlan().media.sources).toContain("AzureCloud");
  });

  it("has a public port for as many machines as there can be: InstancePublicPort is mapped for the last one as well (comms-samples#870)", () => {
    for (const { frontendPortRangeStart: first, frontendPortRangeEnd: last } of natRules(
      portPlan(),
    ))
      expect(last - first + 1).toBeGreaterThanOrEqual(MOST_INSTANCES);
  });
});

describe("a call is answered within 15 seconds, 5 with policy-based recording", () => {
  it("by replicas that never scale to zero", () => {
    expect(replicas({ image: "ghcr.io/contoso/bot:1" }).least).toBe(1);
    for (const callState of [CallState.Memory, CallState.Shared]) {
      const wish = { image: "ghcr.io/contoso/bot:1", callState, instances: 0 };
      expect(checkContainerApp("host", wish).map(({ path }) => path)).toEqual(["host.instances"]);
    }
  });

  it.each(["F1", "D1", "Y1"])("by a site that does not sleep: plan %s is refused", (sku) => {
    const issues = checkSite("host", { runtime: "NODE|22-lts", sku });
    expect(issues.map(({ path }) => path)).toEqual(["host.sku"]);
  });
});
