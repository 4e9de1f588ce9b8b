// What the checks of `doctor` are given: the project's stack files, the stack that is about to be deployed, and the services.
import type { Client } from "@microsoft/microsoft-graph-client";
import type { TokenClaims } from "../../graph/token-claims.js";
import type { CloudEndpoints } from "../../rules/clouds.js";
import type { StackConfig } from "../../rules/config.js";
import { ReadProblem } from "../../rules/consent-unknown.js";
import { ReadError } from "../../rules/read-error.js";
import { CannotTell, readFrom, Source } from "../checks/cannot-tell.js";
import { type Outcome, skip } from "../checks/check.js";
import type { Network } from "../probe/network.js";
import type { Services } from "../sign-in/services.js";
import type { Project } from "./stack-files.js";

/** The stack that is about to be deployed. */
export interface PlannedStack {
  readonly name: string;
  readonly config: StackConfig;
  /** The region of what has none of its own. */
  readonly location: string | undefined;
}

/** One line of `pulumi plugin ls`. */
export interface InstalledPlugin {
  readonly name: string;
  readonly version: string | undefined;
}

/** What is installed on this machine; undefined where it is not there. */
export interface Installed {
  /** Version that `pulumi version` prints. Rejects with CannotTell where it prints none. */
  readonly engine: () => Promise<string | undefined>;
  /** Resource plugins that the engine has; undefined without an engine. Rejects with CannotTell where it does not list them. */
  readonly plugins: () => Promise<readonly InstalledPlugin[] | undefined>;
  /** Version of a package as the project's folder resolves it. */
  readonly packageVersion: (name: string) => string | undefined;
}

export interface DoctorContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly project: Project;
  /** Undefined where none was named, or its file has problems. */
  readonly planned: PlannedStack | undefined;
  readonly endpoints: CloudEndpoints;
  /** As the stack or the environment names it. */
  readonly tenantId: string | undefined;
  readonly subscriptionId: string | undefined;
  readonly services: Services;
  /** A token for another service, of whoever is signed in. */
  readonly tokenFor: (resource: string, signal: AbortSignal) => Promise<string>;
  readonly network: Network;
  readonly installed: Installed;
  readonly now: Date;
}

/** Runs only for a stack that is named and whose file is sound. */
export function forStack(
  run: (planned: PlannedStack, context: DoctorContext, signal: AbortSignal) => Promise<Outcome>,
) {
  return async (context: DoctorContext, signal: AbortSignal): Promise<Outcome> =>
    context.planned === undefined
      ? skip(
          "No stack was named, or its file has problems.",
          "Name one with --stack. See stack-files.",
        )
      : run(context.planned, context, signal);
}

/** The subscription to ask. @throws CannotTell where nobody names one */
export function requireSubscription({ subscriptionId }: DoctorContext): string {
  if (subscriptionId !== undefined) return subscriptionId;
  throw new CannotTell(
    "Which subscription is meant is not known here.",
    "Set azure-native:subscriptionId in the stack, or ARM_SUBSCRIPTION_ID.",
  );
}

/** What the token of whoever is signed in says. @throws CannotTell */
export function signedIn({ services }: DoctorContext): Promise<TokenClaims> {
  return readFrom(Source.Directory, services.claims());
}

/** @throws CannotTell */
export function fromSubscription<T>(reading: Promise<T>): Promise<T> {
  return readFrom(Source.Subscription, reading);
}

/** What `read` finds in the tenant's policies; undefined where whoever is signed in may not read them. @throws CannotTell */
export async function policies<T>(
  { services }: DoctorContext,
  signal: AbortSignal,
  read: (client: Client) => Promise<T>,
): Promise<T | undefined> {
  const reading = services.graph(signal).then(read);
  const allowed = reading.catch((error: unknown) => {
    if (error instanceof ReadError && error.problem === ReadProblem.Forbidden) return undefined;
    throw error;
  });
  return readFrom(Source.Directory, allowed);
}

/** A right that a deployment does not need: without it the check is left out, and nothing else changes. */
export function mayNotReadPolicies(where: string): Outcome {
  return skip(
    "Whoever is signed in may not read the tenant's policies.",
    `Give it the Microsoft Graph app role Policy.Read.All (a person: Global Reader), or look in the Entra admin center under Enterprise applications, ${where}.`,
  );
}
