// The Teams app of a bot: manifest and icons in one zip, from the same facts as the registration.
import { isAbsolute, resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { readFile, writeFileWhole } from "../files/file-access.js";
import { Cloud } from "../rules/clouds.js";
import { formatIssue, type Issue, throwIfAny } from "../rules/issue.js";
import { type AppSettings, appSettings, type BotScope } from "../rules/manifest/app-settings.js";
import { type AppPackage, buildPackage, type IconFiles } from "../rules/manifest/build-package.js";
import { unnecessaryRoles } from "../rules/manifest/resource-specific.js";
import { parseWithIssues } from "../rules/zod-issues.js";
import { defined } from "./defined.js";
import { refuse, refusing } from "./refusal.js";

export { BotScope } from "../rules/manifest/app-settings.js";

/** A name or a description. */
export interface AppTextArgs {
  /** Names at most 30 characters, descriptions at most 80. */
  short: string;
  /** Names at most 100 characters, descriptions at most 4000. @default the short one */
  full?: string;
}

/** Who makes the app. Teams shows all four before it is installed. */
export interface AppDeveloperArgs {
  /** At most 32 characters. */
  name: string;
  /** https */
  websiteUrl: string;
  /** https */
  privacyUrl: string;
  /** https */
  termsOfUseUrl: string;
}

/** Paths of the icons, relative to the project. */
export interface AppIconsArgs {
  /** PNG of 192x192 pixels. */
  color: string;
  /** PNG of 32x32 pixels, white on a transparent ground. */
  outline: string;
}

/** What a Teams app says about itself: the block `app` of a stack. */
export interface AppArgs {
  name: AppTextArgs;
  description: AppTextArgs;
  developer: AppDeveloperArgs;
  /** Id of the app in the manifest, a GUID that never changes. @default the bot's app id */
  id?: string;
  /** Three numbers, as in 1.0.0; has to rise whenever something changed is published. @default "1.0.0" */
  version?: string;
  /** Version of the manifest's schema, such as 1.17 or devPreview. @default the newest stable one that the cloud takes */
  manifestVersion?: string;
  /** Where people can use the bot. @default personal, team and groupChat */
  scopes?: BotScope[];
  /** `supportsCalling`: without it nobody sees a call button and no call arrives. @default true */
  calling?: boolean;
  /** `supportsVideo`. @default false */
  video?: boolean;
  /** The bot only writes and does not answer messages. @default false */
  notificationOnly?: boolean;
  /**
   * Rights in the chats and meetings that the app is installed in, such as `Calls.JoinGroupCalls.Chat`: the narrower
   * alternative to app roles of the whole organisation. Whoever installs the app grants them. @default []
   */
  resourceSpecificPermissions?: string[];
  /** Domains that the app's pages come from. @default [] */
  validDomains?: string[];
  /** @default "#4464EE" */
  accentColor?: string;
  /** @default a plain pair with a telephone receiver */
  icons?: AppIconsArgs;
  /** Where the package goes, relative to the project. @default teams-app/<name>-<stack>.zip */
  packagePath?: string;
}

export interface TeamsAppPackageArgs extends AppArgs {
  /** App id of the bot; the package is known as soon as this is. */
  appId: pulumi.Input<string>;
  /** App roles that the bot asks for, to say which ones resource-specific permissions make unnecessary. @default [] */
  permissions?: string[];
  /** Whether the bot's Teams channel has calling enabled, to warn when it differs from `calling`. @default true */
  channelCalling?: pulumi.Input<boolean>;
  /** @default Cloud.Public */
  cloud?: Cloud;
}

/**
 * Builds the app package. The file is written by an update, whole or not at all, and never by a preview; that it would change
 * shows in a preview as another `sha256`. Destroying the stack leaves the file where it is.
 *
 * @example
 * const app = new TeamsAppPackage("bot", {
 *   appId: identity.appId,
 *   name: { short: "Contoso reception" },
 *   description: { short: "Answers the telephone." },
 *   developer: {
 *     name: "Contoso",
 *     websiteUrl: "https://contoso.com",
 *     privacyUrl: "https://contoso.com/privacy",
 *     termsOfUseUrl: "https://contoso.com/terms",
 *   },
 * });
 */
export class TeamsAppPackage extends pulumi.ComponentResource {
  /** Of the zip, relative to the project, with / between folders. */
  readonly packagePath: pulumi.Output<string>;
  /** Of the zip, in hexadecimal digits. */
  readonly sha256: pulumi.Output<string>;
  /** Id of the app in the manifest: `externalId` in the catalogue. */
  readonly teamsAppId: pulumi.Output<string>;
  /** Version of the app. */
  readonly version: pulumi.Output<string>;

  constructor(name: string, args: TeamsAppPackageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("teams-calling-bot:index:TeamsAppPackage", name, {}, opts);
    const { settings, icons } = checkedSettings(this, args);
    const cloud = args.cloud ?? Cloud.Public;
    const path = (settings.packagePath ?? `teams-app/${name}-${pulumi.getStack()}.zip`).replaceAll(
      "\\",
      "/",
    );
    explainRoles(this, settings, args.permissions ?? []);
    warnUnlessAlike(this, settings.calling, args.channelCalling ?? true);

    const appId = pulumi.output(args.appId);
    const built = appId.apply(
      refusing(this, (known: string) => checkedPackage(settings, { appId: known, cloud }, icons)),
    );
    this.sha256 = built.apply(({ zip, sha256 }) => {
      if (!pulumi.runtime.isDryRun()) writePackage(this, path, zip);
      return sha256;
    });
    // Known once the file is there: who waits for the path can read the package.
    this.packagePath = this.sha256.apply(() => path);
    this.teamsAppId = settings.id === undefined ? appId : pulumi.output(settings.id);
    this.version = pulumi.output(settings.version);
    this.registerOutputs({
      packagePath: this.packagePath,
      sha256: this.sha256,
      teamsAppId: this.teamsAppId,
      version: this.version,
    });
  }
}

/** Stands in for the app id where everything else is checked before it is known. */
const ANY_APP_ID = "00000000-0000-0000-0000-000000000000";

function checkedSettings(
  component: pulumi.Resource,
  args: TeamsAppPackageArgs,
): { settings: AppSettings; icons: IconFiles | undefined } {
  const { appId: _, permissions: _p, channelCalling: _c, cloud, ...said } = args;
  const { value: settings, issues } = parseWithIssues(appSettings, defined(said));
  const read = readIcons(settings?.icons);
  refuse(component, [...inApp(issues), ...read.issues]);
  if (settings === undefined) throw new Error("settings without issues are there");
  const registration = { appId: ANY_APP_ID, cloud: cloud ?? Cloud.Public };
  const trial = buildPackage("app", settings, registration, read.files);
  refuse(component, trial.issues);
  for (const warning of trial.warnings) void pulumi.log.warn(formatIssue(warning), component);
  return { settings, icons: read.files };
}

function inApp(issues: readonly Issue[]): Issue[] {
  return issues.map((issue) => ({ ...issue, path: `app.${issue.path}` }));
}

function checkedPackage(
  settings: AppSettings,
  registration: { readonly appId: string; readonly cloud: Cloud },
  icons: IconFiles | undefined,
): AppPackage {
  const built = buildPackage("app", settings, registration, icons);
  throwIfAny(built.issues);
  if (built.package === undefined) throw new Error("a package without issues is there");
  return built.package;
}

function writePackage(component: pulumi.Resource, path: string, zip: Uint8Array): void {
  const [issue] = writeFileWhole(resolve(projectFolder(), path), path, zip);
  if (issue !== undefined) throw new pulumi.ResourceError(formatIssue(issue), component, true);
}

const MOST_ICON_BYTES = 1024 * 1024;

function readIcons(icons: AppSettings["icons"]): { files?: IconFiles; issues: Issue[] } {
  if (icons === undefined) return { issues: [] };
  const read = (path: string, setting: string) =>
    readFile(resolve(projectFolder(), path), setting, MOST_ICON_BYTES);
  const color = read(icons.color, "app.icons.color");
  const outline = read(icons.outline, "app.icons.outline");
  const issues = [...color.issues, ...outline.issues];
  if (color.bytes === undefined || outline.bytes === undefined) return { issues };
  return { files: { color: color.bytes, outline: outline.bytes }, issues };
}

/** Where the language host found Pulumi.yaml; a program that runs inside another process has only its working directory. */
function projectFolder(): string {
  const root = pulumi.getRootDirectory();
  return isAbsolute(root) ? root : process.cwd();
}

function explainRoles(
  component: pulumi.Resource,
  settings: AppSettings,
  permissions: readonly string[],
): void {
  const sentences = unnecessaryRoles(settings.resourceSpecificPermissions, permissions);
  if (!pulumi.runtime.isDryRun()) return;
  for (const sentence of sentences) void pulumi.log.info(sentence, component);
}

/** A bot rings only where both say so, which is the most common reason why a call button is missing. */
function warnUnlessAlike(
  component: pulumi.Resource,
  manifest: boolean,
  channel: pulumi.Input<boolean>,
): void {
  pulumi.output(channel).apply((enabled) => {
    if (enabled === manifest) return;
    const [has, lacks] = manifest
      ? ["the app's manifest", "the bot's Teams channel"]
      : ["the bot's Teams channel", "the app's manifest"];
    void pulumi.log.warn(
      `Calling is enabled in ${has} and not in ${lacks}: nobody sees a call button and no call arrives. Set app.calling to ${enabled}.`,
      component,
    );
  });
}
