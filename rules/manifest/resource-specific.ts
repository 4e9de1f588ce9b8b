// Resource-specific consent: rights in the one chat or meeting that the app is installed in, named in the manifest. It is the
// narrower alternative to app roles, which reach over the whole organisation ("Resource-specific consent for your app").
import { type Issue, shown } from "../issue.js";
import { nearest } from "../nearest.js";
import { RESOURCE_SPECIFIC } from "../permission-catalogue.js";

/** The official spelling of a resource-specific permission, whatever the case it was written in. */
export function resourceSpecificName(name: string): string {
  return RESOURCE_SPECIFIC.find((known) => known.toLowerCase() === name.toLowerCase()) ?? name;
}

/**
 * An issue unless the name can be a resource-specific permission. About calls and meetings only the known ones are taken,
 * since their names are close to those of app roles; others, such as `ChatMember.Read.Chat`, by their form.
 */
export function checkResourceSpecificName(path: string, name: string): Issue[] {
  const official = resourceSpecificName(name);
  if (RESOURCE_SPECIFIC.includes(official)) return [];
  const aboutCalls = /^(call|onlinemeeting)/i.test(name);
  if (!aboutCalls && /^[A-Za-z]+(\.[A-Za-z]+)+\.(Chat|Group|User)$/.test(name)) return [];
  const meant = nearest(name.replace(/\.All$/i, ".Chat"), RESOURCE_SPECIFIC);
  return [
    {
      path,
      rule: "must be a resource-specific permission, such as Calls.JoinGroupCalls.Chat",
      whose: "Microsoft Teams",
      got: shown(name),
      fix:
        meant === undefined
          ? "Check the spelling; app roles belong into permissions."
          : `Write "${meant}", or name it in permissions if it is an app role.`,
    },
  ];
}

const NARROWER: readonly (readonly [role: string, narrower: string])[] = [
  ["Calls.JoinGroupCall.All", "Calls.JoinGroupCalls.Chat"],
  ["Calls.AccessMedia.All", "Calls.AccessMedia.Chat"],
  ["OnlineMeetingTranscript.Read.All", "OnlineMeetingTranscript.Read.Chat"],
  ["OnlineMeetingRecording.Read.All", "OnlineMeetingRecording.Read.Chat"],
  ["OnlineMeetingArtifact.Read.All", "OnlineMeetingArtifact.Read.Chat"],
];

/** One sentence for each app role that is asked for although the manifest asks for its narrower form. */
export function unnecessaryRoles(
  resourceSpecific: readonly string[],
  roles: readonly string[],
): string[] {
  const asked = resourceSpecific.map(resourceSpecificName);
  return NARROWER.filter(
    ([role, narrower]) => roles.includes(role) && asked.includes(narrower),
  ).map(
    ([role, narrower]) =>
      `${role} is not needed in chats and meetings that the app is installed in: the manifest asks for ${narrower} there. Leave ${role} out unless the bot works in others as well.`,
  );
}
