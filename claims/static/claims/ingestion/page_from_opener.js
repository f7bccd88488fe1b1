/* Takes over the page of the window in which the bookmarklet was used, for the form that adds it.
 *
 * Any site may open this window and hand a page over; nothing is sent before the editor has seen its address and adds it.
 */

const MAX_LENGTH = 10_000_000;

const takeOver = ({ source, origin, data }) => {
  if (source !== window.opener || typeof data?.html !== "string" || data.html.length > MAX_LENGTH) {
    return;
  }
  let address;
  try {
    address = new URL(data.url);
  } catch {
    return;
  }
  if (address.origin !== origin) {
    return; // a site hands over its own pages only
  }
  const files = new DataTransfer();
  files.items.add(new File([data.html], "page.html", { type: "text/html" }));
  document.querySelector("input[name=html]").files = files.files;
  document.querySelector("input[name=url]").value = address.href;
  const status = document.getElementById("fb-page-received");
  status.textContent = `The page of ${address.host} was taken over as you see it. Choose Add to read it.`;
  status.hidden = false;
};

if (window.opener) {
  window.addEventListener("message", takeOver);
  window.opener.postMessage("factbase:ready", "*");
}
