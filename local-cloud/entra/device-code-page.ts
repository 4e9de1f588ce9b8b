// The pages on which somebody types the code that a program shows, and learns that they are done.
import { html } from "hono/html";
import { pageResponse } from "./page-frame.js";

/** @param isWrong whether a code was typed that nothing waits for */
export function codePage({ isWrong }: { readonly isWrong: boolean }): Promise<Response> {
  return pageResponse({
    title: "Enter the code",
    status: isWrong ? 400 : 200,
    body: html`${isWrong ? html`<p class="wrong" role="alert"><strong class="name">AADSTS70018</strong>: nothing waits for that code. It may be mistyped, out of date, or answered already.</p>` : ""}
<p>Type the code that the program shows. Never type one that somebody has sent you: whoever has started the program will act in your name.</p>
<form method="get">
<p><label for="otc">Code</label><br><input id="otc" name="otc" autocomplete="off" autocapitalize="characters" spellcheck="false" required></p>
<p class="choices"><button class="first">Next</button></p>
</form>`,
  });
}

export function answeredPage(applicationName: string, cookie: string): Promise<Response> {
  return pageResponse({
    title: "You are signed in",
    cookie,
    body: html`<p><strong>${applicationName}</strong> goes on by itself where its code was shown. You can close this page.</p>`,
  });
}
