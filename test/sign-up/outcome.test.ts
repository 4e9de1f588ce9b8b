import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAnswer, readAnswer, VIEW_OF_CODE, View } from "../../sign-up/browser/outcome.js";

const STATE = "0f".repeat(16);
const query = (parameters: Record<string, string>) => `?${new URLSearchParams(parameters)}`;
const described = (error: string, description: string) =>
  query({ admin_consent: "True", error, error_description: description, state: STATE });

describe("the answer in the address", () => {
  it("is a success only with admin_consent, without an error and with this tab's state", () => {
    const success = { admin_consent: "True", tenant: "t", scope: "s", state: STATE };
    expect(readAnswer(query(success), STATE)).toEqual({ view: View.Success, matched: true });
    expect(readAnswer(query({ ...success, error: "" }), STATE).view).toBe(View.Unknown);
    expect(readAnswer(query({ ...success, admin_consent: "False" }), STATE).view).toBe(
      View.Unknown,
    );
    expect(readAnswer(query({ tenant: "t", state: STATE }), STATE).view).toBe(View.Empty);
  });

  it.each([
    ["another state", "x", STATE],
    ["a state that only begins alike", `${STATE}0`, STATE],
    ["a state when this tab sent none", STATE, null],
    ["an empty state when nothing is held", "", ""],
  ])("is unmatched with %s", (_, state, held) => {
    const read = readAnswer(query({ admin_consent: "True", state }), held);
    expect(read).toEqual({ view: View.Unmatched, matched: false });
  });

  it("is unmatched when no state came back", () => {
    expect(readAnswer("?admin_consent=True", STATE).view).toBe(View.Unmatched);
  });

  it("reads the error before admin_consent, as Microsoft's page shows the two together", () => {
    // The example of "Admin consent on the Microsoft identity platform", with this tab's state.
    const example = `?admin_consent=True&error=consent_required&error_description=AADSTS65004%3a+The+resource+owner+or+authorization+server+denied+the+request.%0d%0aTrace+ID%3a+0000aaaa&state=${STATE}`;
    expect(readAnswer(example, STATE)).toEqual({
      view: View.Declined,
      code: "AADSTS65004",
      matched: true,
    });
  });

  it.each([
    ["access_denied", "AADSTS65004: User declined to consent.", View.Declined],
    ["access_denied", "AADSTS90094: The grant requires admin permission.", View.NotAllowed],
    ["invalid_request", "AADSTS50011: The redirect URI does not match.", View.Redirect],
    ["invalid_request", "AADSTS900971: No reply address provided.", View.Redirect],
    ["invalid_request", "AADSTS90002: Tenant not found.", View.WrongTenant],
    ["unauthorized_client", "AADSTS700016: Application not found.", View.Registration],
    ["temporarily_unavailable", "AADSTS90033: A transient error.", View.TryLater],
  ])("tells %s with %s apart", (error, description, view) => {
    expect(readAnswer(described(error, description), STATE)).toMatchObject({ view, matched: true });
  });

  it.each([
    ["access_denied", View.Unknown],
    ["consent_required", View.Unknown],
    ["temporarily_unavailable", View.TryLater],
    ["server_error", View.TryLater],
    ["something_new", View.Unknown],
    ["__proto__", View.Unknown],
    ["constructor", View.Unknown],
  ])("goes by the error %s when the code is not known", (error, view) => {
    expect(readAnswer(described(error, "AADSTS99999: new"), STATE)).toEqual({
      view,
      matched: true,
    });
  });

  it("takes a refusal without a code for somebody's decision", () => {
    expect(readAnswer("?error=access_denied", null).view).toBe(View.Declined);
    expect(readAnswer("?error=access_denied&error_subcode=cancel", null).view).toBe(View.Declined);
  });

  it("still reads an error that belongs to no request of this tab, and says so", () => {
    expect(readAnswer(described("access_denied", "AADSTS65004"), null)).toEqual({
      view: View.Declined,
      code: "AADSTS65004",
      matched: false,
    });
  });

  it("is empty when the address holds something else", () => {
    expect(readAnswer("", STATE)).toEqual({ view: View.Empty, matched: false });
    expect(readAnswer("?utm_source=mail", null).view).toBe(View.Empty);
    expect([
      isAnswer(""),
      isAnswer("?state=1"),
      isAnswer("?error=x"),
      isAnswer("?admin_consent=True"),
    ]).toEqual([false, false, true, true]);
  });

  it("never takes an error, or a state that is not held, for a success; never hands on other text", () => {
    const views: string[] = Object.values(View);
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom("error", "error_description", "admin_consent", "state", "tenant"),
          fc.oneof(fc.string(), fc.constantFrom("True", "AADSTS65004", STATE)),
        ),
        fc.constantFrom(STATE, null),
        (parameters, held) => {
          const read = readAnswer(query(parameters), held);
          expect(views).toContain(read.view);
          if (read.code !== undefined) expect(Object.keys(VIEW_OF_CODE)).toContain(read.code);
          if ("error" in parameters || held === null || parameters["state"] !== held) {
            expect(read.view).not.toBe(View.Success);
          }
        },
      ),
    );
  });
});
