// The page of an image, for those who may change it (Change.cshtml). Not all of them may delete it.
import './copy.js'
import { explain, ofImage, root, send } from './api.js'
import { clear, inspect, onFiles } from './file-drop.js'
import * as panel from './upload-panel.js'

const { image } = document.getElementById('change').dataset
const deletion = document.getElementById('deletion')
const newFile = document.getElementById('new-file')

/** Sends a request about the image, then shows the page as it is now, or another page. A refusal is shown in the element of error. */
async function run(control, method, { part, query, next, error = 'change-error' }, body) {
  control.disabled = true
  try {
    await send(method, ofImage(image, part, query), body)
    next === undefined ? location.reload() : location.assign(new URL(next, root))
  } catch (refusal) {
    const details = (refusal.fields ?? []).map(field => field.message).filter(message => message && message !== refusal.message)
    explain(document.getElementById(error), { message: [refusal.message, ...details].join('. '), status: refusal.status })
    document.querySelector(`[aria-describedby="${error}"]`)?.setAttribute('aria-invalid', true)
    control.disabled = false
  }
}

for (const button of document.querySelectorAll('button[data-method]')) {
  const { method, body, ...request } = button.dataset
  button.addEventListener('click', () => run(button, method, request, body && JSON.parse(body)))
}

for (const form of document.querySelectorAll('form[data-part]')) {
  form.addEventListener('submit', event => {
    event.preventDefault()
    const values = Object.fromEntries(new FormData(form))
    run(form.querySelector('button'), 'POST', form.dataset, form.dataset.list ? Object.values(values) : values)
  })
}

document.getElementById('icon').addEventListener('change', async ({ target }) => {
  await run(target, 'PUT', { part: '/icon', error: 'icon-error' }, target.files[0])
  target.value = '' // so that the same file can be chosen again
})
document.getElementById('delete')?.addEventListener('click', () => deletion.showModal())
document.getElementById('keep-image')?.addEventListener('click', () => deletion.close())

if (newFile) {
  const { name, type, origin } = newFile.dataset
  const button = document.getElementById('send')
  onFiles(async ([file]) => {
    button.disabled = true
    clear()
    const facts = file && await inspect(file, { type, origin })
    button.disabled = !facts
    button.onclick = () => {
      newFile.hidden = true
      panel.show(image, file, { name, metadata: { compression: facts.compression }, problem: facts.problem }, () => location.reload())
    }
  })
}
