// What a person sees when there is no address to send the error to, or none that may be trusted.
import { html } from "hono/html";
import { type EntraError, newErrorEvent } from "./entra-errors.js";
import { pageResponse } from "./page-frame.js";

/**
 * The error with its number, and what somebody who asks for help is asked for.
 * @default outcome "nothing granted"
 */
export function errorPage(
  problem: EntraError,
  now: Date,
  outcome: "granted" | "nothing granted" = "nothing granted",
): Promise<Response> {
  const { traceId, correlationId, timestamp } = newErrorEvent(now);
  return pageResponse({
    title: "This sign-in cannot go on",
    status: problem.status,
    body: html`<p class="wrong"><strong class="name">AADSTS${problem.number}</strong>: ${problem.text}</p>
<p>Close this page and go back to where the link came from. ${outcome === "granted" ? "The permissions were granted all the same." : "Nothing was granted."}</p>
<h2>For whoever helps you</h2>
<dl class="name">
<dt>Request id</dt><dd>${traceId}</dd>
<dt>Correlation id</dt><dd>${correlationId}</dd>
<dt>Timestamp</dt><dd>${timestamp}</dd>
</dl>`,
  });
}
