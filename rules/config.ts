// Reads a stack's configuration once: every setting typed and with its default, or every problem at once.
import { z } from "zod";
import { HostKind } from "./bot-choices.js";
import { type RequestedPermission, requestedPermissions } from "./capabilities.js";
import { type Settings, settingsSchema } from "./config-schema.js";
import { allReplyUrls, checkTogether } from "./config-together.js";
import type { HostSettings } from "./hosts/host-settings.js";
import type { Issue } from "./issue.js";
import { checkProviderSettings } from "./provider-settings.js";
import { normaliseReplyUrl, normaliseWebhook, type UrlOptions } from "./urls.js";
import { parseWithIssues, unwrapped } from "./zod-issues.js";

/**
 * Everything a stack says, complete. URLs are written as the services echo them, and `replyUrls` includes
 * `consent.redirectUrl`.
 */
export interface StackConfig extends Settings {
  /** The app roles that follow from `capabilities` and `permissions`. */
  readonly requested: readonly RequestedPermission[];
}

/** The configuration as the engine hands it over. */
export interface StackConfigSource extends UrlOptions {
  /** The namespace of this program's keys; keys of other namespaces are left alone. */
  readonly project: string;
  /** `pulumi.runtime.allConfig()`: full key to text, objects and lists as JSON. */
  readonly values: Readonly<Record<string, string>>;
  /** Full keys that the engine marks as secret. */
  readonly secretKeys: readonly string[];
  /** Variables of the environment, some of which the providers read where a key is left out. @default {} */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** The configuration, or all its problems. `config` is there exactly when `issues` is empty. */
export function readStackConfig(source: StackConfigSource): {
  config?: StackConfig;
  issues: Issue[];
} {
  const prefix = `${source.project}:`;
  const written = (key: string) => parseJson(source.values[`${prefix}${key}`] ?? "");
  const hosts = { host: written("host"), otherHost: written("otherHost") };
  const schema = settingsSchema(hosts, source);
  const settings: Record<string, z.ZodType> = schema.shape;
  const secret = new Set<string>();
  const raw: Record<string, unknown> = {};
  for (const [fullKey, text] of Object.entries(source.values)) {
    if (!fullKey.startsWith(prefix)) continue;
    const key = fullKey.slice(prefix.length);
    const setting = Object.hasOwn(settings, key) ? settings[key] : undefined;
    if (setting && source.secretKeys.includes(fullKey)) secret.add(key);
    else raw[key] = setting ? readText(setting, text) : text;
  }

  const { value, issues: found } = parseWithIssues(schema, raw);
  // A refused secret is absent from `raw`; that it is missing is no second problem.
  const ofOthers = [...found, ...checkTogether(raw), ...checkProviders(source, raw)].filter(
    ({ path }) => !secret.has(root(path)),
  );
  const shownIssues = ofOthers.map((issue) => withoutSecret(issue, source.secretKeys));
  const issues = [...[...secret].map(secretSetting), ...shownIssues];
  return value && issues.length === 0 ? { config: complete(value), issues } : { issues };
}

/** The providers' own settings may be secret, as any key may. */
function withoutSecret({ got, ...issue }: Issue, secretKeys: readonly string[]): Issue {
  return got === undefined || secretKeys.includes(issue.path) ? issue : { ...issue, got };
}

function checkProviders(
  source: StackConfigSource,
  raw: Readonly<Record<string, unknown>>,
): Issue[] {
  const { project, values, environment = {} } = source;
  const group = ResourceGroup.safeParse(raw["resourceGroup"] ?? {});
  const needsLocation = group.success && !group.data.existing && group.data.location === undefined;
  return checkProviderSettings({
    project,
    values,
    environment,
    cloud: raw["cloud"],
    needsLocation,
  });
}

/** What a stack says of the place of its resource group, as far as it has the right shape. */
const ResourceGroup = z.looseObject({
  existing: z.boolean().default(false),
  location: z.string().exactOptional(),
});

/**
 * What a top-level setting's text stands for. Text settings stay text; true, false and numbers must be written exactly so;
 * lists and objects are JSON. What does not fit stays text, for the schema to refuse.
 */
export function readText(setting: z.core.$ZodType, text: string): unknown {
  const plain = unwrapped(setting);
  const isText = plain instanceof z.ZodString || plain instanceof z.ZodEnum;
  const json = parseJson(text);
  const isStructure = typeof json === "object" && json !== null;
  if (isText) return isStructure ? json : text;
  if (plain instanceof z.ZodBoolean) return typeof json === "boolean" ? json : text;
  if (plain instanceof z.ZodNumber) return typeof json === "number" ? json : text;
  return json === undefined ? text : json;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function root(path: string): string {
  return path.split(/[.[]/)[0] ?? path;
}

function secretSetting(key: string): Issue {
  return {
    path: key,
    rule: "must not be secret, nor hold a secure value, because it would stand in the state in plain text",
    whose: "this package",
    fix: "Set it again without --secret; no setting of this package is a secret.",
  };
}

function complete(settings: Settings): StackConfig {
  const { host, otherHost, consent, replyUrls } = settings;
  const back = consent.redirectUrl;
  return {
    ...settings,
    host: normalised(host),
    ...(otherHost === undefined ? {} : { otherHost: normalised(otherHost) }),
    consent: back === undefined ? consent : { ...consent, redirectUrl: normaliseReplyUrl(back) },
    replyUrls: allReplyUrls(replyUrls, back),
    requested: requestedPermissions(settings).requested,
  };
}

function normalised(host: HostSettings): HostSettings {
  return host.kind === HostKind.Existing
    ? { ...host, callingWebhook: normaliseWebhook(host.callingWebhook) }
    : host;
}
