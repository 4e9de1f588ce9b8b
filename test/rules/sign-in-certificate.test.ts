import { describe, expect, it } from "vitest";
import { CredentialKind, type CredentialWish, checkCredential } from "../../rules/credential.js";
import { formatIssue, RulesError } from "../../rules/issue.js";
import { checkCertificateKept, readCertificate } from "../../rules/sign-in-certificate.js";
import { testCertificate } from "../support/test-certificates.js";

const [one, two, elliptic] = await Promise.all([
  testCertificate({ selfSigned: true, notAfter: new Date("2027-06-30T00:00:00Z") }),
  testCertificate({ selfSigned: true, notAfter: new Date("2028-06-30T00:00:00Z") }),
  testCertificate({ selfSigned: true, keyType: "ec" }),
]);
const publicPart = ({ pem }: { pem: string }) => pem.slice(pem.indexOf("-----BEGIN CERT"));
const base64 = ({ der }: { der: Uint8Array }) => Buffer.from(der).toString("base64");

const problems = (wish: CredentialWish) =>
  checkCredential("credential", { kind: CredentialKind.Certificate, ...wish }).map(formatIssue);

describe("credential.certificate", () => {
  it("is read from PEM and from base64 alike, and written back without anything else", () => {
    const read = readCertificate(publicPart(one));
    expect(readCertificate(base64(one))).toEqual(read);
    expect(read).toMatchObject({
      thumbprint: expect.stringMatching(/^[0-9A-F]{40}$/),
      endDate: "2027-06-30T00:00:00Z",
    });
    expect(read.pem.trim()).toBe(publicPart(one).replaceAll("\r", "").trim());
    expect(problems({ certificate: publicPart(one) })).toEqual([]);
    expect(problems({ certificate: base64(one) })).toEqual([]);
  });

  it("never holds a private key, and no sentence shows one", () => {
    const [problem, ...more] = problems({ certificate: one.pem });
    expect(more).toEqual([]);
    expect(problem).toMatch(/^credential\.certificate must not hold a private key, which would/);
    expect(problem).not.toContain(one.pem.slice(40, 80));
  });

  it.each([
    ["nothing", {}, /^credential\.certificate must be given when/],
    ["no certificate", { certificate: "hello" }, /must be one certificate, as PEM or as base64/],
    [
      "two of them",
      { certificate: publicPart(one) + publicPart(two) },
      /must be one certificate, as PEM or as base64/,
    ],
    [
      "a key that Entra does not take",
      { certificate: publicPart(elliptic) },
      /must have an RSA key of at least 2048 bits \(Microsoft Entra ID\), got ec\./,
    ],
    [
      "one before the first",
      { certificate: publicPart(one), previousCertificate: publicPart(two) },
      /previousCertificate must be left out at generation 0/,
    ],
    [
      "the same twice",
      { generation: 1, certificate: publicPart(one), previousCertificate: base64(one) },
      /previousCertificate must be another one than certificate/,
    ],
    [
      "a secret's end",
      { certificate: publicPart(one), endDate: "2027-06-30T00:00:00Z" },
      /endDate must be left out/,
    ],
  ])("is refused for %s", (_what, wish, expected) => {
    expect(problems(wish)).toEqual([expect.stringMatching(expected)]);
  });
});

describe("a certificate that the bot is using", () => {
  const before = { generation: 1, thumbprint: readCertificate(base64(one)).thumbprint };
  const kept = (wish: CredentialWish) => {
    try {
      checkCertificateKept("credential", before, wish);
      return "kept";
    } catch (error) {
      return error instanceof RulesError ? error.issues.map(({ path }) => path) : error;
    }
  };

  it("stays until another one has been current beside it", () => {
    const [held, next] = [publicPart(one), publicPart(two)];
    expect(kept({ generation: 1, certificate: held })).toBe("kept");
    expect(kept({ generation: 1, certificate: next })).toEqual(["credential.certificate"]);
    expect(kept({ generation: 2, certificate: next, previousCertificate: base64(one) })).toBe(
      "kept",
    );
    expect(kept({ generation: 2, certificate: next })).toEqual(["credential.previousCertificate"]);
    expect(kept({ generation: 2, certificate: held, previousCertificate: next })).toEqual([
      "credential.previousCertificate",
    ]);
  });
});

describe("credential.previous", () => {
  const certificate = publicPart(one);
  const secret = { kind: CredentialKind.Secret, generation: 3 };

  it("is what was written under credential until now, of another kind", () => {
    expect(problems({ certificate, previous: secret })).toEqual([]);
    expect(problems({ certificate, previous: { ...secret, certificate } })).toEqual([
      expect.stringMatching(/^credential\.previous\.certificate must be left out unless/),
    ]);
    expect(
      problems({ certificate, previous: { kind: CredentialKind.Certificate, certificate } }),
    ).toEqual([expect.stringMatching(/^credential\.previous\.kind must be another kind/)]);
    expect(problems({ kind: CredentialKind.None, previous: secret })).toHaveLength(1);
    expect(checkCredential("credential", { previous: secret })).toEqual([]);
  });
});
