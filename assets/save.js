/* Keeps what is typed into a form while it is typed, and tells who else is there. Without it, a button of the form keeps
   what was typed. */
const told = document.querySelector(".saved"), form = document.querySelector(".beside form"), words = told.dataset;
const PAUSE = 1000, BEAT = 30000;
let timer = 0, sending = null, kept = written();

function written() {
  return new URLSearchParams(new FormData(form)).toString();
}

/* The server's answer is finished words: when it was kept, who else is there, whether somebody has saved since. */
function tell(lines) {
  told.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
}

async function save() {
  const body = written();
  sending?.abort();
  sending = new AbortController();
  const sent = new URLSearchParams(body);
  sent.set("script", body === kept ? "here" : "typed");
  try {
    const answer = await fetch(words.save, { method: "POST", body: sent, signal: sending.signal, keepalive: true });
    if (!answer.ok)
      throw new Error(answer.statusText);
    tell(await answer.json());
    kept = body;
  } catch (problem) {
    if (problem.name !== "AbortError")
      tell([words.failed]);
  }
}

const beat = setInterval(() => document.hidden || save(), BEAT);

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
});

/* What is sent for good is not kept once more behind it. */
form.addEventListener("submit", () => {
  clearTimeout(timer);
  clearInterval(beat);
  sending?.abort();
  kept = written();
});

document.addEventListener("visibilitychange", () => {
  if (document.hidden && written() !== kept)
    save();
});
