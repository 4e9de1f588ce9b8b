// Which reply URLs an application has at this moment, for a program that leaves some of them alone. An application is written with
// its whole list, and an update that nobody has refreshed before knows nothing of what was added since.

import type { Client } from "@microsoft/microsoft-graph-client";
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { readWithin } from "../graph/bounded-reading.js";
import { graphClient } from "../graph/graph-client.js";
import { heldToken } from "../graph/held-token.js";
import {
  applicationByObjectId,
  applicationsTagged,
  type RegisteredApplication,
} from "../graph/registered-application.js";
import { applicationObjectId } from "../rules/adoption.js";
import type { Cloud } from "../rules/clouds.js";
import { notLookedUp } from "../rules/ignored.js";
import { OWN_TAGS } from "../rules/tags.js";
import type { AdoptArgs } from "./adopt-args.js";
import { endpointsOf } from "./cloud.js";
import { directoryDeployerToken } from "./deployer-token.js";
import { lastBots } from "./last-outputs.js";
import { entraTags } from "./left-over-tags.js";
import { refuse } from "./refusal.js";

const PATIENCE_MS = 10_000;

/** Whose reply URLs are looked at. */
interface IgnoringApplication {
  /** Logical name. */
  readonly name: string;
  readonly ignored: readonly string[];
  readonly adopt: AdoptArgs | undefined;
  readonly cloud: Cloud | undefined;
}

/** All reply URLs that it has now, none while there is no such application; fails where nobody can look. */
export function replyUrlsThere(
  { ignored, ...application }: IgnoringApplication,
  parent: pulumi.Resource,
): pulumi.Output<string[]> {
  return pulumi.output(ignored.length === 0 ? [] : readReplyUrls(application, parent));
}

async function readReplyUrls(
  { name, adopt, cloud }: Omit<IgnoringApplication, "ignored">,
  parent: pulumi.Resource,
): Promise<string[]> {
  const { graph } = endpointsOf(cloud);
  const deployer = await directoryDeployerToken(parent, graph);
  const read = async () => {
    if (deployer === undefined) throw new Error("nobody may look");
    const client = graphClient({ credential: heldToken(deployer.token), graphOrigin: graph });
    return readWithin(PATIENCE_MS, async (signal) =>
      adopt?.application === undefined
        ? madeApplications({ name, client, signal }, await lastBots(parent))
        : [await applicationByObjectId(client, applicationObjectId(adopt), signal)],
    );
  };
  const found = await read().catch(() => undefined);
  if (found === undefined) refuse(parent, [notLookedUp("ignore.replyUrls")]);
  return (found ?? []).flatMap((application) => application?.web?.redirectUris ?? []);
}

const WithApplication = z.object({ applicationObjectId: z.string() });

/**
 * What this component has made: known by its tags, or, where somebody has taken these away or the list cannot be had, by what the
 * stack put out last time.
 */
async function madeApplications(
  { name, client, signal }: { name: string; client: Client; signal: AbortSignal },
  bots: readonly unknown[],
): Promise<(RegisteredApplication | undefined)[]> {
  const tags = entraTags(name);
  const isOwn = (one: { readonly tags: readonly string[] }) =>
    tags.every((tag) => one.tags.includes(tag));
  const [stackTag = ""] = tags.filter((tag) => tag.startsWith(`${OWN_TAGS.stack}:`));
  const byId = (ids: readonly string[]) =>
    Promise.all(ids.map((id) => applicationByObjectId(client, id, signal)));
  const known = bots.flatMap((bot) => WithApplication.safeParse(bot).data ?? []);
  const listed = await applicationsTagged(client, stackTag, signal).then(
    (all) => all.filter(isOwn).map(({ id }) => id),
    (error: unknown) => {
      if (known.length === 0) throw error;
      return [];
    },
  );
  if (listed.length > 0) return byId(listed);
  const last = await byId(known.map((bot) => bot.applicationObjectId));
  const isAnothers = (tag: string) => tag.startsWith(`${OWN_TAGS.name}:`) && !tags.includes(tag);
  return last.filter((one) => !one?.tags.some(isAnothers));
}
