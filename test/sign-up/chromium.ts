// The real browser that the pages are tried in.
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const HOW_TO_INSTALL =
  "Install it (Debian and Ubuntu: sudo apt-get install chromium), or set CHROMIUM_PATH to a Chromium or Chrome.";

/** Starts Chromium without a window. It fails, and says how to install it, where there is none. */
export async function launchChromium(
  executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
): Promise<Browser> {
  if (!existsSync(executablePath)) {
    throw new Error(
      `The browser tests need Chromium, and ${executablePath} is not there. ${HOW_TO_INSTALL}`,
    );
  }
  return chromium.launch({
    executablePath,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
