// The calls of pulumirpc.ResourceProvider, turned into calls of a ResourcePlugin. What is not here (Handshake, GetSchema,
// Construct, Call, ...) is answered UNIMPLEMENTED: the real azure-native and azuread do so too, or have nothing to say.
import type grpc from "@grpc/grpc-js";
import pluginMessages from "@pulumi/pulumi/proto/plugin_pb.js";
import type * as messages from "@pulumi/pulumi/proto/provider_pb.js";
import providerMessages from "@pulumi/pulumi/proto/provider_pb.js";
import emptyMessages from "google-protobuf/google/protobuf/empty_pb.js";
import { Cancelled, limitedSignal, sharedController } from "./cancellable.js";
import { fromStruct, toStruct } from "./property-values.js";
import { checkResponse, diffResponse, failureResponse } from "./provider-messages.js";
import type { Autonaming, ResourceIdentity, ResourcePlugin } from "./resource-plugin.js";

/** What the real azure-native gives an operation that names no timeout. */
const DEFAULT_TIMEOUT_SECONDS = 120 * 60;

export function serviceHandlers(
  plugin: ResourcePlugin,
  version: string,
  gone: AbortSignal,
): grpc.UntypedServiceImplementation {
  const cancelled = sharedController();
  let configured = false;

  /** A call that runs until it is done, cancelled or timed out, and answers failures as the engine expects them. */
  function handle<Request, Response>(
    answer: (request: Request, signal: AbortSignal) => Promise<Response> | Response,
    options: { beforeConfigure?: true; timeout?: (request: Request) => number } = {},
  ): grpc.handleUnaryCall<Request, Response> {
    return (call, callback) => {
      const given = new AbortController();
      call.on("cancelled", () => given.abort(new Cancelled()));
      const seconds = options.timeout?.(call.request) || DEFAULT_TIMEOUT_SECONDS;
      const limit = limitedSignal(seconds, [given.signal, cancelled.signal, gone]);
      const run = async () => {
        if (!configured && options.beforeConfigure !== true) throw new Error(NOT_CONFIGURED);
        return await answer(call.request, limit.signal);
      };
      run()
        .then(
          (response) => callback(null, response),
          (error: unknown) => callback(failureResponse(error)),
        )
        .finally(limit.release);
    };
  }

  const timeout = (request: { getTimeout(): number }) => request.getTimeout();
  const open = { beforeConfigure: true } as const;
  return {
    getPluginInfo: handle<unknown, unknown>(() => {
      const info = new pluginMessages.PluginInfo();
      info.setVersion(version);
      return info;
    }, open),
    attach: handle<unknown, unknown>(() => new emptyMessages.Empty(), open),
    cancel: handle<unknown, unknown>(() => {
      cancelled.abort(new Cancelled());
      return new emptyMessages.Empty();
    }, open),
    checkConfig: handle<messages.CheckRequest, messages.CheckResponse>(
      (request) => new providerMessages.CheckResponse().setInputs(request.getNews()),
      open,
    ),
    diffConfig: handle<unknown, unknown>(() => new providerMessages.DiffResponse(), open),
    configure: handle<messages.ConfigureRequest, messages.ConfigureResponse>(
      async (request, signal) => {
        await plugin.configure(new Map(request.getVariablesMap().toObject()), signal);
        configured = true;
        const response = new providerMessages.ConfigureResponse();
        response.setSupportspreview(true);
        response.setSupportsAutonamingConfiguration(true);
        return response;
      },
      open,
    ),
    invoke: handle<messages.InvokeRequest, messages.InvokeResponse>(async (request, signal) => {
      const args = fromStruct(request.getArgs());
      const result = await plugin.invoke({ token: request.getTok(), args, signal });
      return new providerMessages.InvokeResponse().setReturn(toStruct(result));
    }),
    check: handle<messages.CheckRequest, messages.CheckResponse>(async (request, signal) => {
      const seed = request.getRandomseed_asU8();
      const answer = await plugin.check({
        ...identityOf(request),
        olds: fromStruct(request.getOlds()),
        news: fromStruct(request.getNews()),
        randomSeed: seed,
        autonaming: autonamingOf(request),
        signal,
      });
      return checkResponse(answer);
    }),
    diff: handle<messages.DiffRequest, messages.DiffResponse>((request) =>
      diffResponse(
        plugin.diff({
          ...identityOf(request),
          id: request.getId(),
          oldInputs: fromStruct(request.getOldInputs()),
          oldOutputs: fromStruct(request.getOlds()),
          news: fromStruct(request.getNews()),
        }),
      ),
    ),
    create: handle<messages.CreateRequest, messages.CreateResponse>(
      async (request, signal) => {
        const created = await plugin.create({
          ...operationOf(request, signal),
          inputs: fromStruct(request.getProperties()),
          preview: request.getPreview(),
        });
        const response = new providerMessages.CreateResponse();
        return response.setId(created.id).setProperties(toStruct(created.outputs));
      },
      { timeout },
    ),
    read: handle<messages.ReadRequest, messages.ReadResponse>(
      async (request, signal) => {
        const inputs = request.getInputs();
        const found = await plugin.read({
          ...operationOf(request, signal),
          id: request.getId(),
          oldInputs: hasFields(inputs) ? fromStruct(inputs) : undefined,
          oldOutputs: fromStruct(request.getProperties()),
        });
        const response = new providerMessages.ReadResponse();
        if (found === undefined) return response;
        response.setId(found.id).setProperties(toStruct(found.outputs));
        return response.setInputs(toStruct(found.inputs));
      },
      { timeout },
    ),
    update: handle<messages.UpdateRequest, messages.UpdateResponse>(
      async (request, signal) => {
        const outputs = await plugin.update({
          ...operationOf(request, signal),
          id: request.getId(),
          oldInputs: fromStruct(request.getOldInputs()),
          oldOutputs: fromStruct(request.getOlds()),
          news: fromStruct(request.getNews()),
          preview: request.getPreview(),
        });
        return new providerMessages.UpdateResponse().setProperties(toStruct(outputs));
      },
      { timeout },
    ),
    delete: handle<messages.DeleteRequest, unknown>(
      async (request, signal) => {
        await plugin.delete({
          ...operationOf(request, signal),
          id: request.getId(),
          oldInputs: fromStruct(request.getOldInputs()),
          oldOutputs: fromStruct(request.getProperties()),
        });
        return new emptyMessages.Empty();
      },
      { timeout },
    ),
  };
}

