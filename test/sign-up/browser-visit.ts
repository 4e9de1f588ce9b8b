// One visit of a person's browser to the site: opened, watched, closed.
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";

/** What went wrong in the page while it was watched, and where it sent requests. */
export interface Visit {
  readonly page: Page;
  readonly problems: string[];
  readonly requests: string[];
}

/** Runs `act` in a fresh browser profile, which is closed afterwards. */
export async function visiting(
  browser: Browser,
  options: BrowserContextOptions,
  act: (visit: Visit) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true, ...options });
  try {
    const page = await context.newPage();
    const problems: string[] = [];
    const requests: string[] = [];
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("console", (message) => {
      const text = message.text();
      // A missing page answers 404, which the browser reports as well.
      if (message.type() === "error" && !text.includes("status of 404")) problems.push(text);
    });
    page.on("request", (request) => requests.push(request.url()));
    await act({ page, problems, requests });
  } finally {
    await context.close();
  }
}

/** The heading of the one view that is shown. */
export function heading(page: Page): Promise<string> {
  return readable(page.locator("h1:visible"));
}

/** What a person can read there: text that is hidden is left out. */
export function readable(part: Locator): Promise<string> {
  // textContent holds hidden text as well.
  return part.innerText();
}

/** What has the keyboard: its id, or its element's name. */
export async function focused(page: Page): Promise<unknown> {
  return page.evaluate("document.activeElement.id || document.activeElement.localName");
}
