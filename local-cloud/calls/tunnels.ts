// Which process on this machine stands behind a public address, as a tunnel would have it. The local cloud itself calls nothing
// outside this machine, whatever a webhook says.
import { z } from "zod";
import { ELSEWHERE } from "./deliver-notification.js";
import { isLoopback } from "./post-notification.js";

/** What the control interface takes. */
export const Tunnel = z.strictObject({
  /** `https://contoso.com` */
  from: z.url({ protocol: /^https$/ }),
  /** `http://localhost:9441`: on this machine. */
  to: z.url({ protocol: /^https?$/ }).refine((url) => isLoopback(new URL(url)), "is not loopback"),
});
export type Tunnel = z.output<typeof Tunnel>;

export class Tunnels {
  private readonly open = new Map<string, string>();

  set({ from, to }: Tunnel): void {
    this.open.set(new URL(from).origin, new URL(to).origin);
  }

  close(from: string): void {
    this.open.delete(new URL(from).origin);
  }

  /** Where an address of a bot leads. */
  routeTo(address: string): { readonly url: URL } | { readonly problem: string } {
    const url = new URL(address);
    if (isLoopback(url)) return { url };
    const to = this.open.get(url.origin);
    if (to === undefined) return { problem: ELSEWHERE };
    return { url: new URL(`${url.pathname}${url.search}`, to) };
  }
}
