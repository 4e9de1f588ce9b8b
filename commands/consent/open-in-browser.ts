// Opens a web address in the person's own browser, without a shell: an address is full of signs that shells read.
import { spawn } from "node:child_process";

/** The command of each platform that hands an address to the browser. */
export function browserCommand(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === "win32") return ["rundll32.exe", "url.dll,FileProtocolHandler"];
  return platform === "darwin" ? ["open"] : ["xdg-open"];
}

/** Some commands end at once, others stay as long as the browser does: one that stays is taken for success. */
const SHORT_MS = 2_000;

/** Whether the command could be started and did not fail at once. Only https is opened. */
export function openInBrowser(
  url: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): Promise<boolean> {
  if (!url.startsWith("https://")) return Promise.resolve(false);
  const [command, ...args] = browserCommand(platform);
  return new Promise((resolve) => {
    const options = { detached: true, stdio: "ignore", env: { ...env } } as const;
    const browser = spawn(command, [...args, url], options);
    const stays = setTimeout(() => settle(true), SHORT_MS);
    const settle = (opened: boolean) => {
      clearTimeout(stays);
      browser.unref();
      resolve(opened);
    };
    browser.once("error", () => settle(false));
    browser.once("exit", (code) => settle(code === 0));
  });
}
