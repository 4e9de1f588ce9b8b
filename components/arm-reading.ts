// Questions to Azure Resource Manager while the program runs, with the provider's own credentials. They only read; where
// nobody may ask, nothing is claimed and the service decides later.
import { getClientConfig } from "@pulumi/azure-native/authorization/getClientConfig.js";
import { getClientToken } from "@pulumi/azure-native/authorization/getClientToken.js";
import * as pulumi from "@pulumi/pulumi";
import type { Cloud } from "../rules/clouds.js";
import { askedOnce } from "./asked-once.js";
import { endpointsOf } from "./cloud.js";

const PATIENCE_MS = 10_000;

/** Resource Manager as one caller may read it. */
export interface ArmReading {
  readonly subscriptionId: string;
  /** One call, a POST where there is a body, of a path with or without a query; undefined where nobody may ask or there is no answer. */
  ask(path: string, apiVersion: string, body?: object): Promise<Response | undefined>;
}

/** Known once the provider was asked for a token. */
export function armReading(
  parent: pulumi.Resource,
  cloud: Cloud | undefined,
): pulumi.Output<ArmReading> {
  return readingOf(parent, endpointsOf(cloud).arm);
}

const readingOf = askedOnce("azure-native", (parent, arm) =>
  pulumi.output(startReading(parent, arm)),
);

async function startReading(parent: pulumi.Resource, arm: string): Promise<ArmReading> {
  try {
    const [{ token }, { subscriptionId }] = await Promise.all([
      getClientToken({ endpoint: arm }, { parent }),
      getClientConfig({ parent }),
    ]);
    return {
      subscriptionId,
      ask: (path, apiVersion, body) => call(urlOf(arm, path, apiVersion), token, body),
    };
  } catch {
    return { subscriptionId: "", ask: async () => undefined };
  }
}

function urlOf(arm: string, path: string, apiVersion: string): string {
  const url = new URL(`${arm}${path}`);
  url.searchParams.set("api-version", apiVersion);
  return url.href;
}

async function call(url: string, token: string, body?: object): Promise<Response | undefined> {
  try {
    return await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    return undefined;
  }
}
