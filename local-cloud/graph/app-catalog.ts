// The organisation's catalogue of Teams apps: /v1.0/appCatalogs/teamsApps. Unlike the rest of Graph here it takes zips, and
// people: Graph lets no application publish ("Publish teamsApp" and "Update teamsApp", table of permissions).
import { randomUUID } from "node:crypto";
import type { CloudContext } from "../cloud-context.js";
import {
  CATALOG_ADMINISTRATORS,
  type CatalogCaller,
  catalogCaller,
  PUBLISHING,
  READING,
  READING_APP,
  requireOneOf,
} from "./app-catalog-caller.js";
import {
  definitionView,
  type TeamsAppDefinitionRecord,
  type TeamsAppRecord,
  teamsApps,
  teamsAppView,
} from "./app-catalog-view.js";
import { collectionAnswer, entityAnswer } from "./collection.js";
import { GraphError, idHeaders, notHere, type RequestIds } from "./errors.js";
import { readQuery } from "./odata-query.js";
import { parseRequestPath, type RequestPath } from "./request-path.js";
import type { GraphAnswer, GraphCall } from "./route-table.js";
import { readUpload, type UploadedApp, type UploadProblem } from "./teams-app-upload.js";
import { wrongMethod } from "./unknown-path.js";

const STORE = "teamsApps";

