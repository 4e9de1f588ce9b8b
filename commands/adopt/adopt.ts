// `adopt`: from a bot that exists to the stack file that takes it over. It reads, and writes that one file.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { ListedBot } from "../../arm/azure-bot.js";
import { writeFileWhole } from "../../files/file-access.js";
import { liveApplication } from "../../graph/registered-application.js";
import { checkAdoptable, checkOneBot } from "../../rules/adoptable.js";
import { armResourceGroup } from "../../rules/arm-ids.js";
import { BotType } from "../../rules/bot-choices.js";
import type { Capability } from "../../rules/capabilities.js";
import { type Cloud, endpointsFromEnvironment } from "../../rules/clouds.js";
import { readStackConfig } from "../../rules/config.js";
import { isGuid } from "../../rules/guid.js";
import { type Issue, shown } from "../../rules/issue.js";
import { botOf } from "../../rules/live-bot.js";
import type { MediaRecording } from "../../rules/recording.js";
import { readProject } from "../doctor/stack-files.js";
import type { Report } from "../report.js";
import { operatorServices, type Services } from "../sign-in/services.js";
import type { Surroundings } from "../surroundings.js";
import { adoptedStack } from "./adopted-stack.js";
import { checkKnownCredential } from "./known-credential.js";
import {
  type LiveRegistration,
  readBots,
  readRegistration,
  unreadable,
} from "./live-registration.js";

export interface AdoptOptions {
  /** @default none: the bots are listed */
  readonly bot?: string;
  readonly stack: string;
  readonly subscription?: string;
  readonly tenant?: string;
  readonly cloud: Cloud;
  readonly capabilities?: readonly Capability[];
  readonly messagingEndpoint?: string;
  readonly callingWebhook?: string;
  readonly redirectUrl?: string;
  readonly mediaRecording?: MediaRecording;
  /** `keep` or `secret`. */
  readonly credential?: string;
}

const OURS = "this package";

export async function adopt(
  surroundings: Surroundings,
  options: AdoptOptions,
  now = new Date(),
): Promise<Report> {
  const refuse = (issues: readonly Issue[]): Report => ({
    lines: [],
    issues,
    afterIssues: "Nothing was written and nothing was touched.",
  });
  const subscriptionId = options.subscription ?? surroundings.env["AZURE_SUBSCRIPTION_ID"] ?? "";
  if (!isGuid(subscriptionId)) return refuse([noSubscription(options.subscription)]);
  const endpoints = endpointsFromEnvironment(surroundings.env, options.cloud);
  const signIn = options.tenant === undefined ? {} : { tenantId: options.tenant };
  const services = operatorServices({ endpoints, ...signIn });

  surroundings.progress(`Reading the bots of subscription ${subscriptionId} ...`);
  const read = await readBots(services, subscriptionId).catch((error: unknown) =>
    unreadable(error, `subscription ${subscriptionId}`),
  );
  if (read === undefined) return refuse([unknownSubscription(subscriptionId)]);
  if ("rule" in read) return refuse([read]);
  const { bots, tenantId } = read;
  if (options.bot === undefined) return listed(bots);
  const bot = bots.find(({ name }) => name.toLowerCase() === options.bot?.toLowerCase());
  if (bot === undefined) return refuse([noSuchBot(options.bot, bots)]);
  if (options.tenant !== undefined && options.tenant.toLowerCase() !== tenantId.toLowerCase()) {
    return refuse([otherTenant(options.tenant, tenantId)]);
  }

  const project = readProject(surroundings.cwd);
  if (project.project === undefined) return refuse(project.issues);
  const { name, folder } = project.project;
  const path = join(folder, `Pulumi.${options.stack}.yaml`);
  const file = join(surroundings.cwd, path);
  surroundings.progress(`Reading ${bot.name} and its application ...`);
  const live = await registration(services, bot);
  if ("rule" in live) return refuse([live]);
  const issues = [
    ...(existsSync(file) ? [alreadyWritten(path)] : []),
    ...judged(live, bots, { tenantId, stack: { project: name, stack: options.stack } }),
    ...checkKnownCredential(live, options.credential, now),
  ];
  if (issues.length > 0) return refuse(issues);

  const text = adoptedStack(live, { project: name, subscriptionId, tenantId }, options);
  const wrong = checkText(text, name);
  if (wrong.length > 0) return refuse(wrong);
  const unwritten = writeFileWhole(file, path, Buffer.from(text));
  return unwritten.length > 0 ? refuse(unwritten) : written(path, options.stack, live);
}

function registration(services: Services, bot: ListedBot): Promise<LiveRegistration | Issue> {
  return readRegistration(services, bot).catch((error: unknown) =>
    unreadable(error, `the registration of ${bot.name}`),
  );
}

