// `purge`: the applications of a stack that are deleted, and one of them deleted for good.
import { readWithin } from "../../graph/bounded-reading.js";
import { graphClient } from "../../graph/graph-client.js";
import { heldToken } from "../../graph/held-token.js";
import { purgeApplication } from "../../graph/purge-application.js";
import { deletedApplications } from "../../graph/registered-application.js";
import { Cloud, endpointsFromEnvironment } from "../../rules/clouds.js";
import { problemText } from "../../rules/consent-unknown.js";
import { checkGuid } from "../../rules/guid.js";
import { type Issue, shown } from "../../rules/issue.js";
import { ReadError } from "../../rules/read-error.js";
import { readProject } from "../doctor/stack-files.js";
import type { Report } from "../report.js";
import { operatorToken } from "../sign-in/sign-in.js";
import type { Surroundings } from "../surroundings.js";
import { isOfStack } from "../verify/stack-tags.js";

export interface PurgeOptions {
  readonly stack: string;
  /** @default they are listed, and nothing is deleted */
  readonly appId?: string;
}

const PATIENCE_MS = 60_000;

export async function purge(
  { cwd, env }: Surroundings,
  { stack, appId }: PurgeOptions,
): Promise<Report> {
  const wrong = appId === undefined ? [] : checkGuid("--app-id", appId, "its app id");
  const { project, issues } = readProject(cwd);
  if (project === undefined || wrong.length > 0) return failed([...issues, ...wrong]);
  const file = project.stacks.find((one) => one.stack === stack);
  const endpoints = endpointsFromEnvironment(env, cloudOf(file?.values[`${project.name}:cloud`]));
  try {
    return await readWithin(PATIENCE_MS, async (signal) => {
      const tenantId = file?.values["azuread:tenantId"] ?? env["AZURE_TENANT_ID"];
      const place = { endpoints, ...(tenantId === undefined ? {} : { tenantId }) };
      const token = await operatorToken(place, signal);
      const client = graphClient({ credential: heldToken(token), graphOrigin: endpoints.graph });
      const all = await deletedApplications(client, signal);
      const own = all.filter((one) => isOfStack(one, { project: project.name, stack }));
      const data = {
        deleted: own.map(({ id, appId: known, displayName }) => ({
          id,
          appId: known,
          displayName,
        })),
      };
      if (appId === undefined) return { lines: listed(stack, own), issues: [], data };
      const one = own.find((found) => found.appId.toLowerCase() === appId.toLowerCase());
      if (one === undefined) return failed([notInBin(stack, appId)]);
      await purgeApplication(client, one.id, signal);
      const lines = [`${one.displayName ?? "Application"} (${one.appId}) is deleted for good.`];
      return { lines, issues: [], data: { purged: one.appId } };
    });
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return failed([unreadable(problemText(error.problem).why)]);
  }
}

function cloudOf(text: string | undefined): Cloud {
  return Object.values(Cloud).find((cloud) => cloud === text) ?? Cloud.Public;
}

type Deleted = Awaited<ReturnType<typeof deletedApplications>>[number];

function listed(stack: string, own: readonly Deleted[]): string[] {
  if (own.length === 0) {
    return [`The recycle bin of the directory has no application of the stack ${stack}.`];
  }
  return [
    `In the recycle bin of the directory, of the stack ${stack}:`,
    ...own.map(({ appId, displayName }) => `  ${appId}  ${displayName ?? ""}`.trimEnd()),
    "They go by themselves after 30 days, and can be restored until then: Entra admin center, App registrations, Deleted applications.",
    "To delete one for good name it with --app-id.",
  ];
}

function notInBin(stack: string, appId: string): Issue {
  return {
    path: "--app-id",
    rule: `must be a deleted application of the stack ${stack}`,
    whose: "this package",
    got: shown(appId),
    fix: "Run it without --app-id to see which there are. What is not deleted yet goes with pulumi destroy.",
  };
}

function unreadable(reason: string): Issue {
  return {
    path: "The directory",
    rule: `must be there to be asked, and it is not, because ${reason}`,
    whose: "Microsoft Graph",
    fix: "Sign in to the tenant as whoever deployed the stack, or as an Application Administrator.",
  };
}

function failed(issues: readonly Issue[]): Report {
  return { lines: [], issues, afterIssues: "Nothing was deleted." };
}
