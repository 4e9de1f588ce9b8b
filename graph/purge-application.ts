// The one thing here that cannot be taken back: an application in the recycle bin of the directory is deleted for good.
import type { Client } from "@microsoft/microsoft-graph-client";

/** @param objectId of an application that is deleted already; of any other the directory knows no such item. */
export async function purgeApplication(
  client: Client,
  objectId: string,
  signal: AbortSignal,
): Promise<void> {
  const path = `/directory/deletedItems/${encodeURIComponent(objectId)}`;
  await client.api(path).option("signal", signal).delete();
}
