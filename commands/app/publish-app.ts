// `app publish`: a package into the catalogue of the organisation, once, however often it is run.
import {
  addCatalogVersion,
  type CatalogApp,
  CatalogRefusal,
  createCatalogApp,
  findCatalogApp,
} from "../../graph/app-catalog.js";
import { graphClient, type TokenSource } from "../../graph/graph-client.js";
import { tokenClaims } from "../../graph/token-claims.js";
import { Cloud, endpointsFromEnvironment } from "../../rules/clouds.js";
import type { Issue } from "../../rules/issue.js";
import { checkApp } from "../../rules/manifest/check-app.js";
import { placeIn } from "../../rules/manifest/manifest-text.js";
import {
  checkPublisher,
  PUBLISHING_SCOPES,
  type Publication,
  planPublication,
} from "../../rules/manifest/publication.js";
import type { Report } from "../report.js";
import type { Surroundings } from "../surroundings.js";
import { graphSignIn } from "./graph-sign-in.js";
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
  const { id, version } = app.manifest.value;
  const place = placeIn(app.manifest, ["version"]);
  try {
    const scopes =
      options.signIn === "default"
        ? [`${endpoints.graph}/.default`]
        : [`${endpoints.graph}/${PUBLISHING_SCOPES[review ? 0 : 1]}`];
    const source =
      credential ??
      (await graphSignIn(surroundings, { ...options, how: options.signIn, endpoints }));
    surroundings.progress(`Signing in to Microsoft Graph (${endpoints.name}) ...`);
    const token = (await source.getToken(scopes))?.token ?? "";
    const { scp } = tokenClaims(token);
    const unfit = checkPublisher({ scp: typeof scp === "string" ? scp : undefined });
    if (unfit.length > 0) return refuse(unfit, found.warnings);

    const client = graphClient({ credential: source, graphOrigin: endpoints.graph, scopes });
    surroundings.progress(`Looking for the app ${String(id)} in the catalogue ...`);
    const send = async (): Promise<{ plan: Publication; app?: CatalogApp }> => {
      const existing = await findCatalogApp(client, String(id));
      const plan = planPublication(String(version), versionsOf(existing), place);
      if (plan.action === "create") {
        surroundings.progress("Publishing it as a new app ...");
        return { plan, app: await createCatalogApp(client, bytes, review) };
      }
      if (plan.action === "addVersion" && existing !== undefined) {
        surroundings.progress(`Publishing version ${String(version)} of it ...`);
        await addCatalogVersion(client, existing.id, bytes, review);
      }
      return existing === undefined ? { plan } : { plan, app: existing };
    };
    // A conflict is somebody else's publishing, or our own whose answer was lost: looking again tells.
    const done = await send().catch((error: unknown) => {
      if (error instanceof CatalogRefusal && error.status === 409) return send();
      throw error;
    });
    if (done.plan.action === "refuse") return refuse([done.plan.issue], found.warnings);
    const data = { file, action: done.plan.action, catalogId: done.app?.id, version };
    const lines = [sentence(done.plan, String(version), review, done.app?.id ?? "")];
    return { lines, issues: [], warnings: found.warnings, data };
  } catch (error) {
    return refuse([asIssue(error, endpoints.graph)], found.warnings);
  }
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

function sentence(plan: Publication, version: string, review: boolean, id: string): string {
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
    whose: "sign-in or network",
    fix: "Sign in with --sign-in device-code, and check the network; it is safe to run this again.",
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
