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
  form.querySelector("textarea")?.focus();
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
