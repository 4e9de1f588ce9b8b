// Device codes between the program that shows one and the browser in which somebody answers it. Each is good for a quarter
// of an hour and one redemption.
import { randomBytes, randomInt } from "node:crypto";
import type { PersonRecord } from "../directory/people.js";
import type { DelegatedRequest } from "./delegated-request.js";

/** Seconds that somebody has to answer ("Microsoft identity platform and the OAuth 2.0 device authorization grant flow"). */
export const DEVICE_CODE_LIFETIME_SECONDS = 900;

/** How it stands with a code. */
export type DeviceCodeState =
  | "pending"
  | "declined"
  | "expired"
  | { readonly person: PersonRecord };

/** What a program is waiting for. */
export interface DeviceCode {
  /** The program's secret. */
  readonly deviceCode: string;
  /** What a person types. */
  readonly userCode: string;
  readonly request: DelegatedRequest;
}

interface Issued extends DeviceCode {
  readonly endsAt: number;
  answer: "pending" | "declined" | { readonly person: PersonRecord };
}

const MOST = 1000;
/** No vowels, so that no code is a word, and nothing that looks like something else. */
const LETTERS = "BCDFGHJKLMNPQRSTVWXZ23456789";

export class DeviceCodes {
  private readonly codes = new Map<string, Issued>();

  constructor(private readonly now: () => Date) {}

  issue(request: DelegatedRequest): DeviceCode {
    const [oldest] = this.codes.keys();
    if (this.codes.size >= MOST && oldest !== undefined) this.codes.delete(oldest);
    const deviceCode = randomBytes(48).toString("base64url");
    const userCode = Array.from({ length: 9 }, () => LETTERS[randomInt(LETTERS.length)]).join("");
    const endsAt = this.now().getTime() + DEVICE_CODE_LIFETIME_SECONDS * 1000;
    const issued: Issued = { deviceCode, userCode, request, endsAt, answer: "pending" };
    this.codes.set(deviceCode, issued);
    return issued;
  }

  /** The code that somebody typed, in whatever case and spacing; undefined when nothing waits for it. */
  waitingFor(typed: string): DeviceCode | undefined {
    const userCode = typed.replace(/[\s-]/g, "").toUpperCase();
    const issued = [...this.codes.values()].find((code) => code.userCode === userCode);
    return issued !== undefined && this.stateOf(issued) === "pending" ? issued : undefined;
  }

  answer({ deviceCode }: DeviceCode, answer: "declined" | { readonly person: PersonRecord }): void {
    const issued = this.codes.get(deviceCode);
    if (issued !== undefined) issued.answer = answer;
  }

  /** What the program is told; undefined for a code that was never given out, or that was redeemed. */
  look(deviceCode: string): { request: DelegatedRequest; state: DeviceCodeState } | undefined {
    const issued = this.codes.get(deviceCode);
    return issued && { request: issued.request, state: this.stateOf(issued) };
  }

  spend(deviceCode: string): void {
    this.codes.delete(deviceCode);
  }

  private stateOf({ answer, endsAt }: Issued): DeviceCodeState {
    return endsAt > this.now().getTime() ? answer : "expired";
  }
}
