// What a form and the live transcript need beyond htmx: an emptied field once sent, a view that follows the talk.
document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-Form-Token"] = document.querySelector("input[name=jeton]")?.value ?? "";
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || !event.detail.successful || !form.dataset.emptied) return;
  form.reset();
  const sent = form.querySelector("input[name=envoi]");
  if (sent) sent.value = crypto.randomUUID();
  // Only where the reader still is: somebody who went on to another field is left there.
  if (form.contains(document.activeElement)) form.querySelector("textarea")?.focus();
});

document.addEventListener("click", (event) => {
  const offered = event.target.closest?.("[data-reply]");
  const field = document.querySelector("#reponse");
  if (!offered || !field) return;
  event.preventDefault();
  field.value = field.value ? `${field.value}\n${offered.dataset.reply}` : offered.dataset.reply;
  field.focus();
});

const talk = document.querySelector(".talk");
if (talk) {
  const atEnd = () => talk.scrollHeight - talk.scrollTop - talk.clientHeight < 120;
  talk.scrollTop = talk.scrollHeight;
  let follows = true;
  talk.addEventListener("scroll", () => { follows = atEnd(); });
  new MutationObserver(() => { if (follows) talk.scrollTop = talk.scrollHeight; }).observe(talk, { childList: true, subtree: true });
}

document.addEventListener("htmx:beforeRequest", () => { document.querySelector("#erreur")?.setAttribute("hidden", ""); });
for (const name of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(name, (event) => {
    const place = document.querySelector("#erreur");
    if (!place || !(event.target instanceof HTMLFormElement)) return;
    place.textContent = place.dataset[String(event.detail.xhr?.status)] ?? place.dataset.other;
    place.removeAttribute("hidden");
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// The sign-in ended while this page was open: reading it again leads to the form.
document.addEventListener("htmx:sseClose", (event) => {
  if (event.detail?.type === "message") window.location.reload();
});
