// What tests and the command line may tell the local cloud about itself. It has a token of its own, which no
// cloud client ever holds: whoever can deploy cannot thereby break the cloud.
import { timingSafeEqual } from "node:crypto";
import { type Context, Hono } from "hono";
import { z } from "zod";
import type { ComputeQuotas } from "../arm/compute/quotas.js";
import type { ContainerImages } from "../arm/container-registry/container-images.js";
import { parseImage } from "../arm/container-registry/image-reference.js";
import { OutsideRecord, type OutsideRecords } from "../arm/custom-domain/outside-records.js";
import { RegisteredCall, type RegisteredCalls } from "../calls/local-calling-service.js";
import { Tunnel, type Tunnels } from "../calls/tunnels.js";
import { AccessPolicy } from "../directory/access-policies.js";
import { type Policies, TenantPolicies } from "../directory/policies.js";
import { TENANT_ID } from "../well-known.js";
import { FaultRule, type Faults } from "./faults.js";
import type { Replication } from "./replication.js";
import type { RequestLog } from "./request-log.js";

const IdentityToken = z.strictObject({ clientId: z.string(), resource: z.string() });
const DeclaredImage = z.strictObject({
  /** Its reference, such as `contoso.azurecr.io/bot:1.4.2`. */
  image: z.string().refine((text) => parseImage(text) !== undefined, "is no reference of an image"),
  present: z.boolean().default(true),
});
const OutsideDns = z.strictObject({ records: z.array(OutsideRecord) });
const Late = z.strictObject({
  /** How many reads do not see a new directory object. */
  reads: z.int().min(0).max(1000).optional(),
  /** For how long a new role assignment allows nothing. */
  roleSeconds: z.number().min(0).max(3600).optional(),
});

const Quota = z.strictObject({
  /** `westeurope` */
  location: z.string(),
  /** Of a family (`standardDSv5Family`), `cores` of the region, or `lowPriorityCores`. */
  name: z.string(),
  /** vCPUs. */
  limit: z.int().min(0),
});

/** Routes below `/_local`, each answered only to `Authorization: Bearer <controlToken>`. */
export function controlApp(
  controlToken: string,
  parts: {
    faults: Faults;
    log: RequestLog;
    replication: Replication;
    images: ContainerImages;
    outsideRecords: OutsideRecords;
    quotas: ComputeQuotas;
    policies: Policies;
    tunnels: Tunnels;
    calls: RegisteredCalls;
    /** A token of a managed identity, as its host would hand it out. */
    identityToken: (clientId: string, resource: string) => Promise<string | undefined>;
  },
): Hono {
  const { faults, log, replication, images, outsideRecords, quotas, policies, identityToken } =
    parts;
  const { tunnels, calls } = parts;
  const app = new Hono();
  app.use(async (context, next) => {
    const token = /^Bearer (.+)$/.exec(context.req.header("authorization") ?? "")?.[1] ?? "";
    if (!same(token, controlToken)) {
      return context.json(
        { error: "This interface needs the control token of the local cloud." },
        401,
      );
    }
    return next();
  });
  app.get("/health", (context) => context.json({ status: "ok" }));
  app.get("/requests", (context) => context.json({ requests: log.all() }));
  app.get("/faults", (context) => context.json({ faults: faults.list() }));
  app.post("/faults", (context) =>
    told(context, FaultRule, (rule) => context.json({ id: faults.add(rule) }, 201)),
  );
  app.delete("/faults", (context) => {
    faults.clear();
    return context.body(null, 204);
  });
  app.delete("/faults/:id", (context) =>
    faults.remove(Number(context.req.param("id")))
      ? context.body(null, 204)
      : context.json({ error: "There is no such fault." }, 404),
  );
  const put = <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
    keep: (told: z.output<Schema>) => void,
  ) =>
    app.put(path, (context) =>
      told(context, schema, (what) => {
        keep(what);
        return context.body(null, 204);
      }),
    );
  put("/replication", Late, ({ reads, roleSeconds }) => {
    if (reads !== undefined) replication.replicateLate(reads);
    if (roleSeconds !== undefined) replication.spreadRolesAfter(roleSeconds);
  });
  put("/quotas", Quota, ({ location, name, limit }) => quotas.setLimit(location, name, limit));
  put("/policies", TenantPolicies, (all) => policies.set(TENANT_ID, all));
  put("/access-policies", AccessPolicy, (policy) => calls.allowMeetings(policy));
  put("/tunnels", Tunnel, (tunnel) => tunnels.set(tunnel));
  app.post("/calls", (context) =>
    told(context, RegisteredCall, async (call) => {
      const ringing = calls.ring(call);
      if (ringing === undefined) {
        const error = "No bot with this app id has a Teams channel with calling enabled.";
        return context.json({ error }, 404);
      }
      const end = await ringing.ended;
      return context.json({ end, events: ringing.timeline.events() });
    }),
  );
  app.post("/managed-identity-token", (context) =>
    told(context, IdentityToken, async ({ clientId, resource }) => {
      const token = await identityToken(clientId, resource);
      return token === undefined
        ? context.json({ error: "There is no such managed identity, or no such resource." }, 404)
        : context.json({ access_token: token });
    }),
  );
  app.get("/images", (context) => context.json({ images: images.list() }));
  put("/images", DeclaredImage, ({ image, present }) => images.declare(image, present));
  app.get("/dns", (context) => context.json({ records: outsideRecords.list() }));
  put("/dns", OutsideDns, ({ records }) => outsideRecords.set(records));
  return app;
}

function same(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Answers with what is wrong with the body, or with what `answer` makes of it. */
async function told<Schema extends z.ZodType>(
  context: Context,
  schema: Schema,
  answer: (told: z.output<Schema>) => Response | Promise<Response>,
): Promise<Response> {
  const body = schema.safeParse(await context.req.json().catch(() => undefined));
  if (!body.success) return context.json({ error: z.prettifyError(body.error) }, 400);
  return answer(body.data);
}
