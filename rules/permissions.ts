// Finds a Graph app role by the name a person wrote, and says what is wrong with a name that is none.
import { isGuid } from "./guid.js";
import { type Issue, shown } from "./issue.js";
import { nearest } from "./nearest.js";
import {
  Demand,
  MISSPELLINGS,
  PERMISSIONS,
  type Permission,
  RESOURCE_SPECIFIC,
} from "./permission-catalogue.js";

export { Demand, PERMISSIONS, type Permission } from "./permission-catalogue.js";

/** App id of Microsoft Graph: the same constant in every cloud. Its service principal's object id differs by directory. */
export const GRAPH_APP_ID = "00000003-0000-0000-c000-000000000000";

const byName = new Map(PERMISSIONS.map((entry) => [entry.value.toLowerCase(), entry]));

/**
 * The app role of that name in any case, and under the spellings that Microsoft's own pages get wrong
 * (`Calls.JoinGroupCalls.All`, `Calls.InitiateGroupCalls.All`). `undefined` when there is none.
 */
export function findPermission(name: string): Permission | undefined {
  const typed = name.toLowerCase();
  return byName.get(typed) ?? byName.get(MISSPELLINGS.get(typed)?.toLowerCase() ?? "");
}

/** What a permission needs besides admin consent, as a sentence. */
export function demandText(demand: Demand): string {
  switch (demand) {
    case Demand.ApplicationAccessPolicy:
      return "A Teams administrator has to give the users concerned an application access policy for this app; it takes up to 30 minutes to work.";
    case Demand.RecordingStatus:
      return "Nothing of a call may be recorded or persisted, nor anything derived from it, unless updateRecordingStatus succeeded first.";
    case Demand.MediaHost:
      return "The bot has to carry the media itself, on a Windows host with a public address, a certificate and open media ports.";
    case Demand.AppInstalled:
      return "It works only where the bot's Teams app is installed.";
  }
}

/**
 * An issue unless {@link findPermission} knows the name. The sentence tells resource-specific and delegated names
 * apart from typing mistakes, since both look right and fail only when they reach the directory.
 */
export function checkPermissionName(path: string, name: string): Issue[] {
  if (findPermission(name) !== undefined) return [];
  const { rule, fix } = explain(name);
  return [{ path, rule, whose: "Microsoft Graph", got: shown(name), fix }];
}

/** Issues of a list of names, each at its place: `permissions[2]`. */
export function checkPermissionNames(path: string, names: readonly string[]): Issue[] {
  return names.flatMap((name, i) => checkPermissionName(`${path}[${i}]`, name));
}

function explain(name: string): { rule: string; fix: string } {
  const typed = name.toLowerCase();
  if (isGuid(name)) {
    const meant = PERMISSIONS.find((entry) => entry.id === typed);
    return {
      rule: "must be the name of an app role, not an id",
      fix: meant ? `Write "${meant.value}".` : 'Write its name, as in "Calls.JoinGroupCall.All".',
    };
  }
  const resourceSpecific = RESOURCE_SPECIFIC.find((value) => value.toLowerCase() === typed);
  if (resourceSpecific !== undefined) {
    return {
      rule: "must be an app role, and this is a resource-specific (RSC) permission",
      fix: `Name it in the manifest of the Teams app, or write the app role for the whole organisation${suggestion(name.replace(/\.Chat$/i, ".All"))}.`,
    };
  }
  const appRole = findPermission(`${name}.All`);
  if (appRole !== undefined) {
    return {
      rule: "must be an app role, and this is a delegated permission (a bot has no signed-in user)",
      fix: `Write "${appRole.value}" if the bot needs it for the whole organisation.`,
    };
  }
  return {
    rule: "must be a Graph app role that a calling bot can need",
    fix: `Check the spelling against the table of permissions${suggestion(name)}.`,
  };
}

function suggestion(name: string): string {
  const meant =
    findPermission(name)?.value ??
    nearest(
      name,
      PERMISSIONS.map((entry) => entry.value),
    );
  return meant === undefined ? "" : `, perhaps "${meant}"`;
}
