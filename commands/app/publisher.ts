// The person who publishes, signed in to Microsoft Graph with no more rights than that takes.
import type { Client } from "@microsoft/microsoft-graph-client";
import { graphClient, type TokenSource } from "../../graph/graph-client.js";
import { tokenClaims } from "../../graph/token-claims.js";
import type { Issue } from "../../rules/issue.js";
import { checkPublisher, PUBLISHING_SCOPES } from "../../rules/manifest/publication.js";
import type { Surroundings } from "../surroundings.js";
import { graphSignIn, type SignInOptions } from "./graph-sign-in.js";
import { signInIssue } from "./sign-in-issue.js";

/**
 * A client that may publish, or why nobody may.
 * @param review whether an administrator is to approve what is published, for which a lesser right is enough
 * @param credential in place of signing in @default signs in as the options say
 */
export async function publisher(
  surroundings: Surroundings,
  { review, ...options }: SignInOptions & { readonly review: boolean },
  credential?: TokenSource,
): Promise<{ client?: Client; issues: Issue[] }> {
  const { endpoints, how } = options;
  const [submitting, publishing] = PUBLISHING_SCOPES;
  const right = how === "default" ? ".default" : review ? submitting : publishing;
  const scopes = [`${endpoints.graph}/${right}`];
  const source = credential ?? (await graphSignIn(surroundings, options));
  surroundings.progress(`Signing in to Microsoft Graph (${endpoints.name}) ...`);
  try {
    const { scp } = tokenClaims((await source.getToken(scopes))?.token ?? "");
    const issues = checkPublisher({ scp });
    if (issues.length > 0) return { issues };
  } catch (error) {
    return { issues: [signInIssue(error, endpoints.login)] };
  }
  const client = graphClient({ credential: source, graphOrigin: endpoints.graph, scopes });
  return { client, issues: [] };
}
