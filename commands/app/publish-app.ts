// `app publish`: a package into the catalogue of the organisation, once, however often it is run.
import type { Client } from "@microsoft/microsoft-graph-client";
import {
  addCatalogVersion,
  type CatalogApp,
  CatalogRefusal,
  createCatalogApp,
  findCatalogApp,
} from "../../graph/app-catalog.js";
import type { TokenSource } from "../../graph/graph-client.js";
import { Cloud, endpointsFromEnvironment } from "../../rules/clouds.js";
import type { Issue } from "../../rules/issue.js";
import { checkApp } from "../../rules/manifest/check-app.js";
import { placeIn } from "../../rules/manifest/manifest-text.js";
import { type Publication, planPublication } from "../../rules/manifest/publication.js";
import type { Report } from "../report.js";
import type { Surroundings } from "../surroundings.js";
import { publisher } from "./publisher.js";
import { readApp } from "./read-app.js";

export interface PublishOptions {
  readonly file: string;
  /** Let an administrator approve it. @default false */
  readonly review?: boolean;
  readonly signIn: "default" | "device-code" | "browser";
  readonly tenant?: string;
  readonly clientId?: string;
  readonly cloud?: Cloud;
}

/** @param credential in place of signing in. @default signs in as `options.signIn` says */
export async function publishApp(
  surroundings: Surroundings,
  options: PublishOptions,
  credential?: TokenSource,
): Promise<Report> {
  const { file, review = false } = options;
  const refuse = (issues: readonly Issue[], warnings: readonly Issue[] = []): Report => ({
    lines: [],
    issues,
    warnings,
    afterIssues: "Nothing was published.",
    data: { file },
  });

  const { app, bytes, issues } = readApp(surroundings, file);
  if (app === undefined || bytes === undefined) return refuse(issues);
  if (app.files === undefined) return refuse([notPackage(file)]);
  const cloud = options.cloud ?? Cloud.Public;
  const found = checkApp(app, { cloud });
  if (found.issues.length > 0) return refuse(found.issues, found.warnings);

  const endpoints = endpointsFromEnvironment(surroundings.env, cloud);
  const how = { ...options, how: options.signIn, endpoints, review };
  const { client, issues: unfit } = await publisher(surroundings, how, credential);
  if (client === undefined) return refuse(unfit, found.warnings);
  const { id, version } = app.manifest.value;
  const parcel: Parcel = {
    bytes,
    id: String(id),
    version: String(version),
    versionPlace: placeIn(app.manifest, ["version"]),
    review,
  };
  try {
    surroundings.progress(`Looking for the app ${parcel.id} in the catalogue ...`);
    const done = await send(surroundings, client, parcel).catch((error: unknown) => {
      // A conflict is somebody else's publishing, or our own whose answer was lost: looking again tells.
      const isConflict = error instanceof CatalogRefusal && error.status === 409;
      if (isConflict) return send(surroundings, client, parcel);
      throw error;
    });
    if (done.plan.action === "refuse") return refuse([done.plan.issue], found.warnings);
    const data = { file, action: done.plan.action, catalogId: done.app?.id, version };
    const lines = [sentence(done.plan, parcel, done.app?.id ?? "")];
    return { lines, issues: [], warnings: found.warnings, data };
  } catch (error) {
    return refuse([asIssue(error, endpoints.graph)], found.warnings);
  }
}

/** What is published. */
interface Parcel {
  readonly bytes: Uint8Array;
  /** The app's id in the manifest. */
  readonly id: string;
  readonly version: string;
  /** Where the version stands, for messages. */
  readonly versionPlace: string;
  readonly review: boolean;
}

/** Looks what the catalogue has, and sends what it lacks. */
async function send(
  { progress }: Surroundings,
  client: Client,
  { bytes, id, version, versionPlace, review }: Parcel,
): Promise<{ plan: Publication; app?: CatalogApp }> {
  const existing = await findCatalogApp(client, id);
  const plan = planPublication(version, versionsOf(existing), versionPlace);
  if (plan.action === "create") {
    progress("Publishing it as a new app ...");
    return { plan, app: await createCatalogApp(client, bytes, review) };
  }
  if (plan.action === "addVersion" && existing !== undefined) {
    progress(`Publishing version ${version} of it ...`);
    await addCatalogVersion(client, existing.id, bytes, review);
  }
  return existing === undefined ? { plan } : { plan, app: existing };
}

function notPackage(file: string): Issue {
  return {
    path: file,
    rule: "must be a package, not a manifest alone",
    whose: "Microsoft Graph",
    fix: "Zip the manifest with its icons, or build it with teams-calling-bot app package.",
  };
}

function versionsOf(app: CatalogApp | undefined) {
  return app?.appDefinitions.map(({ version, publishingState }) => ({
    version: version ?? "0.0.0",
    state: publishingState ?? "published",
  }));
}

function sentence(plan: Publication, { version, review }: Parcel, id: string): string {
  const waits = `waits for an administrator's approval in the Teams admin center`;
  if (plan.action === "nothing") {
    return plan.state === "submitted"
      ? `Version ${version} was submitted before and ${waits} (catalogue id ${id}).`
      : `Version ${version} is in the catalogue already (catalogue id ${id}); nothing was sent. If the package has changed, raise its version.`;
  }
  const what = plan.action === "create" ? "The app" : `Version ${version} of the app`;
  return review
    ? `${what} is submitted and ${waits} (catalogue id ${id}).`
    : `${what} is published in the catalogue (catalogue id ${id}).`;
}

/** One sentence for whatever stood in the way. */
function asIssue(error: unknown, graph: string): Issue {
  if (error instanceof CatalogRefusal) {
    const what = [error.message, ...error.details]
      .join(" ")
      .replace(/\s+/g, " ")
      .replace(/\.$/, "");
    const code = error.innerCode || error.code || String(error.status);
    return {
      path: "The catalogue",
      rule: `refused the package (${code}): ${what}`,
      whose: "Microsoft Graph",
      fix: fixFor(error),
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  const [first = ""] = message.split(/[\r\n]/);
  return {
    path: "The connection",
    rule: `to ${graph} failed: ${first.replace(/\.$/, "")}`,
    whose: "network",
    fix: "Check the network; it is safe to run this again.",
  };
}

function fixFor({ status, innerCode }: CatalogRefusal): string {
  if (status === 401) return "Sign in again.";
  if (status === 403) {
    return "Sign in as a person who may publish: anybody with --review where the organisation allows it, otherwise a Teams administrator.";
  }
  if (status === 409)
    return `An app with this id is there that is not to be seen${innerCode ? ` (${innerCode})` : ""}: delete it in the Teams admin center, or give the app another id.`;
  return status >= 500
    ? "It is safe to run this again."
    : "Correct the package and publish it again.";
}
