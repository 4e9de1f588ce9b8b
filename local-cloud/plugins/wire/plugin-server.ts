// Serves a provider plugin to the Pulumi engine. All engines, stacks and explicit providers that use a package share this
// one process, and no request says which provider instance it belongs to. But the engine opens one connection for each
// instance and configures it there, so every connection gets a gRPC server and a plugin object of its own.
import { createServer, type Socket } from "node:net";
import grpc from "@grpc/grpc-js";
import providerService from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { sharedController } from "./cancellable.js";
import type { ResourcePlugin } from "./resource-plugin.js";
import { serviceHandlers } from "./service-handlers.js";

export interface PluginServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1. `version` is what the engine is told; lower than the SDK's makes it warn. */
export async function servePlugin(
  version: string,
  newInstance: () => ResourcePlugin,
): Promise<PluginServer> {
  const open = new Set<Socket>();
  const listener = createServer((socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    serveConnection(socket, version, newInstance());
  });
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject);
    listener.listen(0, "127.0.0.1", resolve);
  });
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("no TCP port was opened");
  return {
    port: address.port,
    close: async () => {
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

/** As large as the engine's own limit (sdk/go/common/util/rpcutil). */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

function serveConnection(socket: Socket, version: string, plugin: ResourcePlugin): void {
  const server = new grpc.Server({
    "grpc.max_receive_message_length": MAX_MESSAGE_BYTES,
    "grpc.max_send_message_length": MAX_MESSAGE_BYTES,
    "grpc.enable_channelz": 0,
  });
  const gone = sharedController();
  server.addService(
    providerService.ResourceProviderService,
    serviceHandlers(plugin, version, gone.signal),
  );
  const injector = server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
  // A reset by the engine must not end the process that all others share.
  socket.on("error", () => socket.destroy());
  socket.once("close", () => {
    gone.abort();
    plugin.close();
    injector.destroy();
    server.forceShutdown();
  });
  injector.injectConnection(socket);
}
