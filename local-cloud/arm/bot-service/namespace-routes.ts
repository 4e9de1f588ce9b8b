// What Microsoft.BotService answers outside of any bot.
import type { ArmAnswer, ArmCall, ArmRoute } from "../mechanics/arm-call.js";
import { BodyFields } from "../mechanics/body-fields.js";
import { BOT_API_VERSIONS } from "./api-versions.js";
import { invalidBotData } from "./bot-error.js";
import { nameClaim } from "./bot-identity.js";

const common = { apiVersions: BOT_API_VERSIONS, typeName: "botServices" };

export const namespaceRoutes: readonly ArmRoute[] = [
  {
    ...common,
    method: "POST",
    pattern: "/providers/Microsoft.BotService/checkNameAvailability",
    handle: checkNameAvailability,
  },
  {
    ...common,
    method: "GET",
    pattern: "/providers/Microsoft.BotService/operations",
    handle: () => ({ status: 200, body: { value: operations() } }),
  },
];

// The texts of `absCode` were not seen; `message` is what a PUT of the same name would say.
function checkNameAvailability(call: ArmCall): ArmAnswer {
  const name = new BodyFields(call.body).string("name") ?? "";
  if (name === "") throw invalidBotData("The name property is required");
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}$/.test(name)) {
    const message =
      "Bot name must have 2 to 64 letters, digits, underscores, periods and hyphens, with a letter or digit first.";
    return { status: 200, body: { valid: false, message, absCode: "InvalidId" } };
  }
  const taken = call.cloud.resources.holderOf(nameClaim(name)) !== undefined;
  return {
    status: 200,
    body: taken
      ? { valid: false, message: "Id is already in use.", absCode: "IdInUse" }
      : { valid: true, message: "", absCode: "" },
  };
}

function operations() {
  return [
    ["botServices", "Bot Service"],
    ["botServices/channels", "Bot Service Channel"],
  ].flatMap(([type, resource]) =>
    [
      ["read", "Read"],
      ["write", "Write"],
      ["delete", "Delete"],
    ].map(([verb, word]) => ({
      name: `Microsoft.BotService/${type}/${verb}`,
      display: {
        provider: "Microsoft Bot Service",
        resource,
        operation: `${word} ${resource}`,
        description: `${word} a ${resource}`,
      },
      origin: "user,system",
    })),
  );
}
