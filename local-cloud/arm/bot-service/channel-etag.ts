// Channels have weak etags that end in the time of the change, unlike bots.
import { randomBytes } from "node:crypto";
import { utc } from "../mechanics/dotnet-time.js";

/** Such as `W/"9c0e1a2c3b11e3f311596932df0e1946 11/24/2021 2:03:08 AM"`, without the space. */
export function channelEtag(now: Date): string {
  return `W/"${randomBytes(16).toString("hex")}${utc(now)}"`;
}
