// Sessions by themselves: what is forgotten when there are too many.
import { expect, it } from "vitest";
import { ORDINARY_USER } from "../../../local-cloud/directory/people.js";
import { carriesCsrfToken, Sessions } from "../../../local-cloud/entra/sessions.js";

const newSessions = () =>
  new Sessions(
    () => "__Host-test",
    () => new Date("2026-11-23T10:00:00Z"),
  );
const visit = (cookie = "") => new Request("https://localhost:1/", { headers: { cookie } });

it("outlive any number of visits in which nobody signs in", () => {
  const sessions = newSessions();
  const signedIn = sessions.signIn(sessions.of(visit()), ORDINARY_USER);
  for (let others = 0; others < 5000; others++) sessions.of(visit());
  const again = sessions.of(visit(`other=1; __Host-test=${signedIn.id}`));
  expect(again.person).toEqual(ORDINARY_USER);
});

it("are forgotten, the oldest first, when too many have signed in", () => {
  const sessions = newSessions();
  const first = sessions.signIn(sessions.of(visit()), ORDINARY_USER);
  for (let others = 0; others < 1000; others++)
    sessions.signIn(sessions.of(visit()), ORDINARY_USER);
  const last = sessions.signIn(first, ORDINARY_USER);
  expect(sessions.of(visit(`__Host-test=${first.id}`)).person).toBeUndefined();
  expect(sessions.of(visit(`__Host-test=${last.id}`)).person).toEqual(ORDINARY_USER);
});

it("end when somebody else signs in, and when somebody signs out", () => {
  const sessions = newSessions();
  const first = sessions.signIn(sessions.of(visit()), ORDINARY_USER);
  const second = sessions.signIn(first, ORDINARY_USER);
  expect(sessions.of(visit(`__Host-test=${first.id}`)).person).toBeUndefined();
  expect(sessions.of(visit(`__Host-test=${second.id}`)).person).toEqual(ORDINARY_USER);
  sessions.signOut(second);
  expect(sessions.of(visit(`__Host-test=${second.id}`)).person).toBeUndefined();
});

it("are not named by a cookie whose name only ends alike", () => {
  const sessions = newSessions();
  const session = sessions.signIn(sessions.of(visit()), ORDINARY_USER);
  expect(sessions.of(visit(`x__Host-test=${session.id}`)).person).toBeUndefined();
});

it("take only their own token, whole", () => {
  const session = newSessions().of(visit());
  expect(carriesCsrfToken(session, session.csrfToken)).toBe(true);
  for (const wrong of [null, "", session.csrfToken.slice(1), `${session.csrfToken} `, "é"]) {
    expect(carriesCsrfToken(session, wrong)).toBe(false);
  }
});
