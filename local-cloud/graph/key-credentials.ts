// Certificates of an application: the public part by which a client assertion is judged. They come and go with a PATCH of the
// whole list, in which one that is there already is named by its keyId and may lack its key ("keyCredential resource type";
// hashicorp/terraform-provider-azuread sends them so). Texts of refusals are UNVERIFIED.
import { randomUUID, X509Certificate } from "node:crypto";
import type { Store } from "../state/store.js";
import { type CredentialOwner, checkCertificateAllowed } from "./credential-policy.js";
import { invalidValue, notHere } from "./errors.js";
import { isJsonObject, type JsonObject, stringAt } from "./json-body.js";
import { timestamp } from "./timestamp.js";

/** What is kept of one, by Graph's names. `key` is base64 of the certificate's DER. */
interface KeyCredential extends JsonObject {
  readonly keyId: string;
  readonly key: string;
  readonly startDateTime: string;
  readonly endDateTime: string;
}

/** The list as it is kept: those of before as they were, new ones checked. */
export function keptKeyCredentials(
  store: Store,
  owner: CredentialOwner,
  { before, wanted }: { readonly before: unknown; readonly wanted: unknown },
): readonly JsonObject[] | undefined {
  if (wanted === undefined || wanted === null) return undefined;
  const had = listOf(before);
  return listOf(wanted).map((one, index) => {
    const keyId = stringAt(one, "keyId")?.toLowerCase();
    const known = had.find((other) => other["keyId"] === keyId);
    if (known !== undefined) return known;
    const made = newKeyCredential(one, `keyCredentials[${index}]`);
    checkCertificateAllowed(store, owner, made);
    return made;
  });
}

/** As a list of applications shows them, and as one does unless it is asked for this property alone. */
export function shownKeyCredentials(value: unknown): JsonObject[] {
  return listOf(value).map((one) => ({ ...one, key: null }));
}

/** Certificates with their dates. */
export function certificatesOf(value: unknown): { certificate: X509Certificate; end: number }[] {
  return listOf(value).map((one) => ({
    certificate: new X509Certificate(Buffer.from(stringAt(one, "key") ?? "", "base64")),
    end: Date.parse(stringAt(one, "endDateTime") ?? ""),
  }));
}

function newKeyCredential(wanted: JsonObject, path: string): KeyCredential {
  if (stringAt(wanted, "type") !== "AsymmetricX509Cert") {
    throw notHere(`keys of applications that are not of the type AsymmetricX509Cert`);
  }
  if (stringAt(wanted, "usage") !== "Verify") {
    throw notHere(`certificates of applications for another usage than Verify`);
  }
  const certificate = certificateIn(stringAt(wanted, "key") ?? "", path);
  const [from, to] = [certificate.validFrom, certificate.validTo].map((date) => new Date(date));
  const start = dateIn(wanted, "startDateTime") ?? from ?? new Date(Number.NaN);
  const end = dateIn(wanted, "endDateTime") ?? to ?? new Date(Number.NaN);
  if (to !== undefined && end > to) {
    throw invalidValue("Application", `${path}.endDateTime`, "is after the certificate's own end");
  }
  if (end <= start) throw invalidValue("Application", `${path}.endDateTime`, "is before the start");
  return {
    customKeyIdentifier: certificate.fingerprint.replaceAll(":", ""),
    displayName: stringAt(wanted, "displayName") ?? certificate.subject.replaceAll("\n", ", "),
    endDateTime: timestamp(end),
    key: certificate.raw.toString("base64"),
    keyId: stringAt(wanted, "keyId")?.toLowerCase() ?? randomUUID(),
    startDateTime: timestamp(start),
    type: "AsymmetricX509Cert",
    usage: "Verify",
  };
}

/** The service takes base64 of DER, and of PEM. */
function certificateIn(key: string, path: string): X509Certificate {
  try {
    return new X509Certificate(Buffer.from(key, "base64"));
  } catch {
    throw invalidValue("Application", `${path}.key`, "is no certificate");
  }
}

function dateIn(wanted: JsonObject, name: string): Date | undefined {
  const text = stringAt(wanted, name);
  return text === undefined ? undefined : new Date(text);
}

function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
