// What a machine is told when it starts: scripts that never change with a stack, and a configuration that is data. Nothing that
// a stack says becomes part of a script, so nothing that it says can be run as one.
import { createHash } from "node:crypto";
import { type Issue, shown } from "../../issue.js";
import type { FirewallRule } from "../network-rules.js";
import { instanceListeners, type PortPlan, type PortRange } from "../ports.js";
import { LOADER_SCRIPT } from "./loader-script.js";
import { MACHINE_SCRIPT } from "./machine-script.js";
import { RENEWAL_SCRIPT } from "./renewal-script.js";
import { SETUP_SCRIPT } from "./setup-script.js";

/** Most bytes of user data ("User Data for Azure Virtual Machine", before Base64). */
const MOST_USER_DATA = 64 * 1024;

export interface MachineListener {
  readonly port: number;
  readonly asksForCertificate: boolean;
  /** Left out where all machines share the public port. */
  readonly publicPorts?: PortRange;
  /** Setting that the public port found goes to. */
  readonly publicPortSetting?: string;
}

/** The listeners of the plan, as a machine is told of them. */
export function machineListeners(plan: PortPlan): MachineListener[] {
  const { port, asksForCertificate } = plan.signalling;
  return [
    { port, asksForCertificate },
    ...instanceListeners(plan).map((listener) => ({
      port: listener.port,
      asksForCertificate: listener.asksForCertificate,
      publicPorts: listener.publicPorts,
      publicPortSetting: listener.publicPortSetting,
    })),
  ];
}

/** `configuration.json` on the machine. */
export interface MachineConfiguration {
  readonly serviceName: string;
  /** What the certificate covers. */
  readonly hostName: string;
  readonly identityClientId: string;
  readonly listeners: readonly MachineListener[];
  readonly firewall: readonly FirewallRule[];
  readonly package: {
    /** Left out where the image holds the bot. */
    readonly url?: string;
    readonly sha256?: string;
    /** The program: below the package's root, or by its full path in the image. */
    readonly command: string;
    /** For whom the identity's token is that fetches the package; left out where none is needed. */
    readonly audience?: string;
  };
  readonly settings: readonly { readonly name: string; readonly value: string }[];
  /** Settings whose values the machine reads from the vault. */
  readonly secrets: readonly { readonly name: string; readonly url: string }[];
  readonly thumbprintSetting: string;
  readonly vaultAudience: string;
  /** Where a machine asks for its public ports when its metadata does not have them. */
  readonly resourceManager: { readonly audience: string; readonly backendPool: string };
}

export interface Bootstrap {
  /** Base64, as a scale set takes it. */
  readonly userData: string;
  /** What Azure runs on each machine, once for every `tag`. */
  readonly command: string;
  /** Other when anything of it is other. */
  readonly tag: string;
}

export function bootstrap(configuration: MachineConfiguration): Bootstrap {
  const files = [
    { name: "machine.ps1", text: MACHINE_SCRIPT },
    { name: "setup.ps1", text: SETUP_SCRIPT },
    { name: "renew.ps1", text: RENEWAL_SCRIPT },
    { name: "configuration.json", text: JSON.stringify(configuration) },
  ];
  const userData = Buffer.from(JSON.stringify({ files }), "utf8").toString("base64");
  const encoded = Buffer.from(LOADER_SCRIPT, "utf16le").toString("base64");
  const command = `powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand ${encoded}`;
  const tag = createHash("sha256").update(`${command}\n${userData}`).digest("hex");
  return { userData, command, tag };
}

/** An issue when the settings of a stack make it more than a machine can be given. */
export function checkBootstrapSize(path: string, { userData }: Bootstrap): Issue[] {
  const bytes = Buffer.from(userData, "base64").length;
  if (bytes <= MOST_USER_DATA) return [];
  return [
    {
      path,
      rule: `must fit ${MOST_USER_DATA} bytes of user data together with the scripts of the host`,
      whose: "Azure Virtual Machines",
      got: shown(bytes),
      fix: "Keep long values in the package or in the vault.",
    },
  ];
}
