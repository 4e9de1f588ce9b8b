// What bots send with their requests, checked as the pages of the operations say.
import type { Call } from "../../calls/call.js";
import { isLoopback } from "../../calls/post-notification.js";
import { isJsonObject, type JsonObject, stringAt } from "../json-body.js";
import { badArgument } from "./communications-error.js";

/**
 * "This must be https". On this machine http is let through as well: a bot here has no certificate for its notifications.
 * @returns undefined where there is none
 */
export function callbackUriIn(body: JsonObject): string | undefined {
  const value = body["callbackUri"];
  if (value === undefined || value === null) return undefined;
  const url = typeof value === "string" && URL.canParse(value) ? new URL(value) : undefined;
  const fits = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url));
  if (url === undefined || !fits) throw badArgument("callbackUri must be an https address.");
  return url.href;
}

/** Who carries the media. Throws 400 where it is not said. */
export function mediaIn(body: JsonObject): "service" | "application" {
  const config = body["mediaConfig"];
  const type = isJsonObject(config) ? stringAt(config, "@odata.type") : undefined;
  switch (type?.replace("#microsoft.graph.", "")) {
    case "serviceHostedMediaConfig":
      return "service";
    case "appHostedMediaConfig":
      if (isJsonObject(config) && (stringAt(config, "blob") ?? "") !== "") return "application";
      throw badArgument("appHostedMediaConfig needs the blob of a media session.");
    default:
      throw badArgument(
        "mediaConfig is required: serviceHostedMediaConfig or appHostedMediaConfig.",
      );
  }
}

const MODALITIES = ["audio", "video", "videoBasedScreenSharing"];

/** Throws 400 unless there is at least one and each is known. */
export function checkModalities(value: unknown): void {
  const fits = Array.isArray(value) && value.length > 0;
  if (!fits || !value.every((one) => MODALITIES.includes(one))) {
    throw badArgument(`acceptedModalities must name at least one of ${MODALITIES.join(", ")}.`);
  }
}

/** "Max limit is 256 chars." */
export function clientContextIn(body: JsonObject): string | null {
  const value = body["clientContext"];
  if (value === undefined || value === null) return null;
  if (typeof value === "string" && value.length <= 256) return value;
  throw badArgument("clientContext must be a text of at most 256 characters.");
}

/** People or applications in `property`, from one to `most`. */
export function identitiesIn(body: JsonObject, property: string, most: number): Identity[] {
  const value = body[property];
  const list = Array.isArray(value) ? value : [];
  if (list.length === 0 || list.length > most) {
    throw badArgument(`${property} must hold from 1 to ${most} participants.`);
  }
  return list.map((one) => identityOf(one, property));
}

export interface Identity {
  readonly kind: "user" | "application";
  readonly id: string;
  readonly displayName: string;
}

function identityOf(participant: unknown, property: string): Identity {
  const identity = isJsonObject(participant) ? participant["identity"] : undefined;
  for (const kind of ["user", "application"] as const) {
    const one = isJsonObject(identity) ? identity[kind] : undefined;
    const id = isJsonObject(one) ? stringAt(one, "id") : undefined;
    if (id !== undefined && isJsonObject(one)) {
      return { kind, id, displayName: stringAt(one, "displayName") ?? id };
    }
  }
  throw badArgument(`${property} must hold participants with identity.user.id.`);
}

/** Throws 400 for an operation that only calls with service-hosted media have. */
export function requireServiceMedia(call: Call, operation: string): void {
  if (call.media === "service") return;
  throw badArgument(`${operation} is supported only for calls with serviceHostedMediaConfig.`);
}
