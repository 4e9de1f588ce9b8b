// Settings that a host reads from a vault which the same run makes: it is empty, and only its subnet and some addresses reach it.
import { HostKind } from "../bot-choices.js";

export interface EmptyVault {
  readonly name: string;
  /** Name of the setting to name of the secret. */
  readonly secretSettings: Readonly<Record<string, string>>;
}

/** What a person has to do about it at once. */
export function emptyVaultWarnings(kind: HostKind, vault: EmptyVault): string[] {
  const secrets = secretsOf(vault);
  if (secrets.length === 0) return [];
  const start = `The vault ${vault.name} is made by this run and is empty. Put ${secrets.join(", ")} into it from one of host.allowedAddresses`;
  if (kind === HostKind.AppService) {
    return [
      `${start}, and restart the site: until then the process reads the text of the reference as its settings ${Object.keys(vault.secretSettings).join(", ")}.`,
    ];
  }
  if (kind === HostKind.ContainerApp) {
    // "Manage secrets in Azure Container Apps": each is read while the app is made.
    return [
      `${start} and run again, or give a vault that holds them as host.vaultId: until then the app is not made, because Container Apps takes none whose secrets it cannot read.`,
    ];
  }
  if (kind !== HostKind.ScaleSet) return [];
  return [`${start} within 20 minutes after the machines start, or their set-up fails.`];
}

function secretsOf({ secretSettings }: EmptyVault): string[] {
  return [...new Set(Object.values(secretSettings))];
}
