// Starts the stand-ins for the provider plugins azure-native and azuread, for the real Pulumi engine to attach to.
import { AzureNativePlugin } from "./azure-native/plugin.js";
import { AzureAdPlugin } from "./azuread/plugin.js";
import { installedVersion } from "./installed-version.js";
import type { PluginOptions } from "./provider-options.js";
import { servePlugin } from "./wire/plugin-server.js";

export interface StartedPlugins {
  /** Value of PULUMI_DEBUG_PROVIDERS: `azure-native:40001,azuread:40002`. */
  readonly debugProviders: string;
  close(): Promise<void>;
}

/** Serves both plugins on 127.0.0.1 until they are closed. */
export async function startPlugins(options: PluginOptions): Promise<StartedPlugins> {
  const azureNative = await servePlugin(
    installedVersion("@pulumi/azure-native"),
    () => new AzureNativePlugin(options),
  );
  const azureAd = await servePlugin(
    installedVersion("@pulumi/azuread"),
    () => new AzureAdPlugin(options),
  ).catch(async (error: unknown) => {
    await azureNative.close();
    throw error;
  });
  return {
    debugProviders: `azure-native:${azureNative.port},azuread:${azureAd.port}`,
    close: async () => {
      await Promise.all([azureNative.close(), azureAd.close()]);
    },
  };
}
