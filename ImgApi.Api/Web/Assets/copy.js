// Buttons that copy the text of another element. Browsers allow that only over https and on the same machine; otherwise the text is selected.
const status = document.getElementById('copied')

for (const button of document.querySelectorAll('button[data-copies]')) {
  button.hidden = false
  button.addEventListener('click', () => copy(button, document.getElementById(button.dataset.copies)))
}

async function copy(button, source) {
  try {
    await navigator.clipboard.writeText(source.textContent)
    say(button, 'Copied')
  } catch {
    getSelection().selectAllChildren(source)
    say(button, 'Selected, now press Ctrl+C')
  }
}

function say(button, text) {
  button.textContent = text
  status.textContent = text
}
