// DNS records that are kept somewhere else than in the zones of the local cloud: at a registrar, say. They are what the
// control interface was told.
import { z } from "zod";
import type { Store } from "../../state/store.js";

export const OutsideRecord = z.strictObject({
  /** The whole name: `asuid.bot.contoso.com`. */
  name: z.string().min(1).toLowerCase(),
  type: z.enum(["A", "CNAME", "TXT", "CAA"]),
  value: z.string(),
});
export type OutsideRecord = z.infer<typeof OutsideRecord>;

export class OutsideRecords {
  constructor(private readonly store: Store) {}

  list(): readonly OutsideRecord[] {
    return this.store.get("outsideDnsRecords", "all") ?? [];
  }

  /** In place of all there were. */
  set(records: readonly OutsideRecord[]): void {
    this.store.put("outsideDnsRecords", "all", records);
  }
}
