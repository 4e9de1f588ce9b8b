import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bootstrap,
  checkBootstrapSize,
  type MachineConfiguration,
} from "../../../rules/hosts/bootstrap/bootstrap.js";
import { formatIssue } from "../../../rules/issue.js";

const CONFIGURATION: MachineConfiguration = {
  serviceName: "contoso-bot",
  hostName: "bot.contoso.com",
  identityClientId: "10ca1000-0000-4000-8000-000000000001",
  listeners: [{ port: 9442, asksForCertificate: false }],
  firewall: [],
  package: { url: "https://contoso.com/bot.zip", sha256: "0".repeat(64), command: "Bot.exe" },
  settings: [],
  secrets: [],
  thumbprintSetting: "AppSettings__CertificateThumbprint",
  vaultAudience: "https://vault.azure.net",
  resourceManager: { audience: "https://management.azure.com", backendPool: "https://x" },
};

interface Bundle {
  readonly files: readonly { readonly name: string; readonly text: string }[];
}

/** The files as the loader writes them on a machine. */
function filesOf({ userData }: { readonly userData: string }): Map<string, string> {
  const bundle: Bundle = JSON.parse(Buffer.from(userData, "base64").toString("utf8"));
  return new Map(bundle.files.map(({ name, text }) => [name, text]));
}

function loaderOf({ command }: { readonly command: string }): string {
  return Buffer.from(command.split(" ").at(-1) ?? "", "base64").toString("utf16le");
}

const HOSTILE = [
  "'; Remove-Item C:\\ -Recurse; '",
  '"; $(Remove-Item C:\\) "',
  "`$(whoami)",
  "$env:PATH",
  "@'\nx\n'@",
  "a\r\n& calc.exe",
  "%COMSPEC%",
  "\u0000\ud83d\ude00ü",
  "</script> --> #>",
];

describe("the scripts of a machine", () => {
  const made = bootstrap(CONFIGURATION);
  const scripts = [...filesOf(made)].filter(([name]) => name.endsWith(".ps1"));

  it("are ASCII, which Windows PowerShell reads the same in every code page", () => {
    for (const text of [loaderOf(made), ...scripts.map(([, script]) => script)])
      expect(text).toMatch(/^[\n\x20-\x7e]*$/);
  });

  it("fit a command line of Windows", () => {
    expect(made.command.length).toBeLessThan(8191);
  });

  it("never change, whatever a stack says; what it says arrives as it was said", () => {
    const anyText = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "grapheme" }));
    fc.assert(
      fc.property(anyText, anyText, anyText, (name, value, command) => {
        const hostile = {
          ...CONFIGURATION,
          serviceName: name,
          hostName: value,
          settings: [{ name, value }],
          secrets: [{ name, url: value }],
          package: { url: value, sha256: name, command },
        };
        const other = bootstrap(hostile);
        expect(other.command).toBe(made.command);
        const files = filesOf(other);
        for (const [file, text] of scripts) expect(files.get(file)).toBe(text);
        expect(JSON.parse(files.get("configuration.json") ?? "")).toEqual(hostile);
      }),
    );
  });

  it("run again when anything is other, and only then", () => {
    expect(bootstrap({ ...CONFIGURATION }).tag).toBe(made.tag);
    expect(bootstrap({ ...CONFIGURATION, hostName: "other.contoso.com" }).tag).not.toBe(made.tag);
  });

  it("open no Remote Desktop and make no user", () => {
    for (const [, text] of scripts) {
      expect(text).not.toMatch(/3389|TermService|SecureString|net user/i);
    }
  });

  it("are refused when settings make them too long", () => {
    const long = [{ name: "LONG", value: "x".repeat(64 * 1024) }];
    const [issue] = checkBootstrapSize("settings", bootstrap({ ...CONFIGURATION, settings: long }));
    expect(issue && formatIssue(issue)).toMatch(
      /^settings must fit 65536 bytes of user data together with the scripts of the host \(Azure Virtual Machines\), got \d+\. Keep long values in the package or in the vault\.$/,
    );
    expect(checkBootstrapSize("settings", made)).toEqual([]);
  });
});
