// The stand-in for the azuread provider plugin: one object for each provider instance of a running engine.
import { HttpClient } from "../http/http-client.js";
import { type TokenClaims, TokenRefused, Tokens } from "../http/tokens.js";
import { credentialsOf, type PluginOptions, settingsOf } from "../provider-options.js";
import { isProperties, type Properties, type PropertyValue } from "../wire/property-values.js";
import {
  type CheckAnswer,
  type CheckRequest,
  type Created,
  type CreateRequest,
  type DeleteRequest,
  type DiffAnswer,
  type DiffRequest,
  InitFailed,
  type InvokeRequest,
  type ReadAnswer,
  type ReadRequest,
  type ResourcePlugin,
  type UpdateRequest,
} from "../wire/resource-plugin.js";
import { checkFields, withFieldDefaults } from "./check-fields.js";
import { diffFields, importedInputs, refreshedFields } from "./diff-fields.js";
import type { DirectoryCall } from "./directory-resource.js";
import { GraphClient } from "./graph-client.js";
import { invoke } from "./invokes.js";
import { KeyedLock } from "./keyed-lock.js";
import { createPreview, updatePreview } from "./preview-fields.js";
import { directoryResource } from "./resource-table.js";

const PACKAGE = "azuread";
const RETRIED = new Set([408, 424, 429, 500, 502, 503, 504]);
/** Of one process, as in the real provider; another process is not held off. */
const LOCKS = new KeyedLock();

interface Configured {
  readonly graph: GraphClient;
  readonly tokens: Tokens;
  readonly claims: TokenClaims;
  readonly pollMs: number;
}

export class AzureAdPlugin implements ResourcePlugin {
  readonly #options: PluginOptions;
  readonly #http: HttpClient;
  #configured: Configured | undefined;

  constructor(options: PluginOptions) {
    this.#options = options;
    this.#http = new HttpClient(options.ca);
  }

  /** Signs in at once, to learn who deploys: wrong credentials fail here. */
  async configure(variables: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> {
    const { graph, login, timing = {} } = this.#options;
    const { retryBaseMs = 200, pollMs = 500 } = timing;
    const credentials = credentialsOf(settingsOf(PACKAGE, variables), this.#options);
    const policy = { statuses: RETRIED, maxAttempts: 5, baseMs: retryBaseMs, maxMs: 61_000 };
    const tokens = new Tokens(this.#http, login, credentials, policy);
    const claims = await tokens.claims(`${graph}/.default`, signal).catch((error: unknown) => {
      throw error instanceof TokenRefused ? signInFailure(error) : error;
    });
    this.#configured = {
      graph: new GraphClient(this.#http, tokens, graph, retryBaseMs),
      tokens,
      claims,
      pollMs,
    };
  }

  async invoke(request: InvokeRequest): Promise<Properties> {
    const { claims } = this.#ready;
    return await invoke(request, { ...this.#call(request.signal), claims });
  }

  async check({ type, name, news }: CheckRequest): Promise<CheckAnswer> {
    const { fields, check } = directoryResource(type);
    const inputs = withFieldDefaults(fields, news);
    const together = (check?.(inputs) ?? []).map((reason) => ({ reason }));
    return { inputs, failures: [...checkFields(fields, inputs, name), ...together] };
  }

  diff({ type, oldOutputs, news }: DiffRequest): DiffAnswer {
    return diffFields(directoryResource(type).fields, oldOutputs, news);
  }

  async create({ type, inputs, preview, signal }: CreateRequest): Promise<Created> {
    const resource = directoryResource(type);
    if (preview) return { id: "", outputs: createPreview(resource, inputs) };
    const call = this.#call(signal);
    const { id, state = {} } = await resource.create(inputs, call);
    let known: Properties = { ...inputs, ...state };
    try {
      known = mergedState(known, (await resource.finish?.(id, inputs, call)) ?? {});
      const outputs = await resource.read(id, known, call);
      if (outputs === undefined) throw new Error(`${id} was made, but is not there`);
      return { id, outputs };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new InitFailed(reason, { id, outputs: known }, inputs);
    }
  }

  async read(request: ReadRequest): Promise<ReadAnswer | undefined> {
    const { type, id, oldInputs, oldOutputs, signal } = request;
    const { fields, read } = directoryResource(type);
    const outputs = await read(id, oldOutputs, this.#call(signal));
    if (outputs === undefined) return undefined;
    const inputs =
      oldInputs === undefined
        ? importedInputs(fields, outputs)
        : refreshedFields(fields, oldInputs, outputs);
    return { id, outputs, inputs };
  }

  async update(request: UpdateRequest): Promise<Properties> {
    const { type, id, oldOutputs, news, preview, signal } = request;
    const resource = directoryResource(type);
    if (preview) return updatePreview(resource, oldOutputs, news);
    if (resource.update === undefined) throw new Error(`${type} cannot be changed in place`);
    const call = this.#call(signal);
    const told = await resource.update(id, { news, state: oldOutputs }, call);
    const known = mergedState(mergedState(oldOutputs, news), told);
    const outputs = await resource.read(id, known, call);
    if (outputs === undefined) throw new Error(`${id} was changed, but is not there`);
    return outputs;
  }

  async delete({ type, id, oldOutputs, signal }: DeleteRequest): Promise<void> {
    await directoryResource(type).delete(id, oldOutputs, this.#call(signal));
  }

  close(): void {
    this.#configured?.tokens.close();
    this.#http.close();
  }

  get #ready(): Configured {
    if (this.#configured === undefined) throw new Error(`${PACKAGE} has not been configured`);
    return this.#configured;
  }

  #call(signal: AbortSignal): DirectoryCall {
    const { graph, claims, pollMs } = this.#ready;
    return { graph, locks: LOCKS, callerId: claims.objectId, pollMs, signal };
  }
}

/** What is newer over what is older; objects are merged. */
function mergedState(older: Properties, newer: Properties): Properties {
  const merged: Record<string, PropertyValue> = { ...older };
  for (const [name, value] of Object.entries(newer)) {
    const before = older[name];
    merged[name] = isProperties(before) && isProperties(value) ? { ...before, ...value } : value;
  }
  return merged;
}

function signInFailure({ response }: TokenRefused): Error {
  return new Error(
    `building client: unable to obtain access token: clientCredentialsToken: received HTTP status ${response.status} with response: ${response.text}`,
  );
}
