// Client secrets of an application: made, looked for and taken away through actions of the application.
import { objectsOf, type Properties, textOf } from "../wire/property-values.js";
import type { DirectoryCall } from "./directory-resource.js";
import { doing } from "./graph-client.js";
import { orEmpty } from "./graph-values.js";
import { until } from "./replication.js";
import { objectIdOf } from "./resource-ids.js";

const CLIENT = "ApplicationsClient";

/** Makes a client secret; the answer is the only time that its value is told. `applicationPath`: `/applications/{id}`. */
export async function addPassword(
  applicationPath: string,
  wanted: Properties,
  { graph, signal }: DirectoryCall,
): Promise<Properties> {
  const names = { displayName: "displayName", startDateTime: "startDate", endDateTime: "endDate" };
  const passwordCredential = Object.fromEntries(
    Object.entries(names).flatMap(([graphName, name]) => {
      const value = textOf(wanted, name);
      return value === undefined || value === "" ? [] : [[graphName, value]];
    }),
  );
  const added = await doing(
    `Adding password for application with object ID "${objectIdOf(applicationPath)}"`,
    graph.ask({
      method: "POST",
      path: `${applicationPath}/addPassword`,
      body: { passwordCredential },
      client: CLIENT,
      signal,
    }),
  );
  return {
    displayName: orEmpty(added["displayName"]),
    endDate: orEmpty(added["endDateTime"]),
    keyId: orEmpty(added["keyId"]),
    startDate: orEmpty(added["startDateTime"]),
    value: orEmpty(added["secretText"]),
  };
}

/** The credential without its value, or undefined when it or its application is gone. */
export async function findPassword(
  applicationPath: string,
  keyId: string,
  { graph, signal }: DirectoryCall,
): Promise<Properties | undefined> {
  const request = { method: "GET", path: applicationPath, client: CLIENT, signal } as const;
  const application = (await graph.find(request)) ?? {};
  return objectsOf(application, "passwordCredentials").find((one) => one["keyId"] === keyId);
}

/** Takes a client secret away and waits until it is gone. One that is gone already is no error. */
export async function removePassword(
  applicationPath: string,
  keyId: string,
  call: DirectoryCall,
): Promise<void> {
  const { graph, signal } = call;
  if ((await findPassword(applicationPath, keyId, call)) === undefined) return;
  await doing(
    `Removing password credential "${keyId}" from application with object ID "${objectIdOf(applicationPath)}"`,
    graph.find({
      method: "POST",
      path: `${applicationPath}/removePassword`,
      body: { keyId },
      client: CLIENT,
      signal,
    }),
  );
  await until(call, async () => (await findPassword(applicationPath, keyId, call)) === undefined);
}
