// A call at its beginning: between the bot and somebody else.
import { randomUUID } from "node:crypto";
import type { Call, Participant } from "./call.js";

export function newCall(
  what: Pick<Call, "appId" | "tenantId" | "webhook" | "kind" | "direction">,
  other: { readonly id: string; readonly displayName: string } | Participant,
): Omit<Call, "state"> & Pick<Call, "media" | "callbackUri"> {
  const bot: Participant = {
    id: randomUUID(),
    kind: "application",
    identityId: what.appId,
    displayName: "The bot",
  };
  const caller: Participant =
    "identityId" in other
      ? other
      : {
          id: randomUUID(),
          kind: "user",
          identityId: other.id,
          displayName: other.displayName,
        };
  return {
    ...what,
    id: randomUUID(),
    callChainId: randomUUID(),
    caller,
    bot,
    callbackUri: undefined,
    media: undefined,
    recording: "notRecording",
    participants: [caller, bot],
    end: undefined,
  };
}
