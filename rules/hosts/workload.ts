// What a stack may say of the process on a host: its paths, its own settings, and which of them are secrets.
import { type Issue, shown } from "../issue.js";
import { OWN_SETTING_NAMES } from "./app-settings.js";
import { checkHostPath } from "./host-paths.js";

/** The part of a host's settings that every kind of host has. */
export interface WorkloadWish {
  readonly messagingPath?: string | undefined;
  readonly callingPath?: string | undefined;
  readonly healthPath?: string | undefined;
  /** By name; values that are not known yet count as given. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** Name of the setting to name of the secret. */
  readonly secretSettings?: Readonly<Record<string, string>> | undefined;
}

/** Issues of all of them together. `path` is where they stand. */
export function checkWorkload(path: string, wish: WorkloadWish): Issue[] {
  const { messagingPath, callingPath, healthPath, settings = {}, secretSettings = {} } = wish;
  const paths = Object.entries({ messagingPath, callingPath, healthPath });
  return [
    ...paths.flatMap(([name, value]) =>
      value === undefined ? [] : checkHostPath(`${path}.${name}`, value),
    ),
    ...Object.keys(settings).flatMap((name) => [
      ...checkSettingName(`${path}.settings`, name),
      ...checkNoSecret(`${path}.settings`, name),
    ]),
    ...Object.entries(secretSettings).flatMap(([name, secret]) => [
      ...checkSettingName(`${path}.secretSettings`, name),
      ...checkSecretName(`${path}.secretSettings.${name}`, secret),
      ...checkSaidOnce(`${path}.secretSettings.${name}`, name, settings),
    ]),
  ];
}

/** Letters, digits and underscores: what every host takes; two underscores stand for a level of .NET configuration. */
function checkSettingName(path: string, name: string): Issue[] {
  if (OWN_SETTING_NAMES.has(name.toLowerCase())) {
    return [
      {
        path: `${path}.${name}`,
        rule: "must be left out, because this package sets it from the registration",
        whose: "this package",
        fix: "Remove it.",
      },
    ];
  }
  if (/^[A-Za-z_][A-Za-z0-9_]{0,126}$/.test(name)) return [];
  return [
    {
      path,
      rule: "must have names of letters, digits and underscores, with no digit first",
      whose: "this package",
      got: shown(name),
      fix: "Respell it; two underscores stand for a level of .NET configuration, as in Bot__Greeting.",
    },
  ];
}

/** Settings stand in the state and in the portal in plain text; what is called a secret does not belong there. */
function checkNoSecret(path: string, name: string): Issue[] {
  if (
    !/(?:password|passwd|secret|api_?key|access_?key|connection_?string|private_?key)$/i.test(name)
  ) {
    return [];
  }
  return [
    {
      path: `${path}.${name}`,
      rule: "must not hold a secret, because settings stand in the state in plain text",
      whose: "this package",
      fix: "Put the value into the host's Key Vault and name it under secretSettings.",
    },
  ];
}

/** 1 to 127 letters, digits and hyphens ("About Azure Key Vault secrets"). */
function checkSecretName(path: string, secret: string): Issue[] {
  if (/^[A-Za-z0-9-]{1,127}$/.test(secret)) return [];
  return [
    {
      path,
      rule: "must be the name of a secret: 1 to 127 letters, digits and hyphens",
      whose: "Azure Key Vault",
      fix: "Give the name under which the host's vault holds the value, never the value itself.",
    },
  ];
}

function checkSaidOnce(path: string, name: string, settings: Readonly<Record<string, unknown>>) {
  const twin = Object.keys(settings).find((other) => other.toLowerCase() === name.toLowerCase());
  if (twin === undefined) return [];
  return [
    {
      path,
      rule: `must not stand under settings.${twin} as well`,
      whose: "this package",
      fix: "Keep the one under secretSettings.",
    },
  ];
}
