// Whether a name is free, before anything is made ("Check Name Availability" of the REST reference).
import type { ArmAnswer, ArmCall, ArmRoute } from "../mechanics/arm-call.js";
import { notHere } from "../mechanics/arm-error.js";
import { BodyFields } from "../mechanics/body-fields.js";
import { WEB_API_VERSIONS } from "./api-versions.js";
import { siteClaim } from "./site-names.js";
import { invalidParameter } from "./web-error.js";

export const nameAvailabilityRoute: ArmRoute = {
  method: "POST",
  pattern: "/subscriptions/{subscriptionId}/providers/Microsoft.Web/checkNameAvailability",
  action: "Microsoft.Web/checknameavailability/read",
  scope: "parent",
  apiVersions: WEB_API_VERSIONS,
  typeName: "checkNameAvailability",
  handle: checkNameAvailability,
};

function checkNameAvailability(call: ArmCall): ArmAnswer {
  const fields = new BodyFields(call.body);
  const name = fields.string("name") ?? "";
  const type = fields.string("type") ?? "";
  if (!["site", "microsoft.web/sites"].includes(type.toLowerCase())) {
    if (type === "") throw invalidParameter("type", "It says what the name is for, as in Site.");
    throw notHere(`names of type '${type}'`);
  }
  if (!/^[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])$/i.test(name)) {
    const message = `Hostname '${name}' is invalid.`;
    return { status: 200, body: { nameAvailable: false, reason: "Invalid", message } };
  }
  if (call.cloud.resources.holderOf(siteClaim(name)) === undefined) {
    return { status: 200, body: { nameAvailable: true, reason: "", message: "" } };
  }
  const message = `Hostname '${name}' already exists. Please select a different name.`;
  return { status: 200, body: { nameAvailable: false, reason: "AlreadyExists", message } };
}
