// Starts the five services of one state folder, and stops them again.
import { resolve } from "node:path";
import { addressOf, type LocalCloudAddress } from "./address.js";
import { armService } from "./arm/arm-service.js";
import { ComputeQuotas } from "./arm/compute/quotas.js";
import { ContainerImages } from "./arm/container-registry/container-images.js";
import { OutsideRecords } from "./arm/custom-domain/outside-records.js";
import type { CallTiming } from "./calls/call.js";
import { CallerTokens } from "./calls/caller-tokens.js";
import { localCallingService, type RegisteredCalls } from "./calls/local-calling-service.js";
import { openIdRoutes } from "./calls/openid-routes.js";
import { Tunnels } from "./calls/tunnels.js";
import { type CloudContext, perService, type Service } from "./cloud-context.js";
import { Directory } from "./directory/directory.js";
import { Policies } from "./directory/policies.js";
import { seed } from "./directory/seed.js";
import { AccessTokens } from "./entra/access-tokens.js";
import { entraService } from "./entra/entra-service.js";
import { managedIdentityToken } from "./entra/managed-identity-token.js";
import { type SigningKey, signingKey } from "./entra/signing-key.js";
import { graphService } from "./graph/graph-service.js";
import { controlApp } from "./http/control.js";
import { Faults } from "./http/faults.js";
import { openListener } from "./http/listener.js";
import { Replication } from "./http/replication.js";
import { RequestLog } from "./http/request-log.js";
import { keyVaultService } from "./key-vault/key-vault-service.js";
import { takeFolder } from "./state/folder-owner.js";
import { makeFolder } from "./state/make-folder.js";
import { ANY_PORTS, freePorts, type Ports } from "./state/ports.js";
import {
  damaged,
  openSettings,
  pathsIn,
  type Settings,
  saveSettings,
} from "./state/state-folder.js";
import { openStore, type Store } from "./state/store.js";
import { isReadableStore, markClosed, markOpen } from "./state/store-check.js";
import { storageService } from "./storage/storage-service.js";
import { type ServerCertificate, serverCertificate } from "./tls/certificates.js";
import { extraAuthorities } from "./tls/joined-ca.js";
import { DEPLOYER, SUBSCRIPTION_ID, TENANT_ID } from "./well-known.js";

export interface LocalCloudOptions {
  /** Where the state lives; made when missing. */
  readonly folder: string;
  /** Ports to listen on; 0 chooses a free one. @default those the folder remembers, or 9443 to 9447 */
  readonly ports?: Ports;
  /** What time it is, for tests of expiry. @default the machine's clock */
  readonly now?: () => Date;
  /** How long things take in calls, for tests. @default as long as in the real service */
  readonly callTiming?: Partial<CallTiming>;
}

export interface LocalCloud extends LocalCloudAddress {
  readonly requests: RequestLog;
  readonly faults: Faults;
  readonly replication: Replication;
  /** Which images the container registries hold. */
  readonly images: ContainerImages;
  /** DNS records that are kept elsewhere than in zones of the local cloud. */
  readonly outsideRecords: OutsideRecords;
  /** How many vCPUs the subscription may have. */
  readonly quotas: ComputeQuotas;
  /** What the tenants' policies allow. */
  readonly policies: Policies;
  /** Which processes on this machine stand behind public addresses of bots. */
  readonly tunnels: Tunnels;
  /** Calls bots as they are registered. */
  readonly calls: RegisteredCalls;
  /** Secret of the deployer that has no right in the directory, for tests. */
  readonly deployerWithoutDirectoryRightsSecret: string;
  /** Starts the stand-ins for the azure-native and azuread provider plugins; they stop with the cloud. */
  startPlugins(): Promise<{ debugProviders: string }>;
  close(): Promise<void>;
}

/** Starts a local cloud. Throws LocalCloudError when the folder is taken or damaged, or a port is in use. */
export async function startLocalCloud(options: LocalCloudOptions): Promise<LocalCloud> {
  const folder = resolve(options.folder);
  const now = options.now ?? (() => new Date());
  const hold = await takeFolder(folder);
  try {
    const opened = await openFolder(folder, now());
    return await serveFolder(folder, opened, { ...options, now }, hold);
  } catch (error) {
    hold.release();
    throw error;
  }
}

interface OpenedFolder {
  readonly settings: Settings;
  readonly store: Store;
  readonly directory: Directory;
  readonly key: SigningKey;
  readonly certificate: ServerCertificate;
}

async function openFolder(folder: string, now: Date): Promise<OpenedFolder> {
  const paths = pathsIn(folder);
  const settings = openSettings(folder);
  const certificate = await serverCertificate(paths.tls, now).catch(() => {
    throw damaged(folder, paths.tls);
  });
  const key = await signingKey(paths.signingKey).catch(() => {
    throw damaged(folder, paths.signingKey);
  });
  const store = await openSeededStore(folder, settings);
  return { settings, store, directory: new Directory(store), key, certificate };
}

