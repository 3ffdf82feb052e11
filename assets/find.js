/* Shows what is found at each letter that is typed. Without it, the button does. */
const form = document.querySelector("form[role=search]"), field = form.elements.q;
const PAUSE = 80; // milliseconds, in which most people have typed the next letter
let timer = 0, asking = null;

async function find() {
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  asking?.abort();
  asking = new AbortController();
  try {
    const answer = await fetch(address, { signal: asking.signal });
    if (!answer.ok)
      return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const id of ["told", "found"])
      document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
    history.replaceState(null, "", address);
  } catch (problem) {
    if (problem.name !== "AbortError")
      throw problem;
  }
}

field.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(find, PAUSE);
});
