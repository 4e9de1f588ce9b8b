// azuread.ApplicationCertificate: one certificate of an application, added to and taken from its list. Every change makes a new one.
import { randomUUID } from "node:crypto";
import { objectsOf, type Properties, textOf } from "../wire/property-values.js";
import type { DirectoryCall, DirectoryResource, Made } from "./directory-resource.js";
import { applicationId, date, notEmpty, oneOf, uuid } from "./field-rules.js";
import { doing } from "./graph-client.js";
import { asSecret, orEmpty } from "./graph-values.js";
import { until } from "./replication.js";
import { applicationPath, childIdOf, objectIdOf } from "./resource-ids.js";

const KIND = "certificate";
const CLIENT = "ApplicationsClient";

export const applicationCertificate: DirectoryResource = {
  token: "azuread:index/applicationCertificate:ApplicationCertificate",
  fields: {
    applicationId,
    encoding: {
      kind: "text",
      replaces: true,
      default: "pem",
      rule: oneOf("base64", "hex", "pem"),
    },
    endDate: { kind: "text", computed: true, replaces: true, rule: date },
    keyId: { kind: "text", computed: true, replaces: true, rule: uuid },
    startDate: { kind: "text", computed: true, replaces: true, rule: date },
    type: { kind: "text", replaces: true, rule: oneOf("AsymmetricX509Cert", "Symmetric") },
    value: { kind: "text", required: true, replaces: true, rule: notEmpty },
  },
  outputs: [],
  create,
  read,
  delete: deleteCertificate,
};

async function create(inputs: Properties, call: DirectoryCall): Promise<Made> {
  const path = applicationPath(textOf(inputs, "applicationId") ?? "");
  const objectId = objectIdOf(path);
  return await call.locks.hold(path, call.signal, async () => {
    const keyId = textOf(inputs, "keyId") ?? randomUUID();
    const certificate = {
      keyId,
      type: orEmpty(inputs["type"]),
      usage: "Verify",
      key: encoded(inputs),
      ...dates(inputs),
    };
    await doing(
      `Adding certificate for application with object ID "${objectId}"`,
      write(path, [...(await keysOf(path, call)), certificate], call),
    );
    await until(call, async () => (await find(path, keyId, call)) !== undefined);
    return { id: `${objectId}/${KIND}/${keyId}` };
  });
}

async function read(
  id: string,
  known: Properties,
  call: DirectoryCall,
): Promise<Properties | undefined> {
  const { applicationObjectId, childId: keyId } = childIdOf(KIND, id);
  const path = applicationPath(applicationObjectId);
  const found = await find(path, keyId, call);
  if (found === undefined) return undefined;
  return {
    applicationId: path,
    encoding: known["encoding"] ?? "pem",
    endDate: orEmpty(found["endDateTime"]),
    keyId,
    startDate: orEmpty(found["startDateTime"]),
    type: orEmpty(found["type"]),
    value: asSecret(known["value"]),
  };
}

async function deleteCertificate(
  id: string,
  _state: Properties,
  call: DirectoryCall,
): Promise<void> {
  const { applicationObjectId, childId: keyId } = childIdOf(KIND, id);
  const path = applicationPath(applicationObjectId);
  await call.locks.hold(path, call.signal, async () => {
    if ((await find(path, keyId, call)) === undefined) return;
    const left = (await keysOf(path, call)).filter((one) => one["keyId"] !== keyId);
    await doing(
      `Removing certificate credential "${keyId}" from application with object ID "${applicationObjectId}"`,
      write(path, left, call),
    );
    await until(call, async () => (await find(path, keyId, call)) === undefined);
  });
}

async function keysOf(path: string, { graph, signal }: DirectoryCall): Promise<Properties[]> {
  const application = await graph.find({ method: "GET", path, client: CLIENT, signal });
  return objectsOf(application ?? {}, "keyCredentials");
}

async function find(path: string, keyId: string, call: DirectoryCall) {
  const wanted = keyId.toLowerCase();
  return (await keysOf(path, call)).find((one) => textOf(one, "keyId")?.toLowerCase() === wanted);
}

async function write(
  path: string,
  keyCredentials: Properties[],
  { graph, signal }: DirectoryCall,
): Promise<void> {
  await graph.ask({ method: "PATCH", path, body: { keyCredentials }, client: CLIENT, signal });
}

/** base64 of PEM, whichever form the program gives. */
function encoded(inputs: Properties): string {
  const value = textOf(inputs, "value") ?? "";
  const encoding = textOf(inputs, "encoding");
  if (encoding !== "base64" && encoding !== "hex") return Buffer.from(value).toString("base64");
  const lines =
    Buffer.from(value.trim(), encoding)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  const pem = ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
  return Buffer.from(pem).toString("base64");
}

function dates(inputs: Properties): Properties {
  const [start, end] = [textOf(inputs, "startDate"), textOf(inputs, "endDate")];
  return {
    ...(start === undefined ? {} : { startDateTime: start }),
    ...(end === undefined ? {} : { endDateTime: end }),
  };
}
