import { describe, expect, it } from "vitest";
import {
  APP_SERVICE,
  type CertificateQuestion,
  type CertificateReading,
  judgeCertificate,
} from "../../../rules/hosts/certificate.js";
import { formatIssue } from "../../../rules/issue.js";
import { type TestCertificateOptions, testCertificate } from "../../support/test-certificates.js";

const NOW = new Date("2027-03-01T12:00:00Z");
const VALID = {
  notBefore: new Date("2027-02-01T00:00:00Z"),
  notAfter: new Date("2027-08-01T00:00:00Z"),
};

function judge(reading: CertificateReading, question: Partial<CertificateQuestion> = {}) {
  const asked = { name: "bot", now: NOW, hostName: "bot.contoso.com", ...question };
  const { issues, warnings } = judgeCertificate("host.certificate", reading, asked);
  return { refusals: issues.map(formatIssue), warnings };
}

async function judged(
  options: TestCertificateOptions,
  question: Partial<CertificateQuestion> = {},
  vault: { enabled?: boolean; exportable?: boolean } = {},
) {
  const { der } = await testCertificate({ ...VALID, ...options });
  return judge({ state: "found", der, enabled: true, exportable: true, ...vault }, question);
}

describe("a certificate for media", () => {
  it("that a public authority issued for the host name is taken", async () => {
    expect(await judged({})).toEqual({ refusals: [], warnings: [] });
    expect(await judged({ names: ["*.contoso.com"] })).toEqual({ refusals: [], warnings: [] });
    expect(await judged({ use: "none" })).toEqual({ refusals: [], warnings: [] });
  });

  it("must not be self-signed (peers: establishing, then terminated, 3002)", async () => {
    expect((await judged({ selfSigned: true })).refusals).toEqual([
      "host.certificate must be issued by a public authority, not by itself (Microsoft's media platform), got \"CN=bot.contoso.com\". Get one from a public authority, such as Let's Encrypt.",
    ]);
  });

  it("must not have expired, nor start later (peers: media certificate expired)", async () => {
    const expired = await judged({ notAfter: new Date("2027-02-28T00:00:00Z") });
    expect(expired.refusals).toEqual([
      "host.certificate must not have expired (Microsoft's media platform), got an end on 2027-02-28. Renew it in the vault.",
    ]);
    const early = await judged({ notBefore: new Date("2027-04-01T00:00:00Z") });
    expect(early.refusals).toEqual([
      "host.certificate must be valid already (Microsoft's media platform), got a start on 2027-04-01. Wait until then, or use the one before it.",
    ]);
  });

  it("must cover the host name (peers: SAN covers the media FQDN)", async () => {
    const other = await judged({ names: ["bot.fabrikam.com", "*.bot.contoso.com"] });
    expect(other.refusals).toEqual([
      'host.certificate must cover the host name bot.contoso.com (Microsoft\'s media platform), got "bot.fabrikam.com, *.bot.contoso.com". Issue it for bot.contoso.com or its wildcard, or set domain to a name that it covers.',
    ]);
    expect((await judged({ names: ["*.com"] })).refusals).toHaveLength(1);
    const unknownYet = { hostName: undefined };
    expect((await judged({ names: ["bot.fabrikam.com"] }, unknownYet)).refusals).toEqual([]);
  });

  it("must have an RSA key and be meant for servers", async () => {
    expect((await judged({ keyType: "ec" })).refusals).toEqual([
      "host.certificate must have an RSA key, which Microsoft's samples ask for (Microsoft's media platform), got a key of type ec. Issue it again with an RSA key of 2048 bits or more.",
    ]);
    expect((await judged({ use: "clientAuth" })).refusals).toEqual([
      "host.certificate must be meant for server authentication (Microsoft's media platform), got the uses 1.3.6.1.5.5.7.3.2. Issue it again for TLS servers.",
    ]);
  });

  it("must be there, enabled, and leave the vault with its key", async () => {
    expect(judge({ state: "absent" }).refusals).toEqual([
      'host.certificate must name a certificate that is in the vault (Azure Key Vault), got "bot". Import or issue it there first: Pulumi\'s Azure providers make no certificates in a vault.',
    ]);
    expect((await judged({}, {}, { enabled: false, exportable: false })).refusals).toEqual([
      'host.certificate must be enabled in the vault (Azure Key Vault), got "bot". Enable its newest version, or name another.',
      'host.certificate must have an exportable key, or no machine gets it (Azure Key Vault), got "bot". Import or issue it again with an exportable key.',
    ]);
    const noCertificate = new TextEncoder().encode("-----");
    const unread = { state: "found", der: noCertificate, enabled: true, exportable: true } as const;
    expect(judge(unread).refusals).toEqual([
      'host.certificate must be an X.509 certificate (Azure Key Vault), got "bot". Import it into the vault again, as PFX or PEM with its key.',
    ]);
  });

  it("says everything at once", async () => {
    const { refusals } = await judged({
      selfSigned: true,
      keyType: "ec",
      names: ["other.contoso.com"],
      notAfter: new Date("2027-02-28T00:00:00Z"),
    });
    expect(refusals).toHaveLength(4);
  });

  it("of an authority of one's own, or for trials, is warned about: no service of Microsoft trusts them", async () => {
    const trust =
      "Microsoft's services trust public authorities alone, and no call connects with another: see that it is of one, such as Let's Encrypt.";
    expect(await judged({ logged: false })).toEqual({
      refusals: [],
      warnings: [
        `The certificate bot of "CN=Test Authority" carries no receipt of a public log, as those of public authorities do. ${trust}`,
      ],
    });
    expect(await judged({ authority: "(STAGING) Riddling Rhubarb R12" })).toEqual({
      refusals: [],
      warnings: [
        `The certificate bot of "CN=(STAGING) Riddling Rhubarb R12" comes from an authority for trials. ${trust}`,
      ],
    });
  });

  it("is warned about 30 days before its end, and when nobody may look", async () => {
    expect((await judged({ notAfter: new Date("2027-03-31T13:00:00Z") })).warnings).toEqual([
      "The certificate bot ends on 2027-03-31, in 30 days. The machines take a renewed one from the vault by themselves: see that it is renewed there.",
    ]);
    expect((await judged({ notAfter: new Date("2027-04-01T13:00:00Z") })).warnings).toEqual([]);
    expect(judge({ state: "unknown", reason: "the vault answered 403" }).warnings).toEqual([
      "Whether the certificate bot will do is not known, because the vault answered 403. Before calls arrive, see that a public authority issued it for the bot's host name and that it has not expired.",
    ]);
  });
});

it("a certificate for App Service is judged in its name", async () => {
  expect((await judged({ keyType: "ec" }, { server: APP_SERVICE })).refusals).toEqual([
    "host.certificate must have an RSA key, the only kind that App Service takes from a vault (Azure App Service), got a key of type ec. Issue it again with an RSA key of 2048 bits or more.",
  ]);
});
