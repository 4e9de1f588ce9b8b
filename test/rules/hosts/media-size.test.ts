import { describe, expect, it } from "vitest";
import { checkMediaSize, mediaSizeWarnings } from "../../../rules/hosts/media-size.js";
import { formatIssue } from "../../../rules/issue.js";

function refusals(name: string): string[] {
  return checkMediaSize("host.size", name).map(formatIssue);
}

describe("a VM size for media", () => {
  it.each([
    "Standard_D4s_v5",
    "Standard_D2_v2",
    "Standard_DS2_v2",
    "Standard_D11_v2",
    "Standard_F4s_v2",
    "Standard_E8ads_v5",
    "Standard_B4ms",
    "Standard_DC4s_v3",
    "Standard_NV12s_v3",
  ])("%s is taken", (name) => {
    expect(refusals(name)).toEqual([]);
  });

  it("needs two physical cores (the error MediaPlatform needs a system with at least 2 cores)", () => {
    const rule =
      "must have at least 4 vCPUs, or 2 of the Dv2 series, because media needs two physical cores";
    for (const name of ["Standard_D2s_v5", "Standard_D2_v3", "Standard_D1_v2", "Standard_E8-2s_v5"])
      expect(refusals(name)).toEqual([
        `host.size ${rule} (Microsoft's media platform), got "${name}". Choose one such as Standard_D4s_v5.`,
      ]);
  });

  it("is no Arm size", () => {
    expect(refusals("Standard_D4ps_v5")).toEqual([
      'host.size must not be an Arm size, because the media libraries are built for x64 (Microsoft\'s media platform), got "Standard_D4ps_v5". Choose one such as Standard_D4s_v5.',
    ]);
  });

  it("is neither Basic nor confidential nor something else", () => {
    expect(refusals("Basic_A3")).toEqual([
      'host.size must be of the Standard tier, because Basic machines have no load balancer (Azure Virtual Machines), got "Basic_A3". Choose one such as Standard_D4s_v5.',
    ]);
    expect(refusals("Standard_DC4as_v5")).toEqual([
      'host.size must not be a confidential size, which needs an image and a security type of its own (Azure Virtual Machines), got "Standard_DC4as_v5". Choose one such as Standard_D4s_v5.',
    ]);
    expect(refusals("Standard_Large")).toEqual([
      'host.size must be the name of a VM size (Azure Virtual Machines), got "Standard_Large". Choose one such as Standard_D4s_v5.',
    ]);
  });

  it("that works but costs something unseen is only warned about", () => {
    expect(mediaSizeWarnings("Standard_D4s_v5")).toEqual([]);
    expect(mediaSizeWarnings("Standard_B4ms")).toEqual([
      "Standard_B4ms is a burstable size: when its credits are used up in a busy hour, every call on it loses quality. Use it for tests only.",
      "Standard_B4ms may have no accelerated networking, so it is left off.",
    ]);
    expect(mediaSizeWarnings("Standard_NV12s_v3")).toEqual([
      "Standard_NV12s_v3 has a graphics processor, which Microsoft's media platform does not use for H.264.",
      "Standard_NV12s_v3 may not support Trusted Launch, so its machines start without secure boot and virtual TPM.",
    ]);
    expect(mediaSizeWarnings("Standard_D3_v2")).toEqual([
      "Standard_D3_v2 may not support Trusted Launch, so its machines start without secure boot and virtual TPM.",
    ]);
  });
});
