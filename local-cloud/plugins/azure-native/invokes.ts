// The functions of azure-native that the local cloud knows.
import type { Tokens } from "../http/tokens.js";
import type { Properties } from "../wire/property-values.js";
import { textOf } from "../wire/property-values.js";
import type { InvokeRequest } from "../wire/resource-plugin.js";
import { failureOf, objectIn } from "./arm-client.js";
import { outputsOf } from "./body.js";
import { resourceId } from "./resource-id.js";
import type { ArmPlace } from "./resource-operations.js";
import { isKnownType, rowOf } from "./resource-table.js";

export interface InvokePlace extends ArmPlace {
  readonly tokens: Tokens;
  /** Origin of Microsoft Graph. */
  readonly graph: string;
}

interface ResourceFunction {
  /** Type whose path and shape the function shares. */
  readonly type: string;
  /** Sent as POST. @default the resource itself, by GET */
  readonly action?: string;
  /** What the action's answer has beyond the resource. @default nothing */
  readonly answers?: readonly string[];
}

const SHARED_KEYS: ResourceFunction = {
  type: "azure-native:operationalinsights:Workspace",
  action: "sharedKeys",
  answers: ["primarySharedKey", "secondarySharedKey"],
};

const ACTIONS: Readonly<Record<string, ResourceFunction>> = {
  "azure-native:botservice:listChannelWithKeys": {
    type: "azure-native:botservice:Channel",
    action: "listChannelWithKeys",
    // ListChannelWithKeysResponse
    answers: ["changedTime", "entityTag", "provisioningState", "resource", "setting"],
  },
  "azure-native:operationalinsights:getSharedKeys": SHARED_KEYS,
  "azure-native:operationalinsights:getWorkspaceSharedKeys": SHARED_KEYS,
};

/** `getBot` of every type there is, and the actions. */
function resourceFunction(token: string): ResourceFunction | undefined {
  const [, module, name] = /^(azure-native:\w+):get(\w+)$/.exec(token) ?? [];
  const type = `${module}:${name}`;
  return isKnownType(type) ? { type } : ACTIONS[token];
}

export async function invoke(place: InvokePlace, request: InvokeRequest): Promise<Properties> {
  const { token, args, signal } = request;
  const known = resourceFunction(token);
  if (known !== undefined) return await askResource(place, known, args, signal);
  if (token === "azure-native:authorization:getClientConfig")
    return await clientConfig(place, signal);
  if (token === "azure-native:authorization:getClientToken") {
    // The default of the real provider has a trailing slash, which makes the scope end in `//.default`.
    const endpoint = textOf(args, "endpoint") ?? `${place.client.origin}/`;
    const scope = `${endpoint.replace(/\/$/, "")}/.default`;
    return { token: await place.tokens.get(scope, signal) };
  }
  throw new Error(
    `Function ${token} is not known to the local cloud, which has a get function for each type that it knows, ${[...Object.keys(ACTIONS), "azure-native:authorization:getClientConfig", "azure-native:authorization:getClientToken"].join(", ")}. Deploy to Azure, or do without it.`,
  );
}

async function askResource(
  { client, subscriptionId }: InvokePlace,
  { type, action, answers = [] }: ResourceFunction,
  args: Properties,
  signal: AbortSignal,
): Promise<Properties> {
  const row = rowOf(type);
  const resource = resourceId(row.path, args, subscriptionId);
  const id = action === undefined ? resource : `${resource}/${action}`;
  const url = client.url(id, row.apiVersion);
  const response = await client.send(action === undefined ? "GET" : "POST", url, signal);
  if (response.status >= 300)
    throw new Error(`request failed ${id}: ${failureOf(response).message}`);
  const answer = objectIn(response);
  const outputs = outputsOf(row, answer);
  const { id: answeredId = resource } = answer;
  return { ...only(answers, answer), ...outputs, id: answeredId };
}

function only(names: readonly string[], answer: Properties): Properties {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = answer[name];
      return value === undefined || value === null ? [] : [[name, value]];
    }),
  );
}

/** Who deploys, from the claims of a Graph token. */
async function clientConfig(place: InvokePlace, signal: AbortSignal): Promise<Properties> {
  const { appId, objectId, tenantId } = await place.tokens.claims(
    `${place.graph}/.default`,
    signal,
  );
  return { clientId: appId, objectId, tenantId, subscriptionId: place.subscriptionId };
}