function judged(
  live: LiveRegistration,
  bots: readonly ListedBot[],
  place: { readonly tenantId: string; readonly stack: { project: string; stack: string } },
): Issue[] {
  const path = "--bot";
  const bot = botOf(live.bot);
  if (bot === undefined) return [];
  const application =
    live.bot.properties.msaAppType === BotType.UserAssignedMSI
      ? undefined
      : live.application === undefined
        ? ("missing" as const)
        : liveApplication(live.application);
  return [
    ...checkAdoptable({
      ...place,
      paths: { bot: path, application: `the application ${bot.appId}` },
      bot,
      ...(application === undefined ? {} : { application }),
    }),
    ...checkOneBot(
      path,
      bot,
      bots.flatMap((one) => botOf(one) ?? []),
    ),
  ];
}

const StackYaml = z.object({ config: z.record(z.string(), z.unknown()) });

/** Options by the setting whose value they give. */
const OPTIONS: Readonly<Record<string, string>> = {
  "host.messagingEndpoint": "--messaging-endpoint",
  "host.callingWebhook": "--calling-webhook",
  "consent.redirectUrl": "--redirect-url",
  mediaRecording: "--media-recording",
  capabilities: "--capabilities",
};

/** The file is judged as `pulumi up` will read it, before it is written. */
function checkText(text: string, project: string): Issue[] {
  const { config } = StackYaml.parse(parse(text));
  const values = Object.entries(config).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const environment = { ARM_METADATA_HOSTNAME: "judged where it is used" };
  const { issues } = readStackConfig({
    project,
    values: Object.fromEntries(values),
    secretKeys: [],
    environment,
  });
  return issues.map((issue) => {
    const option = OPTIONS[issue.path];
    return option === undefined ? issue : { ...issue, fix: `${issue.fix} Give it with ${option}.` };
  });
}

function listed(bots: readonly ListedBot[]): Report {
  const rows = bots.map(({ name, id, properties }) => {
    const { msaAppType, endpoint } = properties;
    return `${name}  ${armResourceGroup(id)}  ${msaAppType ?? "MultiTenant"}  ${endpoint ?? "no endpoint"}`;
  });
  const lines = rows.length === 0 ? ["The subscription has no bots that you may see."] : rows;
  return { lines, issues: [], data: { bots: bots.map(({ id }) => id) } };
}

function written(path: string, stack: string, live: LiveRegistration): Report {
  const key = live.bot.properties.isDeveloperAppInsightsApiKeySet === true;
  return {
    lines: [
      `Wrote ${path}.`,
      `See what it will do: pulumi preview --stack ${stack}. The stack itself is made by pulumi stack init ${stack}.`,
    ],
    issues: [],
    warnings: key ? [hiddenKey()] : [],
    data: { path },
  };
}

function hiddenKey(): Issue {
  return {
    path: "the bot's Application Insights API key",
    rule: "is never given out by the service, so that a change of the bot by the stack is sent without it",
    whose: "Azure Bot Service",
    fix: "Have the key at hand: whether the service keeps it then was not seen.",
  };
}

function noSubscription(given: string | undefined): Issue {
  const rule = "must be the id of the bot's subscription";
  if (given === undefined) {
    const fix = "Set it, or give --subscription.";
    return { path: "AZURE_SUBSCRIPTION_ID", rule, whose: OURS, fix };
  }
  return { path: "--subscription", rule, whose: OURS, got: shown(given), fix: "Correct it." };
}

function unknownSubscription(id: string): Issue {
  return {
    path: "--subscription",
    rule: "must be a subscription that you may read, and there is none with this id",
    whose: "Azure Resource Manager",
    got: shown(id),
    fix: "Check the id, and sign in to its tenant.",
  };
}

function noSuchBot(name: string, bots: readonly ListedBot[]): Issue {
  const names = bots.map((bot) => bot.name).join(", ");
  return {
    path: "--bot",
    rule: "must be an Azure Bot of the subscription, and there is none of this name",
    whose: "Azure Bot Service",
    got: shown(name),
    fix: names === "" ? "Check --subscription: it has no bots." : `Choose one of ${names}.`,
  };
}

function otherTenant(tenant: string, own: string): Issue {
  return {
    path: "--tenant",
    rule: `must be the tenant of the bot's subscription, ${own}`,
    whose: "Azure Resource Manager",
    got: shown(tenant),
    fix: "Leave it out, or give the subscription of that tenant: a bot cannot move from one to another.",
  };
}

function alreadyWritten(path: string): Issue {
  return {
    path,
    rule: "must not exist yet, because this command writes a whole stack file",
    whose: OURS,
    fix: "Choose another --stack, or move the file away.",
  };
}
