// The calls of the demo: the example bot in a process of its own, behind the webhook that the stack has registered, called by the
// local cloud. What it signs in with is a secret that lives as long as the process.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { z } from "zod";
import type { RehearsedCall } from "../commands/rehearse/rehearsed-call.js";
import { attachToRunning } from "../local-cloud/index.js";
import type { StackOutputs } from "../rules/outputs.js";
import { nodeArguments } from "./node-arguments.js";
import { localFolder } from "./project-paths.js";
import { type CloudAccess, graphClientOf } from "./read-back.js";

const BOT = new URL("../examples/answering-bot/main.ts", import.meta.url);

const Password = z.object({ keyId: z.string(), secretText: z.string() });

/** Starts the bot, and opens a tunnel from its public address to it. */
export async function startAnsweringBot(
  access: CloudAccess,
  { appId, tenantId, callingWebhook }: StackOutputs,
): Promise<{ stop(): Promise<void> }> {
  const application = graphClientOf(access).api(`/applications(appId='${appId}')/addPassword`);
  const password = await application
    .post({ passwordCredential: { displayName: "demo" } })
    .then(Password.parse);
  const webhook = new URL(callingWebhook);
  const child = spawn(process.execPath, nodeArguments(BOT, []), {
    env: {
      ...process.env,
      AZURE_TENANT_ID: tenantId,
      AZURE_CLIENT_ID: appId,
      AZURE_CLIENT_SECRET: password.secretText,
      GRAPH_URL: access.graph,
      CALLING_OPENID_CONFIGURATION: `${process.env["AZURE_AUTHORITY_HOST"]}/v1/.well-known/OpenIdConfiguration`,
      CALLING_PATH: webhook.pathname,
      PORT: "0",
    },
    // What it says of a refused call is in the timeline.
    stdio: ["ignore", "pipe", "ignore"],
  });
  const stop = async () => {
    await ended(child);
    await graphClientOf(access)
      .api(`/applications(appId='${appId}')/removePassword`)
      .post({ keyId: password.keyId });
  };
  try {
    const to = `http://localhost:${await portOf(child)}`;
    await control("PUT", "/tunnels", { from: webhook.origin, to });
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

async function portOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error("the bot has no output");
  for await (const line of createInterface({ input: stdout })) {
    const [, port] = /on port (\d+)\.$/.exec(line) ?? [];
    if (port !== undefined) return port;
  }
  throw new Error("the example bot did not start");
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, "exit");
}

/** Calls the bot where its Teams channel says, and waits until the call is over. */
export async function callBot(appId: string): Promise<RehearsedCall> {
  const answer = await control("POST", "/calls", { appId, hangUpWhenRefused: true });
  return { proof: "right", kind: "one-to-one", ...Called.parse(answer) };
}

const Event = z.object({ at: z.number() });
const Called = z.object({
  end: z.enum([
    "hungUpByBot",
    "hungUpByCaller",
    "rejected",
    "redirected",
    "unanswered",
    "undelivered",
  ]),
  events: z.array(
    z.discriminatedUnion("kind", [
      Event.extend({
        kind: z.literal("sent"),
        what: z.string(),
        url: z.string(),
        status: z.number().exactOptional(),
        failure: z.string().exactOptional(),
        milliseconds: z.number(),
      }),
      Event.extend({
        kind: z.literal("received"),
        method: z.string(),
        path: z.string(),
        action: z.string(),
        status: z.number(),
        code: z.string().exactOptional(),
        message: z.string().exactOptional(),
      }),
      Event.extend({ kind: z.literal("note"), text: z.string() }),
    ]),
  ),
});

/** Whether the answer was refused for want of consent. */
export function isRefused({ events }: RehearsedCall): boolean {
  return events.some((event) => event.kind === "received" && event.code === "7504");
}

const Principal = z.object({ id: z.string() });
const Assignments = z.object({ value: z.array(z.object({ id: z.string() })) });

/** Takes every app role back from the bot, and returns their names. */
export async function takeConsentAway(
  access: CloudAccess,
  { appId, grantedPermissions }: StackOutputs,
): Promise<readonly string[]> {
  const graph = graphClientOf(access);
  const principal = await graph
    .api(`/servicePrincipals(appId='${appId}')`)
    .get()
    .then(Principal.parse);
  const path = `/servicePrincipals/${principal.id}/appRoleAssignments`;
  const { value } = await graph.api(path).get().then(Assignments.parse);
  for (const { id } of value) await graph.api(`${path}/${id}`).delete();
  return grantedPermissions;
}

/** The local cloud's own interface, which is no service of Azure. */
async function control(method: string, path: string, body: unknown): Promise<unknown> {
  const cloud = await attachToRunning(localFolder());
  if (cloud === undefined) throw new Error("the local cloud does not run");
  const answer = await fetch(`${cloud.origins.login}/_local${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${cloud.controlToken}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path} of the local cloud: ${answer.status} ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}
