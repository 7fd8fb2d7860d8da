// The page that edits the fields of an image.
import { ofImage, query, root, send } from './api.js'
import { ManifestForm } from './manifest-form.js'

const form = document.getElementById('edit')
const { image, channel, etag } = form.dataset

/** What a field without a value becomes. Null removes a field that may be absent; for others the server says that it may not. */
const empty = { flag: false, list: [] }

const fields = new ManifestForm(
  form, () => Object.keys(changes()).length ? { path: `ui/checks/manifest/${image}?${query({ channel })}`, body: changes() } : undefined, document.getElementById('form-error'))
const before = fields.read()

/** The fields that differ from the image, as the update action wants them. */
function changes() {
  const now = fields.read()
  const differing = fields.inputs.filter(({ dataset: { field } }) => JSON.stringify(now[field]) !== JSON.stringify(before[field]))
  return Object.fromEntries(differing.map(({ dataset: { field, form } }) => [field, now[field] ?? empty[form] ?? null]))
}

form.addEventListener('submit', async event => {
  event.preventDefault()
  fields.settle()
  try {
    if (Object.keys(changes()).length) {
      await send('POST', ofImage(image, '', 'action=update'), changes(), { headers: { 'If-Match': `"${etag}"` } })
    }

    location.assign(new URL(`ui/images/${image}`, root))
  } catch (refusal) {
    fields.show(refusal)
  }
})
