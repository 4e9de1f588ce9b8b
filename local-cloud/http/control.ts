// What tests and the command line may tell the local cloud about itself. It has a token of its own, which no
// cloud client ever holds: whoever can deploy cannot thereby break the cloud.
import { timingSafeEqual } from "node:crypto";
import { Hono } from "hono";
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
  app.post("/faults", async (context) => {
    const rule = FaultRule.safeParse(await context.req.json().catch(() => undefined));
    if (!rule.success) return context.json({ error: z.prettifyError(rule.error) }, 400);
    return context.json({ id: faults.add(rule.data) }, 201);
  });
  app.delete("/faults", (context) => {
    faults.clear();
    return context.body(null, 204);
  });
  app.delete("/faults/:id", (context) =>
    faults.remove(Number(context.req.param("id")))
      ? context.body(null, 204)
      : context.json({ error: "There is no such fault." }, 404),
  );
  app.put("/replication", async (context) => {
    const late = Late.safeParse(await context.req.json().catch(() => undefined));
    if (!late.success) return context.json({ error: z.prettifyError(late.error) }, 400);
    const { reads, roleSeconds } = late.data;
    if (reads !== undefined) replication.replicateLate(reads);
    if (roleSeconds !== undefined) replication.spreadRolesAfter(roleSeconds);
    return context.body(null, 204);
  });
  app.put("/quotas", async (context) => {
    const quota = Quota.safeParse(await context.req.json().catch(() => undefined));
    if (!quota.success) return context.json({ error: z.prettifyError(quota.error) }, 400);
    const { location, name, limit } = quota.data;
    quotas.setLimit(location, name, limit);
    return context.body(null, 204);
  });
  app.put("/policies", async (context) => {
    const asked = TenantPolicies.safeParse(await context.req.json().catch(() => undefined));
    if (!asked.success) return context.json({ error: z.prettifyError(asked.error) }, 400);
    policies.set(TENANT_ID, asked.data);
    return context.body(null, 204);
  });
  app.put("/access-policies", async (context) => {
    const policy = AccessPolicy.safeParse(await context.req.json().catch(() => undefined));
    if (!policy.success) return context.json({ error: z.prettifyError(policy.error) }, 400);
    calls.allowMeetings(policy.data);
    return context.body(null, 204);
  });
  app.put("/tunnels", async (context) => {
    const tunnel = Tunnel.safeParse(await context.req.json().catch(() => undefined));
    if (!tunnel.success) return context.json({ error: z.prettifyError(tunnel.error) }, 400);
    tunnels.set(tunnel.data);
    return context.body(null, 204);
  });
  app.post("/calls", async (context) => {
    const asked = RegisteredCall.safeParse(await context.req.json().catch(() => undefined));
    if (!asked.success) return context.json({ error: z.prettifyError(asked.error) }, 400);
    const ringing = calls.ring(asked.data);
    if (ringing === undefined) {
      const error = "No bot with this app id has a Teams channel with calling enabled.";
      return context.json({ error }, 404);
    }
    const end = await ringing.ended;
    return context.json({ end, events: ringing.timeline.events() });
  });
  app.post("/managed-identity-token", async (context) => {
    const asked = IdentityToken.safeParse(await context.req.json().catch(() => undefined));
    if (!asked.success) return context.json({ error: z.prettifyError(asked.error) }, 400);
    const token = await identityToken(asked.data.clientId, asked.data.resource);
    return token === undefined
      ? context.json({ error: "There is no such managed identity, or no such resource." }, 404)
      : context.json({ access_token: token });
  });
  app.get("/images", (context) => context.json({ images: images.list() }));
  app.put("/images", async (context) => {
    const declared = DeclaredImage.safeParse(await context.req.json().catch(() => undefined));
    if (!declared.success) return context.json({ error: z.prettifyError(declared.error) }, 400);
    images.declare(declared.data.image, declared.data.present);
    return context.body(null, 204);
  });
  app.get("/dns", (context) => context.json({ records: outsideRecords.list() }));
  app.put("/dns", async (context) => {
    const dns = OutsideDns.safeParse(await context.req.json().catch(() => undefined));
    if (!dns.success) return context.json({ error: z.prettifyError(dns.error) }, 400);
    outsideRecords.set(dns.data.records);
    return context.body(null, 204);
  });
  return app;
}

function same(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
