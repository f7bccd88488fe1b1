// Tells the pages that wait for a new sign-in that they can go on (claims/common/session.js).
"use strict";

new BroadcastChannel("fb-signed-in").postMessage("");
