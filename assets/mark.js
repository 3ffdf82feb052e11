/* What is selected in a captured text becomes the quotation; without it, a sentence is chosen or words are pasted. */
const words = document.querySelector(".words"), quote = document.getElementById("words");

document.addEventListener("selectionchange", () => {
  const chosen = document.getSelection();
  if (chosen.isCollapsed || !words.contains(chosen.anchorNode) || !words.contains(chosen.focusNode))
    return;
  const text = chosen.toString().replace(/\s+/g, " ").trim();
  if (!text)
    return;
  quote.value = [...text].slice(0, quote.maxLength).join("");
  for (const sentence of words.querySelectorAll("input:checked"))
    sentence.checked = false;
});

/* A sentence that is chosen is shown where the quotation stands. */
words.addEventListener("change", (event) => {
  quote.value = [...event.target.parentElement.textContent.trim()].slice(0, quote.maxLength).join("");
});
