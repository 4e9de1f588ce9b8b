// What a host of Windows machines may be: everything that a stack can say of a scale set, judged together.
import { type Issue, shown } from "../issue.js";
import { type BotPackage, checkBotPackage } from "./bot-package.js";
import { checkDnsLabel, checkMediaDomain } from "./media-domain.js";
import { MEDIA_SETTINGS } from "./media-settings.js";
import { checkMediaSize } from "./media-size.js";
import { settingPath } from "./setting-path.js";
import { checkSizing, MOST_INSTANCES, type SizingFacts, sizeFor } from "./sizing.js";
import { checkVaultCertificate, type VaultCertificate } from "./vault-certificate.js";

/** Whether machines are taken away when there is little to do. @default ScaleIn.Off */
export enum ScaleIn {
  /** Machines are only added; a person takes them away. */
  Off = "off",
  /** Idle machines go; the bot protects its own while it has calls. */
  Protected = "protected",
}

/** What a stack may say; all of it is plain. */
export interface ScaleSetWish extends SizingFacts {
  readonly maxInstances?: number | undefined;
  readonly zones?: readonly string[] | undefined;
  readonly certificate?: VaultCertificate | undefined;
  readonly domain?: string | undefined;
  readonly dnsLabel?: string | undefined;
  readonly image?: string | undefined;
  readonly package?: BotPackage | undefined;
  readonly scaleIn?: ScaleIn | undefined;
  readonly priority?: string | undefined;
  /** Further settings of the process, by name. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  readonly secretSettings?: Readonly<Record<string, string>> | undefined;
}

/** Zones of a region, where it has any; all three, as in Microsoft's samples. */
export const ALL_ZONES = ["1", "2", "3"];

/** The fewest and the most machines. */
export function instanceRange(wish: ScaleSetWish): {
  readonly least: number;
  readonly most: number;
} {
  const least = sizeFor(wish).instances;
  return { least, most: wish.maxInstances ?? least };
}

/** Issues of the part with an address: names, zones, certificate. */
export function checkScaleSetAddress(path: string, wish: ScaleSetWish): Issue[] {
  const at = (setting: string) => settingPath(path, setting);
  const { domain, dnsLabel, zones, certificate } = wish;
  return [
    ...(domain === undefined ? [] : checkMediaDomain(at("domain"), domain)),
    ...(dnsLabel === undefined ? [] : checkDnsLabel(at("dnsLabel"), dnsLabel)),
    ...checkZones(at("zones"), zones ?? ALL_ZONES),
    ...checkGivenCertificate(at("certificate"), certificate),
  ];
}

/** Issues of the part that runs the bot. */
export function checkScaleSetWorkload(path: string, wish: ScaleSetWish): Issue[] {
  const at = (setting: string) => settingPath(path, setting);
  const { size, image } = wish;
  return [
    ...checkPriority(at("priority"), wish.priority),
    ...(size === undefined ? [] : checkMediaSize(at("size"), size)),
    ...checkNumbers(path, wish),
    ...(image === undefined ? [] : checkMachineImage(at("image"), image)),
    ...(wish.package === undefined
      ? [missing(at("package"), "Say which program the machines run.")]
      : checkBotPackage(at("package"), wish.package, image !== undefined)),
    ...checkSettingNames(at("settings"), wish.settings),
    ...checkSettingNames(at("secretSettings"), wish.secretSettings),
  ];
}

/** The names that the machines set themselves; those of every host are refused for every host. */
function checkSettingNames(
  path: string,
  settings: Readonly<Record<string, unknown>> = {},
): Issue[] {
  const own = new Set(MEDIA_SETTINGS.map(({ name }) => name.toLowerCase()));
  return Object.keys(settings)
    .filter((name) => own.has(name.toLowerCase()))
    .map((name) => ({
      path: settingPath(path, name),
      rule: "must be left out, because the host sets it from its ports and certificate",
      whose: "this package",
      fix: "Remove it.",
    }));
}

/** Issues of everything that a stack says of a host of this kind. */
export function checkScaleSet(path: string, wish: ScaleSetWish): Issue[] {
  return [...checkScaleSetAddress(path, wish), ...checkScaleSetWorkload(path, wish)];
}

function missing(path: string, fix: string): Issue {
  return { path, rule: "must be given", whose: "this package", fix };
}

function checkGivenCertificate(path: string, certificate: VaultCertificate | undefined): Issue[] {
  if (certificate !== undefined) return checkVaultCertificate(path, certificate);
  return [
    {
      path,
      rule: "must be given, because media needs a certificate of a public authority on every machine",
      whose: "Microsoft's media platform",
      fix: "Put one for the bot's host name into a Key Vault, and give vaultId and secretName.",
    },
  ];
}

function checkZones(path: string, zones: readonly string[]): Issue[] {
  const known = zones.every((zone) => ALL_ZONES.includes(zone));
  if (known && new Set(zones).size === zones.length) return [];
  return [
    {
      path,
      rule: "must list zones of the region, each once",
      whose: "Azure Virtual Machines",
      got: shown(zones.join(", ")),
      fix: 'Write some of "1", "2", "3", or an empty list for a region without zones.',
    },
  ];
}

/**
 * Spot machines are taken away with 30 seconds' notice, and without the notice that scaling in gives ("Azure Spot Virtual
 * Machines for Virtual Machine Scale Sets"; "Terminate notification for Virtual Machine Scale Set instances").
 */
function checkPriority(path: string, priority: string | undefined): Issue[] {
  if (priority === undefined || priority === "Regular") return [];
  return [
    {
      path,
      rule: "must be Regular, because any other machine is taken away in the middle of its calls",
      whose: "Azure Virtual Machines",
      got: shown(priority),
      fix: "Remove it; for less cost choose a smaller size or fewer instances.",
    },
  ];
}

function checkNumbers(path: string, wish: ScaleSetWish): Issue[] {
  const at = (setting: string) => settingPath(path, setting);
  const whole = (
    setting: "instances" | "maxInstances" | "concurrentCalls" | "callsPerInstance",
  ) => {
    const most = setting.endsWith("nstances") ? MOST_INSTANCES : 1_000_000;
    const number = wish[setting];
    if (number === undefined || (Number.isInteger(number) && number >= 1 && number <= most))
      return [];
    return [wrongNumber(at(setting), `must be a whole number from 1 to ${most}`, number)];
  };
  const issues = [
    ...whole("instances"),
    ...whole("maxInstances"),
    ...whole("concurrentCalls"),
    ...whole("callsPerInstance"),
    ...checkHeadroom(at("headroom"), wish.headroom),
  ];
  if (issues.length > 0) return issues;
  const sizing = checkSizing(at("concurrentCalls"), wish);
  if (sizing.length > 0) return sizing;
  return [...checkRange(at, wish), ...checkScaleIn(at, wish)];
}

function checkHeadroom(path: string, headroom: number | undefined): Issue[] {
  if (headroom === undefined || (headroom >= 0 && headroom <= 10)) return [];
  return [wrongNumber(path, "must be a part of the calls from 0 to 10", headroom)];
}

function wrongNumber(path: string, rule: string, got: number): Issue {
  return { path, rule, whose: "this package", got: String(got), fix: "Correct the number." };
}

function checkRange(at: (setting: string) => string, wish: ScaleSetWish): Issue[] {
  const { least, most } = instanceRange(wish);
  if (most >= least) return [];
  const counted =
    wish.instances === undefined ? "the machines that the calls need" : at("instances");
  return [
    {
      path: at("maxInstances"),
      rule: `must not be less than ${counted}, ${least}`,
      whose: "this package",
      got: String(most),
      fix: "Raise it, or leave it out.",
    },
  ];
}

function checkScaleIn(at: (setting: string) => string, wish: ScaleSetWish): Issue[] {
  const { least, most } = instanceRange(wish);
  if (wish.scaleIn !== ScaleIn.Protected || most > least) return [];
  return [
    {
      path: at("scaleIn"),
      rule: `must be ${ScaleIn.Off} unless ${at("maxInstances")} lets the set grow first`,
      whose: "this package",
      got: shown(wish.scaleIn),
      fix: `Set ${at("maxInstances")} to more than ${least}, or remove it.`,
    },
  ];
}

/** An image of the stack's own: a managed image, or one of a gallery with or without its version. */
function checkMachineImage(path: string, id: string): Issue[] {
  const form =
    /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[^/]+\/providers\/Microsoft\.Compute\/(?:images\/[^/]+|galleries\/[^/]+\/images\/[^/]+(?:\/versions\/[^/]+)?)$/i;
  if (form.test(id)) return [];
  return [
    {
      path,
      rule: "must be the resource id of an image",
      whose: "Azure Virtual Machines",
      got: shown(id),
      fix: "Copy it from the image's properties: /subscriptions/.../Microsoft.Compute/galleries/NAME/images/NAME/versions/1.0.0. Leave it out for Windows Server 2022.",
    },
  ];
}
