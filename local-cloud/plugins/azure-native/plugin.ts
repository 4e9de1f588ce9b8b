// The stand-in for the azure-native provider plugin: one object for each provider instance of a running engine.
import { HttpClient } from "../http/http-client.js";
import { Tokens } from "../http/tokens.js";
import { credentialsOf, type PluginOptions, settingsOf } from "../provider-options.js";
import type { Properties } from "../wire/property-values.js";
import { textOf } from "../wire/property-values.js";
import type {
  CheckAnswer,
  CheckRequest,
  Created,
  CreateRequest,
  DeleteRequest,
  DiffAnswer,
  DiffRequest,
  InvokeRequest,
  ReadAnswer,
  ReadRequest,
  ResourcePlugin,
  UpdateRequest,
} from "../wire/resource-plugin.js";
import { ArmClient, objectIn } from "./arm-client.js";
import { checkInputs } from "./check.js";
import {
  createCustom,
  customResource,
  deleteCustom,
  readCustom,
  updateCustom,
} from "./custom-resource.js";
import { withDefaults } from "./defaults.js";
import { diffInputs } from "./diff.js";
import { type InvokePlace, invoke } from "./invokes.js";
import { SECRET_ROW } from "./key-vault-shape.js";
import { parametersOf, resourceId } from "./resource-id.js";
import {
  createResource,
  deleteResource,
  readResource,
  updateResource,
} from "./resource-operations.js";
import { rowOf } from "./resource-table.js";
import type { StoragePlace } from "./storage-client.js";
import { deleteVaultSecret } from "./vault-secret.js";

const PACKAGE = "azure-native";
/** What the real provider reads a resource group's location with. */
const GROUP_API_VERSION = "2020-10-01";

export class AzureNativePlugin implements ResourcePlugin {
  readonly #options: PluginOptions;
  readonly #http: HttpClient;
  readonly #groupLocations = new Map<string, string>();
  #configured: (InvokePlace & StoragePlace & { location: string | undefined }) | undefined;

  constructor(options: PluginOptions) {
    this.#options = options;
    this.#http = new HttpClient(options.ca);
  }

  async configure(variables: ReadonlyMap<string, string>): Promise<void> {
    const { arm, graph, login, subscriptionId, timing = {} } = this.#options;
    const { retryBaseMs = 200, pollMs = 500 } = timing;
    const setting = settingsOf(PACKAGE, variables);
    const policy = {
      statuses: new Set([408, 429, 500, 502, 503, 504]),
      maxAttempts: 4,
      baseMs: retryBaseMs,
      maxMs: 120_000,
    };
    const tokens = new Tokens(this.#http, login, credentialsOf(setting, this.#options), policy);
    this.#configured = {
      client: new ArmClient(this.#http, tokens, arm, retryBaseMs),
      tokens,
      http: this.#http,
      policy,
      graph,
      pollMs,
      subscriptionId: setting("subscriptionId") ?? subscriptionId,
      location: setting("location"),
    };
  }

  async invoke(request: InvokeRequest): Promise<Properties> {
    return await invoke(this.#place, request);
  }

  async check(request: CheckRequest): Promise<CheckAnswer> {
    const row = rowOf(request.type);
    const inputs = await withDefaults(row, request, {
      configured: this.#place.location,
      ofResourceGroup: (name) => this.#locationOfGroup(name, request.signal),
    });
    return { inputs, failures: checkInputs(row, inputs) };
  }

  diff({ type, oldInputs, oldOutputs, news }: DiffRequest): DiffAnswer {
    return diffInputs(rowOf(type), oldInputs, oldOutputs, news);
  }

  async create(request: CreateRequest): Promise<Created> {
    const [row, custom] = [rowOf(request.type), customResource(request.type)];
    return custom === undefined
      ? await createResource(this.#place, row, request)
      : await createCustom(this.#place, row, custom, request);
  }

  async read(request: ReadRequest): Promise<ReadAnswer | undefined> {
    const [row, custom] = [rowOf(request.type), customResource(request.type)];
    return custom === undefined
      ? await readResource(this.#place, row, request)
      : await readCustom(this.#place, row, custom, request);
  }

  async update(request: UpdateRequest): Promise<Properties> {
    const [row, custom] = [rowOf(request.type), customResource(request.type)];
    return custom === undefined
      ? await updateResource(this.#place, row, request)
      : await updateCustom(this.#place, custom, request);
  }

  async delete(request: DeleteRequest): Promise<void> {
    const [row, custom] = [rowOf(request.type), customResource(request.type)];
    if (custom !== undefined) await deleteCustom(this.#place, row, custom, request);
    else if (row === SECRET_ROW) {
      await deleteVaultSecret(this.#place, parametersOf(row, request.id), request.signal);
    } else await deleteResource(this.#place, row, request);
  }

  close(): void {
    this.#configured?.tokens.close();
    this.#http.close();
  }

  get #place() {
    if (this.#configured === undefined) throw new Error(`${PACKAGE} has not been configured`);
    return this.#configured;
  }

  async #locationOfGroup(name: string, signal: AbortSignal): Promise<string | undefined> {
    const known = this.#groupLocations.get(name);
    if (known !== undefined) return known;
    const { client, subscriptionId } = this.#place;
    const path = "/subscriptions/{subscriptionId}/resourceGroups/{resourceGroupName}";
    const id = resourceId(path, { resourceGroupName: name }, subscriptionId);
    const response = await client.send("GET", client.url(id, GROUP_API_VERSION), signal);
    if (response.status !== 200) return undefined;
    const location = textOf(objectIn(response), "location");
    if (location !== undefined) this.#groupLocations.set(name, location);
    return location;
  }
}
