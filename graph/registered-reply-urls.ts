// The reply URLs that an application has at this moment, in the directory of the tenant that owns it.
import type { Client } from "@microsoft/microsoft-graph-client";
import { z } from "zod";
import { ReadProblem } from "../rules/consent-unknown.js";
import { ReadError } from "../rules/read-error.js";
import { getOrNothing } from "./bounded-reading.js";

const Application = z.object({ web: z.object({ redirectUris: z.array(z.string()) }) });

/**
 * Reply URLs of platform "web", where admin consent returns to; undefined when the tenant owns no such application.
 * @throws ReadError
 */
export async function registeredReplyUrls(
  client: Client,
  appId: string,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const path = `/applications(appId='${encodeURIComponent(appId)}')?$select=web`;
  const answer = await getOrNothing(client, path, signal);
  if (answer === undefined) return undefined;
  const application = Application.safeParse(answer);
  if (!application.success) throw new ReadError(ReadProblem.Unexpected);
  return application.data.web.redirectUris;
}
