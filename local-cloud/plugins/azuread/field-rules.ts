// The checks that the azuread provider makes before it asks Graph, in its own words
// (terraform-provider-azuread, internal/helpers/tf/validation).
import type { Field, FieldRule } from "./field.js";

export const notEmpty: FieldRule = (value, path) =>
  value.trim() === "" ? `"${path}" must not be empty` : undefined;

export const uuid: FieldRule = (value, path) =>
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
    ? undefined
    : `"${path}" is not a valid UUID`;

/** Whose child a resource is: an id as the provider's resources have it. */
export const applicationId: Field = {
  kind: "text",
  required: true,
  replaces: true,
  rule: (value, path) =>
    /^\/applications\/[0-9a-f-]{36}$/i.test(value)
      ? undefined
      : `"${path}" must look like /applications/{objectId}`,
};

export function oneOf(...allowed: readonly string[]): FieldRule {
  return (value, path) => {
    if (allowed.includes(value)) return undefined;
    return `expected ${path} to be one of ${JSON.stringify(allowed).replaceAll(",", " ")}, got ${value}`;
  };
}

const MAX_REDIRECT_URI_LENGTH = 256;

/** Redirect URIs of web and single-page applications. */
export const redirectUri: FieldRule = (value, path) =>
  uriProblem(value, path, {
    schemes: ["http", "https", "ms-appx-web", "brk-multihub"],
    slashNeeded: true,
  }) ?? tooLong(value, path, MAX_REDIRECT_URI_LENGTH, "URI");

/** Redirect URIs of public clients: any scheme, also `urn:`. */
export const publicRedirectUri: FieldRule = (value, path) => {
  if (/^urn:[^:]+:/.test(value)) return undefined;
  return uriProblem(value, path, {}) ?? tooLong(value, path, MAX_REDIRECT_URI_LENGTH, "URI");
};

export const identifierUri: FieldRule = (value, path) => {
  if (/^urn:[^:]+:/.test(value)) return undefined;
  const schemes = ["http", "https", "api", "ms-appx"];
  return uriProblem(value, path, { schemes, slashRefused: true });
};

export const httpUrl: FieldRule = (value, path) =>
  uriProblem(value, path, { schemes: ["http", "https"] });

export const logoutUrl: FieldRule = (value, path) =>
  httpUrl(value, path) ?? tooLong(value, path, 255, "URL");

export const date: FieldRule = (value, path) =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) &&
  !Number.isNaN(Date.parse(value))
    ? undefined
    : `expected "${path}" to be a valid RFC3339 date, got "${value}"`;

interface UriForm {
  /** @default any */
  readonly schemes?: readonly string[];
  /** A URI without a path must end with `/`. @default false */
  readonly slashNeeded?: true;
  /** A URI without a path must not end with `/`. @default false */
  readonly slashRefused?: true;
}

function uriProblem(value: string, path: string, form: UriForm): string | undefined {
  if (value === "") return `URI must not be empty for "${path}"`;
  // A URL object would add the slash that is looked for here.
  const parts = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)/.exec(value);
  const [, scheme = "", host = "", place = ""] = parts ?? [];
  if (host === "") return `URI has no host for "${path}"`;
  if (form.slashRefused === true && place === "/") {
    return `URI must not have a trailing slash when there is no path segment for "${path}"`;
  }
  if (form.slashNeeded === true && place === "") {
    return `URI must have a trailing slash when there is no path segment for "${path}"`;
  }
  if (form.schemes === undefined || form.schemes.includes(scheme)) return undefined;
  return `unexpected URI scheme for "${path}", expected one of: ${form.schemes.join(", ")}`;
}

function tooLong(value: string, path: string, limit: number, what: string): string | undefined {
  return value.length > limit
    ? `${what} must be ${limit} characters or less for "${path}"`
    : undefined;
}
