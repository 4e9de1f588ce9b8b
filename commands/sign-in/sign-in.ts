// Signing in for one question. The library is large, so it is loaded only when somebody signs in; its own retries are
// off, because it would sit out any Retry-After, whatever time there is.
import { setTimeout as pause } from "node:timers/promises";
import type { TokenCredential } from "@azure/identity";
import { signInProblem } from "../../graph/sign-in-problem.js";
import type { CloudEndpoints } from "../../rules/clouds.js";
import { ReadProblem } from "../../rules/consent-unknown.js";
import { pauseBeforeRetry, ReadError } from "../../rules/read-error.js";
import { signInAuthority } from "./sign-in-authority.js";

/** Where to sign in. */
export interface SignInPlace {
  readonly endpoints: CloudEndpoints;
  /** Tenant id. @default the tenant of whoever is signed in */
  readonly tenantId?: string;
}

/**
 * A token of whoever this machine is signed in as; maybe of another tenant than was asked for.
 * @param resource origin of the service that it is for. @default Microsoft Graph
 * @throws ReadError
 */
export async function operatorToken(
  place: SignInPlace,
  signal: AbortSignal,
  resource = place.endpoints.graph,
): Promise<string> {
  const { DefaultAzureCredential } = await import("@azure/identity");
  return tokenFrom(new DefaultAzureCredential(optionsFor(place)), resource, signal);
}

/**
 * A new app-only token of the bot itself, with the roles that are granted at this moment.
 * @throws ReadError
 */
export async function botToken(
  place: SignInPlace & { readonly tenantId: string },
  bot: { readonly appId: string; readonly clientSecret: string },
  signal: AbortSignal,
): Promise<string> {
  const { ClientSecretCredential } = await import("@azure/identity");
  const { appId, clientSecret } = bot;
  const credential = new ClientSecretCredential(
    place.tenantId,
    appId,
    clientSecret,
    optionsFor(place),
  );
  return tokenFrom(credential, place.endpoints.graph, signal);
}

function optionsFor({ endpoints: { login }, tenantId }: SignInPlace) {
  return {
    ...(tenantId === undefined ? {} : { tenantId }),
    ...signInAuthority(login),
    retryOptions: { maxRetries: 0 },
  };
}

async function tokenFrom(
  credential: TokenCredential,
  resource: string,
  signal: AbortSignal,
): Promise<string> {
  const scope = `${resource}/.default`;
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await orAborted(credential.getToken(scope, { abortSignal: signal }), signal);
      return answer?.token ?? "";
    } catch (cause) {
      const problem = signInProblem(cause, signal);
      const wait =
        problem === ReadProblem.Offline ? pauseBeforeRetry(-1, null, attempt) : undefined;
      if (wait === undefined) throw new ReadError(problem, { cause });
      await pause(wait);
    }
  }
}

/** The promise, or a rejection as soon as the signal comes: not every credential listens to it. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return Promise.race([
    promise,
    new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    }),
  ]);
}
