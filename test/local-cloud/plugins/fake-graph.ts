// Microsoft Graph in memory, as far as the tests need it.
import { randomUUID } from "node:crypto";
import type { FakeAnswer, FakeHandler, FakeRequest } from "./fake-cloud.js";

type Entity = Record<string, unknown> & { id: string };

export interface FakeGraph {
  /** By path: `/applications/{id}`, `/servicePrincipals/{id}/appRoleAssignedTo/{id}`, ... */
  readonly entities: Map<string, Entity>;
  readonly owners: Map<string, string[]>;
  /** Answers instead of the usual; the first that gives one is used. */
  before: FakeHandler;
  readonly handler: FakeHandler;
}

export const GRAPH_APP_ID = "00000003-0000-0000-c000-000000000000";
export const GRAPH_SERVICE_PRINCIPAL = "55555555-5555-4555-8555-555555555555";

export function fakeGraph(): FakeGraph {
  const entities = new Map<string, Entity>();
  const owners = new Map<string, string[]>();
  entities.set(`/servicePrincipals/${GRAPH_SERVICE_PRINCIPAL}`, {
    id: GRAPH_SERVICE_PRINCIPAL,
    appId: GRAPH_APP_ID,
    displayName: "Microsoft Graph",
    accountEnabled: true,
    appRoles: [
      {
        id: "284383ee-7f6e-4e40-a2a8-e85dcb029101",
        value: "Calls.Initiate.All",
        isEnabled: true,
        allowedMemberTypes: ["Application"],
      },
    ],
  });
  const graph: FakeGraph = {
    entities,
    owners,
    before: () => undefined,
    handler: (request) => graph.before(request) ?? answer(graph, request),
  };
  return graph;
}

function answer(graph: FakeGraph, request: FakeRequest): FakeAnswer | undefined {
  const path = request.url.pathname.replace(/^\/(v1\.0|beta)/, "");
  const body: Record<string, unknown> = Object(request.body);
  const last = path.split("/").at(-1) ?? "";
  if (request.method === "GET" && path.endsWith("/owners")) {
    const ids = graph.owners.get(path.replace(/\/owners$/, "")) ?? [];
    return { status: 200, body: { value: ids.map((id) => ({ id })) } };
  }
  if (path.includes("/owners/")) return changeOwners(graph, request.method, path, body);
  if (last === "addPassword" || last === "removePassword") return password(graph, path, body);
  switch (request.method) {
    case "GET":
      return read(graph, path, request);
    case "POST":
      return create(graph, path, body);
    case "PATCH":
      return patch(graph, path, body);
    case "DELETE":
      return graph.entities.delete(path) ? { status: 204 } : missing(path);
    default:
      return undefined;
  }
}

function read(graph: FakeGraph, path: string, { url }: FakeRequest): FakeAnswer {
  const found = graph.entities.get(path);
  if (found !== undefined) return { status: 200, body: found };
  if (path.split("/").length > 2) return missing(path);
  const [, property = "", value = ""] =
    /^(\w+) eq '(.*)'$/.exec(url.searchParams.get("$filter") ?? "") ?? [];
  const value1 = [...graph.entities]
    .filter(([where]) => where.split("/").length === 3 && where.startsWith(`${path}/`))
    .map(([, entity]) => entity)
    .filter((entity) => entity[property] === value);
  return { status: 200, body: { value: value1 } };
}

function create(graph: FakeGraph, path: string, body: Record<string, unknown>): FakeAnswer {
  const { "owners@odata.bind": bound, ...rest } = body;
  const id = randomUUID();
  const own =
    path === "/applications" ? { appId: randomUUID(), publisherDomain: "contoso.local" } : {};
  const entity: Entity = { ...rest, ...own, id };
  graph.entities.set(`${path}/${id}`, entity);
  if (Array.isArray(bound)) {
    graph.owners.set(
      `${path}/${id}`,
      bound.map((url) => String(url).split("/").at(-1) ?? ""),
    );
  }
  return { status: 201, body: entity };
}

function patch(graph: FakeGraph, path: string, body: Record<string, unknown>): FakeAnswer {
  const found = graph.entities.get(path);
  if (found === undefined) return missing(path);
  graph.entities.set(path, { ...found, ...body, id: found.id });
  return { status: 204 };
}

function changeOwners(
  graph: FakeGraph,
  method: string,
  path: string,
  body: Record<string, unknown>,
): FakeAnswer {
  const owned = path.slice(0, path.indexOf("/owners"));
  const before = graph.owners.get(owned) ?? [];
  if (method === "POST") {
    graph.owners.set(owned, [...before, String(body["@odata.id"]).split("/").at(-1) ?? ""]);
    return { status: 204 };
  }
  const gone = path.split("/").at(-2);
  graph.owners.set(
    owned,
    before.filter((owner) => owner !== gone),
  );
  return { status: 204 };
}

function password(graph: FakeGraph, path: string, body: Record<string, unknown>): FakeAnswer {
  const where = path.slice(0, path.lastIndexOf("/"));
  const found = graph.entities.get(where);
  if (found === undefined) return missing(where);
  const held: unknown[] = Array.isArray(found["passwordCredentials"])
    ? found["passwordCredentials"]
    : [];
  if (path.endsWith("removePassword")) {
    const left = held.filter((one) => Object(one).keyId !== body["keyId"]);
    graph.entities.set(where, { ...found, passwordCredentials: left });
    return { status: 204 };
  }
  const added = {
    startDateTime: "2027-01-01T00:00:00Z",
    endDateTime: "2029-01-01T00:00:00Z",
    ...Object(body["passwordCredential"]),
    keyId: randomUUID(),
    hint: "abc",
  };
  graph.entities.set(where, { ...found, passwordCredentials: [...held, added] });
  return { status: 200, body: { ...added, secretText: SECRET_TEXT } };
}

export const SECRET_TEXT = "made-by-the-fake~1";

export function missing(path: string): FakeAnswer {
  const message = `Resource '${path.split("/").at(-1)}' does not exist or one of its queried reference-property objects are not present.`;
  return { status: 404, body: { error: { code: "Request_ResourceNotFound", message } } };
}