/** Whether a request is for the catalogue. */
export function isForAppCatalog(request: Request): boolean {
  return /^\/+v1\.0\/+appCatalogs\/+teamsApps([/(]|$)/i.test(new URL(request.url).pathname);
}

/**
 * The answer to a request for the catalogue, which authenticates it by itself. Throws GraphError as routes do; a refusal
 * with details inside `innerError` is returned.
 */
export async function appCatalogAnswer(
  context: CloudContext,
  request: Request,
  ids: RequestIds,
): Promise<GraphAnswer | Response> {
  const path = parseRequestPath(new URL(request.url).pathname);
  const user = await catalogCaller(context, request);
  const [, , id, below, ...more] = path.segments;
  const isRoute = below === undefined || below.toLowerCase() === "appdefinitions";
  if (!isRoute || more.length > 0) throw notHere("this part of a Teams app");
  const list = id === undefined;
  if (request.method === "GET") {
    requireOneOf(user, READING, READING_APP);
    return read(context, request, path, user);
  }
  if (request.method !== "POST" || (!list && below === undefined)) throw wrongMethod();

  requireOneOf(user, PUBLISHING, []);
  const review = reviewIn(new URL(request.url));
  // "Update teamsApp": only a Teams administrator, or a higher role. UNVERIFIED that publishing at once asks for the same.
  const isAdmin = user.wids.some((role) => CATALOG_ADMINISTRATORS.includes(role));
  if (!isAdmin && !(list && review)) {
    throw new GraphError(403, "Forbidden", "User not authorized to perform this operation.");
  }
  if (!/^application\/zip\b/i.test(request.headers.get("content-type") ?? "")) {
    throw new GraphError(415, "UnsupportedMediaType", "Content-Type must be application/zip.");
  }
  const upload = readUpload(new Uint8Array(await request.arrayBuffer()));
  if ("problems" in upload) return unreadableApp(upload.problems, ids, context.now());
  const state = review ? "submitted" : "published";
  const base = `${context.origins().graph}/v1.0`;
  return context.store.transaction(() =>
    id === undefined
      ? create(context, user, upload, state, base)
      : addDefinition(context, user, id, upload, state, base),
  );
}

function reviewIn(url: URL): boolean {
  const value = url.searchParams.get("requiresReview") ?? "false";
  if (/^(true|false)$/i.test(value)) return value.toLowerCase() === "true";
  throw new GraphError(400, "BadRequest", "The value of 'requiresReview' must be true or false.");
}

function read(
  context: CloudContext,
  request: Request,
  path: RequestPath,
  user: CatalogCaller,
): GraphAnswer {
  const url = new URL(request.url);
  const [, , id, below] = path.segments;
  const call: GraphCall = {
    context,
    caller: { ...user, roles: new Set(user.roles) },
    reach: "all",
    param: () => id ?? "",
    query: readQuery(url.searchParams, request.headers),
    body: {},
    path: url.pathname.slice("/v1.0".length),
    base: `${context.origins().graph}/v1.0`,
  };
  const expand = call.query.expand.includes("appDefinitions");
  if (id === undefined) {
    const records = context.store.entries<TeamsAppRecord>(STORE, `${user.tenantId}/`);
    return collectionAnswer(
      call,
      teamsApps,
      records.map(({ value }) => teamsAppView(value, expand)),
    );
  }
  const record = find(context, user, id);
  if (below === undefined) return entityAnswer(call, teamsApps, teamsAppView(record, expand));
  const value = record.definitions.map((definition) => definitionView(record, definition));
  const place = `${call.base}/$metadata#appCatalogs/teamsApps('${record.id}')/appDefinitions`;
  return { status: 200, body: { "@odata.context": place, value } };
}

function find(context: CloudContext, user: CatalogCaller, id: string): TeamsAppRecord {
  const record = context.store.get<TeamsAppRecord>(STORE, keyOf(user, id));
  if (record !== undefined) return record;
  throw new GraphError(404, "NotFound", "No teamsApp found with the specified id.");
}

function keyOf(user: CatalogCaller, id: string): string {
  return `${user.tenantId}/${id.toLowerCase()}`;
}

type State = TeamsAppDefinitionRecord["publishingState"];

function create(
  context: CloudContext,
  user: CatalogCaller,
  upload: UploadedApp,
  state: State,
  base: string,
): GraphAnswer {
  const existing = context.store.entries<TeamsAppRecord>(STORE, `${user.tenantId}/`);
  if (existing.some(({ value }) => value.externalId === upload.externalId)) throw conflict();
  const id = randomUUID();
  const { externalId, displayName } = upload;
  const record = { id, externalId, displayName, definitions: [definition(id, upload, state)] };
  context.store.put<TeamsAppRecord>(STORE, keyOf(user, id), record);
  return {
    status: 201,
    body: {
      "@odata.context": `${base}/$metadata#appCatalogs/teamsApps/$entity`,
      ...teamsAppView(record, false),
    },
    headers: { Location: `${base}/appCatalogs/teamsApps/${id}` },
  };
}

function addDefinition(
  context: CloudContext,
  user: CatalogCaller,
  id: string,
  upload: UploadedApp,
  state: State,
  base: string,
): GraphAnswer {
  const record = find(context, user, id);
  if (record.externalId !== upload.externalId) {
    const message = "The id in the manifest does not match the id of the app.";
    throw new GraphError(400, "BadRequest", message);
  }
  const highest =
    record.definitions
      .map(({ version }) => version)
      .sort(byNumber)
      .at(-1) ?? "0";
  if (byNumber(upload.version, highest) <= 0) throw conflict();
  const added = definition(id, upload, state);
  const { displayName } = upload;
  const definitions = [...record.definitions, added];
  context.store.put<TeamsAppRecord>(STORE, keyOf(user, id), {
    ...record,
    displayName,
    definitions,
  });
  if (state === "published") return { status: 204 };
  const place = `${base}/appCatalogs/teamsApps/${id}/appDefinitions/${added.id}`;
  return {
    status: 201,
    body: { "@odata.context": `${base}/$metadata#appDefinition`, ...definitionView(record, added) },
    headers: { Location: place },
  };
}

function definition(id: string, upload: UploadedApp, state: State): TeamsAppDefinitionRecord {
  // As in the examples of the reference: the app's id, the version, both readable in base64.
  const key = Buffer.from(`${id}##${upload.version}`).toString("base64");
  return { ...upload, id: key, publishingState: state };
}

/** 409 for an app or a version that is there (repository OfficeDev/microsoft-365-agents-toolkit, issue 9864). UNVERIFIED text. */
function conflict(): GraphError {
  return new GraphError(409, "Conflict", "App with same id already exists in the tenant.");
}

/** The reference page shows this error with status 200; 400 is what clients expect. UNVERIFIED which it is today. */
function unreadableApp(problems: UploadProblem[], ids: RequestIds, now: Date): Response {
  const message = problems.map((one) => `${one.target} | ${one.message}`).join("; ");
  const body = {
    error: {
      code: "BadRequest",
      message,
      innerError: {
        code: "UnableToParseTeamsAppManifest",
        message,
        details: problems,
        date: now.toISOString().slice(0, 19),
        "request-id": ids.requestId,
        "client-request-id": ids.clientRequestId,
      },
    },
  };
  return Response.json(body, {
    status: 400,
    headers: { "Cache-Control": "no-cache", ...idHeaders(ids) },
  });
}

function byNumber(a: string, b: string): number {
  const [left = [], right = []] = [a, b].map((version) => version.split(".").map(Number));
  const differing = [0, 1, 2]
    .map((i) => (left[i] ?? 0) - (right[i] ?? 0))
    .find((part) => part !== 0);
  return differing ?? 0;
}
