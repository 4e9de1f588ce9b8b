// App roles and delegated permissions: as programs write them, as Graph has them.
import { type Properties, type PropertyValue, textOf, textsOf } from "../wire/property-values.js";
import { type Field, flag, text } from "./field.js";
import { notEmpty, oneOf, uuid } from "./field-rules.js";
import { orEmpty, orNull } from "./graph-values.js";

const filledText: Field = { kind: "text", rule: notEmpty };
const enabled: Field = { ...flag, default: true };

export const APP_ROLES: Field = {
  kind: "set",
  items: {
    kind: "object",
    fields: {
      allowedMemberTypes: {
        kind: "set",
        required: true,
        minItems: 1,
        items: { kind: "text", rule: oneOf("Application", "User") },
      },
      description: { ...filledText, required: true },
      displayName: { ...filledText, required: true },
      enabled,
      id: { kind: "text", required: true, rule: uuid },
      value: text,
    },
  },
};

export const PERMISSION_SCOPES: Field = {
  kind: "set",
  items: {
    kind: "object",
    fields: {
      adminConsentDescription: filledText,
      adminConsentDisplayName: filledText,
      enabled,
      id: { kind: "text", required: true, rule: uuid },
      type: { kind: "text", default: "User", rule: oneOf("Admin", "User") },
      userConsentDescription: filledText,
      userConsentDisplayName: filledText,
      value: text,
    },
  },
};

const CONSENT_TEXTS = [
  "adminConsentDescription",
  "adminConsentDisplayName",
  "userConsentDescription",
  "userConsentDisplayName",
];

export function appRoleBody(role: Properties): Properties {
  return {
    allowedMemberTypes: textsOf(role, "allowedMemberTypes").sort(),
    description: orNull(role["description"]),
    displayName: orNull(role["displayName"]),
    id: orNull(role["id"]),
    isEnabled: role["enabled"] !== false,
    value: orNull(role["value"]),
  };
}

export function appRoleOutput(role: Properties): Properties {
  return {
    allowedMemberTypes: textsOf(role, "allowedMemberTypes").sort(),
    description: orEmpty(role["description"]),
    displayName: orEmpty(role["displayName"]),
    enabled: role["isEnabled"] === true,
    id: orEmpty(role["id"]),
    value: orEmpty(role["value"]),
  };
}

export function scopeBody(scope: Properties): Properties {
  return {
    ...eachText(CONSENT_TEXTS, scope, orNull),
    id: orNull(scope["id"]),
    isEnabled: scope["enabled"] !== false,
    type: orNull(scope["type"]),
    value: orNull(scope["value"]),
  };
}

export function scopeOutput(scope: Properties): Properties {
  return {
    ...eachText(CONSENT_TEXTS, scope, orEmpty),
    enabled: scope["isEnabled"] === true,
    id: orEmpty(scope["id"]),
    type: orEmpty(scope["type"]),
    value: orEmpty(scope["value"]),
  };
}

/** Map from the value of an app role or permission to its id. */
export function idsByValue(permissions: readonly Properties[]): Properties {
  return Object.fromEntries(
    permissions.flatMap((permission) => {
      const [value, id] = [textOf(permission, "value"), textOf(permission, "id")];
      return value === undefined || value === "" || id === undefined ? [] : [[value, id]];
    }),
  );
}

function eachText(
  names: readonly string[],
  values: Properties,
  convert: (value: PropertyValue | undefined) => PropertyValue,
): Properties {
  return Object.fromEntries(names.map((name) => [name, convert(values[name])]));
}
