// The calls API on a directory of its own, with a calling service that sends nowhere: notifications are looked at, not delivered.
import { setTimeout as pause } from "node:timers/promises";
import type { CallKind } from "../../../local-cloud/calls/call.js";
import { CallingService } from "../../../local-cloud/calls/calling-service.js";
import type { Ringing } from "../../../local-cloud/calls/incoming-call.js";
import { mayKnowCaller } from "../../../local-cloud/calls/may-know-caller.js";
import { ORDINARY_USER } from "../../../local-cloud/directory/people.js";
import { graphAppRoles } from "../../../local-cloud/graph/graph-app-roles.js";
import { graphService } from "../../../local-cloud/graph/graph-service.js";
import { GRAPH_SERVICE_PRINCIPAL_ID, TENANT_ID } from "../../../local-cloud/well-known.js";
import { SERVICE_MEDIA, startBot } from "../../commands/rehearse-bots.js";
import { startGraph } from "../graph/graph-under-test.js";

export type CallsUnderTest = Awaited<ReturnType<typeof startCalls>>;

/** `told` are the notifications that reached the bot, the newest last. */
export async function startCalls() {
  const graph = await startGraph();
  const { context } = graph;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies of any shape
  const told: any[] = [];
  const bot = await startBot(({ body }) => {
    told.push(...(body.value ?? [body]));
    return { status: 202 };
  });
  const calls = new CallingService({
    proof: async () => undefined,
    routeTo: (address) => ({ url: new URL(address) }),
    mayKnowCaller: mayKnowCaller(context),
    timing: { establishMs: 5, promptMs: 5, talkMs: 60_000, retryMs: 5 },
  });
  const registered = new Set<string>();
  const service = graphService(context, {
    calls,
    webhookOf: (appId) => (registered.has(appId) ? bot.webhook : undefined),
  });

  /** An application that is a bot, with consent to these app roles. */
  const newBot = async (roles: readonly string[], { calling = true } = {}) => {
    const { application, principal } = await graph.principal("A bot");
    const grant = (role: string) =>
      graph.post(`/servicePrincipals/${principal.id}/appRoleAssignments`, {
        principalId: principal.id,
        resourceId: GRAPH_SERVICE_PRINCIPAL_ID,
        appRoleId: graphAppRoles.find(({ value }) => value === role)?.id,
      });
    for (const role of roles) await grant(role);
    const { appId } = application;
    if (calling) registered.add(appId);
    const send = async (method: string, path: string, body?: unknown, tid = TENANT_ID) => {
      const token = await context.tokens.issue({
        aud: context.origins().graph,
        tid,
        appid: appId,
        oid: principal.id,
        idtyp: "app",
        roles: [...roles],
      });
      const answer = await service.app.request(
        `${context.origins().graph}${path.startsWith("/beta/") ? "" : "/v1.0"}${path}`,
        {
          method,
          headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        },
      );
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, body: text ? JSON.parse(text) : {} };
    };
    const ring = (kind: CallKind = "one-to-one"): Ringing =>
      calls.ring({ appId, tenantId: TENANT_ID, kind, webhook: bot.webhook, caller: ORDINARY_USER });
    /** A call that is answered and established. */
    const established = async (kind: CallKind = "one-to-one", answer: unknown = SERVICE_MEDIA) => {
      const ringing = ring(kind);
      const path = `/communications/calls/${ringing.call.id}`;
      const { status, body } = await send("POST", `${path}/answer`, answer);
      if (status !== 202) throw new Error(`not answered: ${JSON.stringify(body)}`);
      await until(() => ringing.call.state === "established");
      return { ...ringing, path };
    };
    return { appId, objectId: principal.id as string, send, ring, established };
  };

  return {
    context,
    service,
    calls,
    told,
    newBot,
    stop: async () => {
      calls.close();
      await bot.stop();
      await graph.stop();
    },
  };
}

/** Waits for something that is about to happen. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries += 1) {
    if (tries > 1_000) throw new Error("it never happened");
    await pause(10);
  }
}
