// What a stack takes over is looked at before anything is touched, and said in the preview.
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { readWithin } from "../graph/bounded-reading.js";
import { graphClient } from "../graph/graph-client.js";
import { heldToken } from "../graph/held-token.js";
import { applicationByObjectId, liveApplication } from "../graph/registered-application.js";
import { type Adoptee, checkAdoptable, checkNothingLost } from "../rules/adoptable.js";
import { additions, adoptedIds } from "../rules/adopted-together.js";
import { applicationObjectId, checkSubscription } from "../rules/adoption.js";
import type { RequestedPermission } from "../rules/capabilities.js";
import type { Cloud } from "../rules/clouds.js";
import { allReplyUrls } from "../rules/config-together.js";
import { botOf } from "../rules/live-bot.js";
import type { AdoptArgs } from "./adopt-args.js";
import { type ArmReading, armReading } from "./arm-reading.js";
import type { CallingBotArgs } from "./calling-bot-args.js";
import { endpointsOf } from "./cloud.js";
import { directoryDeployerToken } from "./deployer-token.js";
import { lastBots } from "./last-outputs.js";
import { refuse } from "./refusal.js";

/** What of a registration stood there before the stack, and what the stack has added to it. */
export interface AdoptedOutput {
  /** Ids of what stays when the stack is taken away. */
  kept: string[];
  /** In words: this stays too, unless somebody removes it. */
  added: string[];
}

/** What the stack asks of what it adopts. */
export interface AdoptionWish {
  readonly adopt: AdoptArgs;
  readonly requested: readonly RequestedPermission[];
  readonly replyUrls: pulumi.Input<string[]>;
  /** Reply URLs that are left as they are. */
  readonly ignoredReplyUrls: readonly string[];
  readonly tenantId: pulumi.Output<string>;
  readonly cloud: Cloud | undefined;
}

/** Undefined where nothing is adopted. */
export function adoptionWish(
  { adopt, replyUrls = [], consent, ignore, cloud }: CallingBotArgs,
  requested: readonly RequestedPermission[],
  tenantId: pulumi.Output<string>,
): AdoptionWish | undefined {
  if (adopt === undefined) return undefined;
  return {
    adopt,
    requested,
    tenantId,
    cloud,
    replyUrls: allReplyUrls(replyUrls, consent?.redirectUrl),
    ignoredReplyUrls: ignore?.replyUrls ?? [],
  };
}

const API_VERSION = "2022-09-15";
const PATIENCE_MS = 10_000;
const PATHS = { bot: "adopt.bot", application: "adopt.application" };

/** Known once what is to be adopted is known to be there and free, or cannot be looked at; fails otherwise. */
export function adoptable(
  { adopt, requested, replyUrls, ignoredReplyUrls, tenantId, cloud }: AdoptionWish,
  parent: pulumi.Resource,
): pulumi.Output<void> {
  return pulumi
    .all([tenantId, armReading(parent, cloud), replyUrls])
    .apply(async ([tenant, arm, urls]) => {
      const [bot, application, before] = await Promise.all([
        liveBot(adopt, arm),
        applicationThere(adopt, parent, cloud),
        isAdopted(adopt, parent),
      ]);
      const stack = { project: pulumi.getProject(), stack: pulumi.getStack() };
      const wanted = {
        replyUrls: [...urls, ...ignoredReplyUrls],
        roleIds: requested.map(({ id }) => id),
      };
      refuse(parent, [
        ...(arm.subscriptionId === "" ? [] : checkSubscription("adopt", adopt, arm.subscriptionId)),
        ...checkAdoptable({
          tenantId: tenant,
          paths: PATHS,
          stack,
          ...(bot === undefined ? {} : { bot }),
          ...(application === undefined ? {} : { application }),
        }),
        ...(before || application === undefined || application === "missing"
          ? []
          : checkNothingLost("adopt", adopt, wanted, application)),
      ]);
    });
}

async function liveBot({ bot: id }: AdoptArgs, { ask }: ArmReading): Promise<Adoptee["bot"]> {
  if (id === undefined) return undefined;
  const answer = await ask(id, API_VERSION);
  if (answer?.status === 404) return "missing";
  return answer?.ok === true ? botOf(await answer.json().catch(() => undefined)) : undefined;
}

async function applicationThere(
  adopt: AdoptArgs,
  parent: pulumi.Resource,
  cloud: Cloud | undefined,
): Promise<Adoptee["application"]> {
  if (adopt.application === undefined) return undefined;
  const { graph } = endpointsOf(cloud);
  const deployer = await directoryDeployerToken(parent, graph);
  if (deployer === undefined) return undefined;
  const client = graphClient({ credential: heldToken(deployer.token), graphOrigin: graph });
  try {
    const found = await readWithin(PATIENCE_MS, (signal) =>
      applicationByObjectId(client, applicationObjectId(adopt), signal),
    );
    return found === undefined ? "missing" : liveApplication(found);
  } catch {
    return undefined;
  }
}

const AdoptedBefore = z.object({ adopted: z.object({ kept: z.array(z.string()) }) });

/** Whether the last update of this stack ended with the application adopted: what it lacks since then is meant. */
async function isAdopted({ application }: AdoptArgs, parent: pulumi.Resource): Promise<boolean> {
  const bots = await lastBots(parent);
  return bots.some((bot) => {
    const adopted = AdoptedBefore.safeParse(bot).data?.adopted;
    return application !== undefined && adopted?.kept.includes(application) === true;
  });
}

/** What was there and what is added to it, for the outputs; a preview says it in words. */
export function explainAdoption(
  { adopt, requested, replyUrls }: AdoptionWish,
  callingWebhook: pulumi.Output<string>,
  parent: pulumi.Resource,
): pulumi.Output<AdoptedOutput> {
  const permissions = requested.map(({ value }) => value);
  return pulumi.all([callingWebhook, replyUrls]).apply(([webhook, urls]) => {
    const asked = { callingWebhook: webhook, replyUrls: urls, permissions };
    const adopted = { kept: adoptedIds(adopt), added: additions(adopt, asked) };
    if (pulumi.runtime.isDryRun()) void pulumi.log.info(explained(adopted), parent);
    return adopted;
  });
}

function explained({ kept, added }: AdoptedOutput): string {
  return [
    "The stack takes over, and leaves behind when it is taken away:",
    ...kept.map((id) => `  ${id}`),
    ...(added.length === 0
      ? ["It adds nothing to them."]
      : ["It adds to them:", ...added.map((what) => `  ${what}`)]),
    "Everything else of them stays as it is.",
  ].join("\n");
}
