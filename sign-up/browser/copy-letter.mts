// "Copy this text": the clipboard where the browser allows it, otherwise the text is selected for the person to copy.

/** Wires the copy button of the page, if it has one. */
export function enableCopy(): void {
  const letter = document.querySelector<HTMLElement>("#letter");
  const button = document.querySelector<HTMLElement>("#copy");
  const status = document.querySelector<HTMLElement>("#copied");
  if (!letter || !button || !status) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    status.textContent = "";
    try {
      // innerText keeps the paragraphs apart.
      await navigator.clipboard.writeText(letter.innerText);
      status.textContent = status.dataset["copied"] ?? "";
    } catch {
      getSelection()?.selectAllChildren(letter);
      status.textContent = status.dataset["selected"] ?? "";
    }
  });
}
