// Somebody with a portal: changes what a stack has made by plain calls of the services, and reads all of it as it is.
import type { Stack } from "@pulumi/pulumi/automation/index.js";
import { expect } from "vitest";
import { z } from "zod";
import { cloudAccess, graphClientOf } from "../../../scripts/read-back.js";
import { asDeployer } from "../../support/as-deployer.js";
import type { TestCloud } from "../../support/test-cloud.js";

/** A body of any shape. */
// biome-ignore lint/suspicious/noExplicitAny: tests reach into bodies of any shape
export type Body = any;

export interface Person {
  /** Id of a resource: an ARM id, or a path of Microsoft Graph. */
  id(resource: string): string;
  /** Changes a resource of Azure: what a GET answers, edited, is PUT. */
  edit(resource: string, change: (body: Body) => unknown): Promise<void>;
  /** Deletes a resource of Azure or an object of the directory. */
  remove(resource: string): Promise<void>;
  /** One call of Resource Manager, by an id. */
  arm(method: string, id: string, apiVersion: string, body?: object): Promise<Body>;
  /** One call of Microsoft Graph. */
  graph(method: "GET" | "POST" | "PATCH" | "DELETE", path: string, body?: object): Promise<Body>;
}

const State = z.object({
  resources: z.array(
    z.object({
      urn: z.string(),
      type: z.string(),
      custom: z.boolean().default(false),
      id: z.string().default(""),
      outputs: z.object({ azureApiVersion: z.string().optional() }).default({}),
    }),
  ),
});

interface Known {
  readonly id: string;
  /** Undefined for what is not Azure's. */
  readonly apiVersion: string | undefined;
}

/** What the stack knows at this moment. */
export async function personBeside(cloud: TestCloud, stack: Stack): Promise<Person> {
  const known = await resourcesOf(stack);
  const { arm } = asDeployer(cloud);
  const client = graphClientOf(cloudAccess(cloud.environment()));
  const resource = (name: string): Known => {
    const found = known.get(name);
    if (found === undefined) throw new Error(`the stack has no ${name}`);
    return found;
  };
  const graph: Person["graph"] = (method, path, body) => {
    const request = client.api(path);
    switch (method) {
      case "GET":
        return request.get();
      case "POST":
        return request.post(body);
      case "PATCH":
        return request.patch(body);
      case "DELETE":
        return request.delete();
    }
  };
  return {
    id: (name) => resource(name).id,
    graph,
    arm,
    edit: async (name, change) => {
      const { id, apiVersion = "" } = resource(name);
      const body: Body = await arm("GET", id, apiVersion);
      change(body);
      await arm("PUT", id, apiVersion, body);
    },
    remove: async (name) => {
      const { id, apiVersion } = resource(name);
      if (apiVersion === undefined) return void (await graph("DELETE", graphPath(id) ?? id));
      await arm("DELETE", id, apiVersion);
      // Some deletes go on after the answer.
      await expect
        .poll(() => arm("GET", id, apiVersion).then(String, String), { timeout: 60_000 })
        .toContain(": 404 ");
    },
  };
}

/** By type, logical name and id. */
export type Live = Readonly<Record<string, unknown>>;

/** What the services hold of everything that the stack knows. */
export async function liveResources(cloud: TestCloud, stack: Stack): Promise<Live> {
  const { arm } = asDeployer(cloud);
  const client = graphClientOf(cloudAccess(cloud.environment()));
  const known = [...(await resourcesOf(stack))].map(async ([name, { id, apiVersion }]) => {
    const path = apiVersion === undefined ? graphPath(id) : undefined;
    if (apiVersion === undefined && path === undefined) return [];
    const read =
      apiVersion === undefined ? client.api(path ?? "").get() : arm(...asked(id), apiVersion);
    const body = JSON.parse(JSON.stringify(await read, withoutNotes));
    const owners = isOwned(id) ? await client.api(`${id}/owners?$select=id`).get() : undefined;
    return [[`${name} ${id}`, { body, owners: owners?.value }] as const];
  });
  return Object.fromEntries((await Promise.all(known)).flat());
}

/** The settings of a site are told only to who may see secrets, which takes a POST. */
function asked(id: string): [method: string, id: string] {
  return id.endsWith("/config/appsettings") ? ["POST", `${id}/list`] : ["GET", id];
}

/** When something was written and not what, and which machines hang on it. */
const NOTES =
  /^(etag|created(On|By|At)|updated(On|By)|(last)?modified\w*|networkInterfaces|(backendIP|ip)Configurations)$/i;

function withoutNotes(name: string, value: unknown): unknown {
  return NOTES.test(name) ? undefined : value;
}

async function resourcesOf(stack: Stack): Promise<Map<string, Known>> {
  const { deployment } = await stack.exportStack();
  const custom = State.parse(deployment).resources.filter(
    (one) => one.custom && !one.type.startsWith("pulumi:"),
  );
  return new Map(
    custom.map(({ urn, type, id, outputs }) => [
      `${type.split(":").at(-1)} ${urn.split("::").at(-1)}`,
      { id, apiVersion: outputs.azureApiVersion },
    ]),
  );
}

function isOwned(id: string): boolean {
  return /^\/(applications|servicePrincipals)\/[^/]+$/.test(id);
}

/** Undefined for what can be looked at only as a part of its application. */
function graphPath(id: string): string | undefined {
  if (id.startsWith("/")) return id;
  const [application, kind, child] = id.split("/");
  return kind === "federatedIdentityCredential"
    ? `/applications/${application}/federatedIdentityCredentials/${child}`
    : undefined;
}
