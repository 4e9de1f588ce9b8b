// Authorization codes between the browser and the token endpoint. Each is good for one redemption within ten minutes.
import { randomBytes } from "node:crypto";
import type { PersonRecord } from "../directory/people.js";
import type { AuthorizeRequest } from "./authorize-request.js";

/** What a code stands for. */
export interface GrantedCode {
  readonly request: AuthorizeRequest;
  readonly person: PersonRecord;
}

/** Why a code cannot be redeemed. */
export type CodeProblem = "unknown" | "expired" | "redeemed";

interface Issued {
  readonly granted: GrantedCode;
  readonly endsAt: number;
  redeemed: boolean;
}

const TEN_MINUTES = 600_000;
const MOST = 1000;

export class AuthorizationCodes {
  private readonly codes = new Map<string, Issued>();

  constructor(private readonly now: () => Date) {}

  issue(granted: GrantedCode): string {
    const [oldest] = this.codes.keys();
    if (this.codes.size >= MOST && oldest !== undefined) this.codes.delete(oldest);
    const code = `1.${randomBytes(48).toString("base64url")}`;
    this.codes.set(code, { granted, endsAt: this.now().getTime() + TEN_MINUTES, redeemed: false });
    return code;
  }

  /** What the code stands for; it stays redeemable until {@link spend}. */
  look(code: string): GrantedCode | CodeProblem {
    const issued = this.codes.get(code);
    if (issued === undefined) return "unknown";
    if (issued.redeemed) return "redeemed";
    return issued.endsAt > this.now().getTime() ? issued.granted : "expired";
  }

  spend(code: string): void {
    const issued = this.codes.get(code);
    if (issued !== undefined) issued.redeemed = true;
  }
}
