// Who is signed in to which browser. Kept in memory: when the local cloud stops, everybody is signed out.
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { PersonRecord } from "../directory/people.js";

/** One browser's visit. It has an id before anybody signs in, so that the sign-in form is protected as well. */
export interface Session {
  readonly id: string;
  /** Has to come back with every form: a page of somebody else cannot know it. */
  readonly csrfToken: string;
  readonly person: PersonRecord | undefined;
  readonly endsAt: number;
}

const EIGHT_HOURS = 8 * 3_600_000;
/** Beyond this the oldest are forgotten, those in which nobody has signed in first. */
const MOST = 1000;

export class Sessions {
  private readonly sessions = new Map<string, Session>();

  constructor(
    /** Cookies do not know ports: each local cloud on this machine needs a name of its own. */
    private readonly cookieName: () => string,
    private readonly now: () => Date,
  ) {}

  /** The session that the request's cookie names, or a new one in which nobody is signed in. */
  of(request: Request): Session {
    const id = cookieOf(request.headers.get("cookie") ?? "", this.cookieName());
    const session = id === undefined ? undefined : this.sessions.get(id);
    if (session !== undefined && session.endsAt > this.now().getTime()) return session;
    return this.open(undefined);
  }

  /** Ends `session` and opens another under a new id, so that an id from before is worth nothing. */
  signIn(session: Session, person: PersonRecord): Session {
    this.sessions.delete(session.id);
    return this.open(person);
  }

  signOut(session: Session): Session {
    this.sessions.delete(session.id);
    return this.open(undefined);
  }

  /** `Set-Cookie` that makes the browser come back with this session. */
  cookie(session: Session): string {
    return `${this.cookieName()}=${session.id}; Path=/; Secure; HttpOnly; SameSite=Lax`;
  }

  private open(person: PersonRecord | undefined): Session {
    const session = {
      id: randomBytes(32).toString("base64url"),
      csrfToken: randomBytes(32).toString("base64url"),
      person,
      endsAt: this.now().getTime() + EIGHT_HOURS,
    };
    this.makeRoom();
    this.sessions.set(session.id, session);
    return session;
  }

  private makeRoom(): void {
    if (this.sessions.size < MOST) return;
    const all = [...this.sessions.values()];
    const oldest = all.find(({ person }) => person === undefined) ?? all[0];
    if (oldest !== undefined) this.sessions.delete(oldest.id);
  }
}

/** Whether a form brought the token of its session along. */
export function carriesCsrfToken(session: Session, given: string | null): boolean {
  const a = Buffer.from(given ?? "");
  const b = Buffer.from(session.csrfToken);
  return a.length === b.length && timingSafeEqual(a, b);
}

function cookieOf(header: string, name: string): string | undefined {
  const found = header.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found?.slice(name.length + 1);
}
