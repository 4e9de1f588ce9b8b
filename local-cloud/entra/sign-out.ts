// Signing out ("OpenID Connect on the Microsoft identity platform", send a sign-out request).
import { Hono } from "hono";
import { html } from "hono/html";
import { pageResponse } from "./page-frame.js";
import type { Browsing } from "./sign-in.js";

/** A browser that opens the address is signed out and stays here: `post_logout_redirect_uri` is not followed. */
export function signOutRoutes({ sessions }: Browsing): Hono {
  const app = new Hono();
  for (const path of ["/:tenant/oauth2/v2.0/logout", "/:tenant/oauth2/logout"]) {
    app.on(["GET", "POST"], path, ({ req }) => {
      const session = sessions.signOut(sessions.of(req.raw));
      const unfollowed = req.query("post_logout_redirect_uri") !== undefined;
      return pageResponse({
        title: "You are signed out",
        cookie: sessions.cookie(session),
        body: html`<p>Nobody is signed in to the local cloud in this browser.</p>
${unfollowed ? html`<p class="soft">The link asked to go on to another address afterwards. The local cloud does not do that.</p>` : ""}`,
      });
    });
  }
  return app;
}
