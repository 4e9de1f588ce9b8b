// azuread.ApplicationPassword: one client secret of an application. Every change makes a new one.
import { type Properties, textOf } from "../wire/property-values.js";
import type { DirectoryCall, DirectoryResource, Made } from "./directory-resource.js";
import { text } from "./field.js";
import { applicationId, date } from "./field-rules.js";
import { asSecret, orEmpty } from "./graph-values.js";
import { addPassword, findPassword, removePassword } from "./passwords.js";
import { until } from "./replication.js";
import { applicationPath, childIdOf, objectIdOf } from "./resource-ids.js";

const KIND = "password";

export const applicationPassword: DirectoryResource = {
  token: "azuread:index/applicationPassword:ApplicationPassword",
  fields: {
    applicationId,
    displayName: { ...text, computed: true, replaces: true },
    endDate: { kind: "text", computed: true, replaces: true, rule: date },
    endDateRelative: { kind: "text", replaces: true, rule: duration },
    rotateWhenChanged: { kind: "map", replaces: true },
    startDate: { kind: "text", computed: true, replaces: true, rule: date },
  },
  outputs: ["keyId", "value"],
  check: ({ endDate, endDateRelative }) =>
    endDate === undefined || endDateRelative === undefined
      ? []
      : ['Conflicting configuration arguments: "endDate" conflicts with "endDateRelative"'],
  create,
  read,
  delete: deletePassword,
};

async function create(inputs: Properties, call: DirectoryCall): Promise<Made> {
  const path = applicationPath(textOf(inputs, "applicationId") ?? "");
  return await call.locks.hold(path, call.signal, async () => {
    const added = await addPassword(path, { ...inputs, ...relativeEnd(inputs) }, call);
    const keyId = textOf(added, "keyId") ?? "";
    await until(call, async () => (await findPassword(path, keyId, call)) !== undefined);
    return {
      id: `${objectIdOf(path)}/${KIND}/${keyId}`,
      state: { value: asSecret(added["value"]) },
    };
  });
}

async function read(
  id: string,
  known: Properties,
  call: DirectoryCall,
): Promise<Properties | undefined> {
  const { applicationObjectId, childId: keyId } = childIdOf(KIND, id);
  const path = applicationPath(applicationObjectId);
  const found = await findPassword(path, keyId, call);
  if (found === undefined) return undefined;
  return {
    ...kept(known, ["endDateRelative", "rotateWhenChanged"]),
    applicationId: path,
    displayName: orEmpty(found["displayName"]),
    endDate: orEmpty(found["endDateTime"]),
    keyId,
    startDate: orEmpty(found["startDateTime"]),
    value: asSecret(known["value"]),
  };
}

async function deletePassword(id: string, _state: Properties, call: DirectoryCall): Promise<void> {
  const { applicationObjectId, childId: keyId } = childIdOf(KIND, id);
  const path = applicationPath(applicationObjectId);
  await call.locks.hold(path, call.signal, () => removePassword(path, keyId, call));
}

function kept(known: Properties, names: readonly string[]): Properties {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = known[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

const DURATION = /^(?:\d+(?:\.\d+)?[hms])+$/;
const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

function duration(value: string, path: string): string | undefined {
  return DURATION.test(value)
    ? undefined
    : `"${path}" must be a duration such as 4380h or 30m, got "${value}"`;
}

function relativeEnd(inputs: Properties): Properties {
  const relative = textOf(inputs, "endDateRelative");
  if (relative === undefined) return {};
  const parts = [...relative.matchAll(/(\d+(?:\.\d+)?)([hms])/g)];
  const seconds = parts.reduce(
    (sum, [, amount, unit = "s"]) => sum + Number(amount) * (SECONDS[unit] ?? 1),
    0,
  );
  const start = textOf(inputs, "startDate");
  const from = start === undefined ? Date.now() : Date.parse(start);
  return { endDate: new Date(from + seconds * 1000).toISOString().replace(/\.\d+Z$/, "Z") };
}
