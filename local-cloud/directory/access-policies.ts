// Application access policies: on behalf of whom an application may look up or create meetings. In Microsoft 365 they are made with
// Teams PowerShell alone (New-CsApplicationAccessPolicy, Grant-CsApplicationAccessPolicy), so no service here makes them either.
import { z } from "zod";
import type { Store } from "../state/store.js";

/** What the control interface takes. */
export const AccessPolicy = z.strictObject({
  appId: z.guid(),
  /** Object ids of people; `global` for everybody. */
  users: z.union([z.literal("global"), z.array(z.guid())]),
});
export type AccessPolicy = z.output<typeof AccessPolicy>;

const STORE = "accessPolicies";

export class AccessPolicies {
  constructor(private readonly store: Store) {}

  set({ appId, users }: AccessPolicy): void {
    this.store.put(STORE, appId.toLowerCase(), users);
  }

  allows(appId: string, userId: string): boolean {
    const users = this.store.get<AccessPolicy["users"]>(STORE, appId.toLowerCase());
    if (users === undefined) return false;
    return users === "global" || users.some((id) => id.toLowerCase() === userId.toLowerCase());
  }
}
