// Microsoft's own clients for networks and machines, unmodified, over TLS, in a process of their own.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ANY_PORTS, type LocalCloud, startLocalCloud } from "../../../../local-cloud/index.js";

const SCRIPT = fileURLToPath(new URL("stock-clients.mjs", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "compute-stock-"));
let cloud: LocalCloud;
// biome-ignore lint/suspicious/noExplicitAny: the script prints many shapes
let seen: any;

beforeAll(async () => {
  cloud = await startLocalCloud({ folder, ports: ANY_PORTS });
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT], {
    env: { ...process.env, ...cloud.environment(), NODE_EXTRA_CA_CERTS: cloud.caPath },
    maxBuffer: 16 * 1024 * 1024,
  });
  seen = JSON.parse(stdout);
});
afterAll(async () => {
  await cloud.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("@azure/arm-network and @azure/arm-compute", () => {
  it("make a network and read it back", () => {
    expect([seen.labelBefore, seen.labelAfter]).toEqual([true, false]);
    expect(seen.network).toMatchObject({ name: "vnet", provisioningState: "Succeeded" });
    expect(seen.securityGroup).toMatchObject({
      securityRules: [{ name: "media", priority: 100, destinationPortRange: "8445" }],
      defaultSecurityRules: { length: 6 },
    });
    expect(seen.address).toMatchObject({
      ipAddress: "203.0.113.0",
      dnsSettings: { fqdn: "contoso.westeurope.cloudapp.azure.com" },
      zones: ["1", "2", "3"],
    });
    expect(seen.balancer).toMatchObject({
      provisioningState: "Succeeded",
      inboundNatRules: [{ name: "media", frontendPortRangeStart: 6000, backendPort: 8445 }],
    });
  });

  it("make machines, protect one, and scale in to it", () => {
    expect(seen.scaleSet).toMatchObject({
      provisioningState: "Succeeded",
      sku: { name: "Standard_D4s_v5", capacity: 2 },
    });
    expect(JSON.stringify(seen)).not.toContain("Correct-horse-1");
    expect(seen.instances).toEqual(["0", "1"]);
    const frontendPorts = seen.ports.map(
      (one: { inboundNatRulesPortMapping: { frontendPort: number }[] }) =>
        one.inboundNatRulesPortMapping[0]?.frontendPort,
    );
    expect(frontendPorts).toEqual([6000, 6001]);
    expect(seen.protected.protectionPolicy).toMatchObject({ protectFromScaleIn: true });
    expect(seen.scaled.sku).toMatchObject({ capacity: 1 });
    expect(seen.instancesLeft).toEqual(["1"]);
  });

  it("are told of sizes, quotas and use", () => {
    expect(seen.sizes).toContain("Standard_D3_v2");
    expect(seen.usage).toMatchObject({ currentValue: 4, limit: 350 });
    expect(seen.networkUsages).toBe(6);
    expect(seen.listed).toEqual([1, 1, 1]);
  });

  it("are refused in the service's words", () => {
    expect(seen.busy).toMatchObject({ statusCode: 400, code: "InUseSubnetCannotBeDeleted" });
    expect(seen.noSuchSize).toMatchObject({ statusCode: 400, code: "InvalidParameter" });
    expect(seen.failing.message).toContain("VMExtensionProvisioningError");
    expect(seen.failed).toBe("Failed");
    expect(seen.gone).toMatchObject({ statusCode: 404, code: "ResourceNotFound" });
  });
});