const NOT_CONFIGURED =
  "The provider has not been configured on this connection. Run the command again; if it comes back, restart the local cloud.";

interface NamedRequest {
  getUrn(): string;
  getType(): string;
  getName(): string;
}

/** Type and name come from the URN where an older engine leaves them out. */
function identityOf(request: NamedRequest): ResourceIdentity {
  const urn = request.getUrn();
  const [, , types = "", name = ""] = urn.split("::");
  return {
    urn,
    type: request.getType() || (types.split("$").at(-1) ?? types),
    name: request.getName() || name,
  };
}

function operationOf(request: NamedRequest & { getTimeout(): number }, signal: AbortSignal) {
  const timeoutSeconds = request.getTimeout() || DEFAULT_TIMEOUT_SECONDS;
  return { ...identityOf(request), timeoutSeconds, signal };
}

function autonamingOf(request: messages.CheckRequest): Autonaming | undefined {
  const options = request.getAutonaming();
  if (options === undefined) return undefined;
  const { ENFORCE, DISABLE } = providerMessages.CheckRequest.AutonamingOptions.Mode;
  const mode = options.getMode();
  return {
    mode: mode === DISABLE ? "disable" : mode === ENFORCE ? "enforce" : "propose",
    proposedName: options.getProposedName(),
  };
}

function hasFields(inputs: ReturnType<messages.ReadRequest["getInputs"]>): boolean {
  return inputs !== undefined && inputs.getFieldsMap().getLength() > 0;
}
