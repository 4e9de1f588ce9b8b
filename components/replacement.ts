// Whether an update would cut off a bot that is in use: compared with what the stack put out last, before anything is touched.
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { applicationObjectId } from "../rules/adoption.js";
import { BotType, HostKind, HostSlot, Tenancy } from "../rules/bot-choices.js";
import { type BotWanted, checkReplacement, type HostInUse } from "../rules/replacement.js";
import { type ArmReading, armReading } from "./arm-reading.js";
import type { CallingBotArgs } from "./calling-bot-args.js";
import type { DeploymentPlace } from "./deployment-place.js";
import type { HostArgs } from "./hosts/host-args.js";
import { lastBots } from "./last-outputs.js";
import { refuse } from "./refusal.js";
import { onceKnown } from "./replaced-with.js";
import { plannedGroupName } from "./resource-group.js";

const GROUP_API_VERSION = "2024-03-01";

const host = z.object({
  kind: z.enum(HostKind),
  slot: z.enum(HostSlot).default(HostSlot.First),
});

const LastBot = z.object({
  logicalName: z.string().optional(),
  tenantId: z.string(),
  appId: z.string(),
  applicationObjectId: z.string().optional(),
  botResourceId: z.string(),
  tenancy: z.string().optional(),
  host: host.optional(),
  otherHost: host.optional(),
});

type LastBot = z.output<typeof LastBot>;

/** Known once nothing in use would be cut off that the stack does not name; fails otherwise. */
export function keepsWhatIsInUse(
  name: string,
  args: CallingBotArgs,
  { tenantId, botName }: DeploymentPlace,
  parent: pulumi.Resource,
): pulumi.Output<void> {
  const { bot, adopt, cloud, managedIdentity, resourceGroup = {} } = args;
  const isManaged = bot?.type === BotType.UserAssignedMSI;
  const application = adopt?.application === undefined ? undefined : applicationObjectId(adopt);
  return pulumi
    .all([
      tenantId,
      botName,
      plannedGroupName(name, resourceGroup, parent, cloud),
      onceKnown(pulumi.output(managedIdentity?.clientId)),
      onceKnown(pulumi.output(resourceGroup.location)),
      armReading(parent, cloud),
    ])
    .apply(async ([tenant, wantedName, group, clientId, location, arm]) => {
      const before = await lastBot(name, parent);
      if (before === undefined) return;
      const wanted: BotWanted = {
        tenantId: tenant,
        resourceGroup: group,
        botName: wantedName,
        usesManagedIdentity: isManaged,
        makesManagedIdentity: isManaged && managedIdentity === undefined,
        appId: textOf(clientId),
        applicationObjectId: application,
        tenancy: application === undefined ? (args.tenancy ?? Tenancy.SingleTenant) : undefined,
        host: inUse(args.host),
        otherHost: args.otherHost && inUse(args.otherHost),
        // Left out, it stays: the provider remembers.
        location: textOf(location),
      };
      const moved = wanted.location === undefined ? undefined : await groupLocation(before, arm);
      const was = { ...before, location: moved };
      refuse(parent, checkReplacement(was, wanted, args.allowReplace));
    });
}

/** The bot of this name, or the only one of a stack whose outputs name none. */
async function lastBot(name: string, parent: pulumi.Resource): Promise<LastBot | undefined> {
  const bots = (await lastBots(parent)).flatMap((bot) => LastBot.safeParse(bot).data ?? []);
  const unnamed = bots.filter(({ logicalName }) => logicalName === undefined);
  const named = bots.find(({ logicalName }) => logicalName === name);
  return named ?? (unnamed.length === 1 ? unnamed[0] : undefined);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function inUse({ kind = HostKind.Existing, slot = HostSlot.First }: HostArgs): HostInUse {
  return { kind, slot };
}

const Group = z.object({ location: z.string() });

/** Where the group is that the bot is in; undefined where nobody may read it. */
async function groupLocation(
  { botResourceId }: LastBot,
  { ask }: ArmReading,
): Promise<string | undefined> {
  const group = botResourceId.split("/").slice(0, 5).join("/");
  const answer = await ask(group, GROUP_API_VERSION);
  return Group.safeParse(await answer?.json().catch(() => undefined)).data?.location;
}
