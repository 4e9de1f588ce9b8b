// The settings of a bot's channels. The SDK has a type for each channel; the real provider leaves them unchecked, and uses
// them to tell what may be written from what is only read.
import { anything, flag, type PropertyShape, text } from "./property-shape.js";

function channel(properties: PropertyShape): PropertyShape {
  return {
    type: "object",
    properties: { channelName: text, etag: text, location: text, properties },
  };
}

export const CHANNEL_SETTINGS: PropertyShape = {
  type: "union",
  discriminator: "channelName",
  variants: {
    MsTeamsChannel: channel({
      type: "object",
      properties: {
        acceptedTerms: flag,
        callingWebhook: text,
        deploymentEnvironment: { type: "string", default: "CommercialDeployment" },
        enableCalling: { type: "boolean", default: false },
        incomingCallRoute: text,
        isEnabled: flag,
      },
    }),
    DirectLineChannel: channel(anything),
    WebChatChannel: channel(anything),
  },
};