async function openSeededStore(folder: string, settings: Settings): Promise<Store> {
  const path = pathsIn(folder).store;
  makeFolder(path);
  if (!(await isReadableStore(path))) throw damaged(folder, path);
  const store = openStore(path);
  markOpen(path);
  seed(store, new Directory(store), settings);
  const close = async () => {
    await store.close();
    markClosed(path);
  };
  return { ...store, close };
}

async function serveFolder(
  folder: string,
  opened: OpenedFolder,
  options: LocalCloudOptions & { now: () => Date },
  hold: Awaited<ReturnType<typeof takeFolder>>,
): Promise<LocalCloud> {
  const { settings, store, directory, key, certificate } = opened;
  const wanted = options.ports ?? settings.ports;
  const opening =
    wanted === undefined ? openFreeListeners(certificate) : openListeners(certificate, wanted);
  const listeners = await opening.catch(async (error) => {
    await store.close();
    throw error;
  });
  const { ports, origins } = listeners;
  saveSettings(folder, { ...settings, ports });
  const tokens = new AccessTokens(key, () => origins.login, options.now);
  const [faults, log, replication] = [new Faults(), new RequestLog(), new Replication()];
  const [images, outsideRecords] = [new ContainerImages(store), new OutsideRecords(store)];
  const context: CloudContext = {
    store,
    directory,
    tokens,
    replication,
    origins: () => origins,
    now: options.now,
  };
  const login = entraService(context, key, [
    certificate.ca,
    ...extraAuthorities(process.env["NODE_EXTRA_CA_CERTS"]),
  ]);
  const identityToken = (clientId: string, resource: string) =>
    managedIdentityToken(context, clientId, resource);
  const [quotas, policies] = [new ComputeQuotas(store), new Policies(store)];
  const parts = {
    faults,
    log,
    replication,
    images,
    outsideRecords,
    quotas,
    policies,
    identityToken,
  };
  const callerTokens = new CallerTokens(() => signingKey(pathsIn(folder).callingKey), options.now);
  const tunnels = new Tunnels();
  const calls = localCallingService(context, { tokens: callerTokens, tunnels }, options.callTiming);
  login.app.route(
    "/",
    openIdRoutes(callerTokens, () => origins.login),
  );
  login.app.route("/_local", controlApp(settings.controlToken, { ...parts, tunnels, calls }));
  const services = [
    login,
    armService(context),
    graphService(context, calls),
    storageService(context),
    keyVaultService(context),
  ];
  for (const service of services) {
    listeners.serve(service, faults, log);
  }
  hold.announce({ origins });
  const stop: (() => Promise<void>)[] = [calls.close, listeners.close, () => store.close()];
  let debugProviders: string | undefined;
  let closing: Promise<void> | undefined;
  return {
    ...addressOf(folder, origins, undefined),
    get debugProviders() {
      return debugProviders;
    },
    requests: log,
    faults,
    replication,
    images,
    outsideRecords,
    quotas,
    policies,
    tunnels,
    calls,
    deployerWithoutDirectoryRightsSecret: settings.deployerWithoutDirectoryRightsSecret,
    startPlugins: async () => {
      // Loaded only when asked for: the gRPC libraries take longer to load than the services take to start.
      const { startPlugins } = await import("./plugins/index.js");
      const plugins = await startPlugins({
        ...origins,
        ca: certificate.ca,
        tenantId: TENANT_ID,
        subscriptionId: SUBSCRIPTION_ID,
        clientId: DEPLOYER.appId,
        clientSecret: settings.deployerSecret,
      });
      stop.unshift(plugins.close);
      debugProviders = plugins.debugProviders;
      hold.announce({ origins, debugProviders });
      return { debugProviders: plugins.debugProviders };
    },
    close: () => {
      closing ??= stopAll(stop).finally(hold.release);
      return closing;
    },
  };
}

/** Of a new folder. */
async function openFreeListeners(certificate: ServerCertificate) {
  try {
    return await openListeners(certificate, await freePorts());
  } catch {
    // Another one that starts at the same time has found them free as well.
    return openListeners(certificate, ANY_PORTS);
  }
}

async function openListeners(certificate: ServerCertificate, wanted: Ports) {
  const opened: Opened[] = [];
  const closeAll = async () => {
    await Promise.all(opened.map(({ listener }) => listener.close()));
  };
  const open = async (port: number): Promise<Opened> => {
    const one = await openListener(certificate, port);
    opened.push(one);
    return one;
  };
  try {
    const services = {
      login: await open(wanted.login),
      arm: await open(wanted.arm),
      graph: await open(wanted.graph),
      storage: await open(wanted.storage),
      vault: await open(wanted.vault),
    };
    const ports = perService((name) => services[name].listener.port);
    return {
      ports,
      origins: perService((name) => `https://localhost:${ports[name]}`),
      serve: (service: Service, faults: Faults, log: RequestLog) =>
        services[service.name].serve(service, faults, log),
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

type Opened = Awaited<ReturnType<typeof openListener>>;

/** Stops what was started, the newest first, also when one of them fails to. */
async function stopAll(stops: readonly (() => Promise<void>)[]): Promise<void> {
  for (const stop of stops) await stop();
}
