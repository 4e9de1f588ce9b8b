// Questions to Azure Resource Manager while the program runs, with the provider's own credentials. They only read; where
// nobody may ask, nothing is claimed and the service decides later.
import { getClientConfig } from "@pulumi/azure-native/authorization/getClientConfig.js";
import { getClientToken } from "@pulumi/azure-native/authorization/getClientToken.js";
import * as pulumi from "@pulumi/pulumi";
import { pauseFor } from "../graph/bounded-reading.js";
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

const ATTEMPTS = 3;
const PAUSE_MS = 1_000;

/** Asks again, within the time limit, where the service is busy or nobody answers. */
async function call(url: string, token: string, body?: object): Promise<Response | undefined> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  for (let attempt = 1; ; attempt++) {
    const answer = await callOnce(url, token, signal, body);
    const isFinal = answer !== undefined && ![429, 503].includes(answer.status);
    if (isFinal || attempt === ATTEMPTS || signal.aborted) return answer;
    await pauseFor(PAUSE_MS, signal).catch(() => {});
  }
}

async function callOnce(
  url: string,
  token: string,
  signal: AbortSignal,
  body: object | undefined,
): Promise<Response | undefined> {
  try {
    return await fetch(url, {
      method: body === undefined ? "GET" : "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
      signal,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    return undefined;
  }
}
