// Which VM sizes can run a bot that hosts media itself: what is refused, and what is only said.
import { type Issue, shown } from "../issue.js";
import {
  hasAcceleratedNetworking,
  hasTrustedLaunch,
  parseVmSize,
  physicalCores,
  type VmSize,
} from "./vm-sizes.js";

const MEDIA_PLATFORM = "Microsoft's media platform";
const REQUIREMENTS = "Choose one such as Standard_D4s_v5.";

/**
 * Issues of a size for application-hosted media. Sources: "Requirements and considerations for application-hosted media
 * bots" (two cores; Dv2, or 4 vCPUs of any other series); microsoft-graph-comms-samples#146 (two physical cores).
 */
export function checkMediaSize(path: string, name: string): Issue[] {
  const size = parseVmSize(name);
  const refuse = (rule: string, whose: string, fix: string): Issue[] => [
    { path, rule, whose, got: shown(name), fix },
  ];
  if (size === undefined) {
    return refuse("must be the name of a VM size", "Azure Virtual Machines", REQUIREMENTS);
  }
  if (size.tier === "Basic") {
    const rule = "must be of the Standard tier, because Basic machines have no load balancer";
    return refuse(rule, "Azure Virtual Machines", REQUIREMENTS);
  }
  if (size.features.includes("p")) {
    // Inferred: its native libraries and their redistributable come for x64 alone.
    const rule = "must not be an Arm size, because the media libraries are built for x64";
    return refuse(rule, MEDIA_PLATFORM, REQUIREMENTS);
  }
  if (isConfidential(size)) {
    const rule =
      "must not be a confidential size, which needs an image and a security type of its own";
    return refuse(rule, "Azure Virtual Machines", REQUIREMENTS);
  }
  if (physicalCores(size) < 2) {
    const rule =
      "must have at least 4 vCPUs, or 2 of the Dv2 series, because media needs two physical cores";
    return refuse(rule, MEDIA_PLATFORM, REQUIREMENTS);
  }
  return [];
}

/** What works but has a price that the name does not show: one sentence each. */
export function mediaSizeWarnings(name: string): string[] {
  const size = parseVmSize(name);
  if (size === undefined) return [];
  const warnings: string[] = [];
  if (size.family === "B") {
    warnings.push(
      `${name} is a burstable size: when its credits are used up in a busy hour, every call on it loses quality. Use it for tests only.`,
    );
  }
  if (size.family.startsWith("N")) {
    warnings.push(
      `${name} has a graphics processor, which Microsoft's media platform does not use for H.264.`,
    );
  }
  if (!hasAcceleratedNetworking(size)) {
    warnings.push(`${name} may have no accelerated networking, so it is left off.`);
  }
  if (!hasTrustedLaunch(size)) {
    warnings.push(
      `${name} may not support Trusted Launch, so its machines start without secure boot and virtual TPM.`,
    );
  }
  return warnings;
}

/** DCas, DCads, DCes, ECas, ...; the DC sizes with SGX enclaves alone are ordinary machines besides. */
function isConfidential({ family, features }: VmSize): boolean {
  return (family === "DC" || family === "EC") && /[ae]/.test(features);
}
