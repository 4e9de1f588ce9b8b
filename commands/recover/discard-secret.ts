// Takes a client secret away whose value nobody has.
import { readWithin } from "../../graph/bounded-reading.js";
import type { Services } from "../sign-in/services.js";
import type { UnknownSecret } from "./finding.js";

const PATIENCE_MS = 30_000;

/** Rejects with ReadError. */
export async function discardSecret(
  services: Services,
  { applicationObjectId, keyId }: UnknownSecret,
): Promise<void> {
  await readWithin(PATIENCE_MS, async (signal) => {
    const client = await services.graph(signal);
    await client
      .api(`/applications/${applicationObjectId}/removePassword`)
      .option("signal", signal)
      .post({ keyId });
  });
}
