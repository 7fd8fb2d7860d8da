// The page that adds an image from a file.
import { ofImage, query, root, send } from './api.js'
import { clear, inspect, onFiles } from './file-drop.js'
import { ManifestForm } from './manifest-form.js'
import { unfinished } from './unfinished.js'
import * as panel from './upload-panel.js'

const form = document.getElementById('new')
const channel = document.getElementById('channel')
const keep = document.getElementById('keep')
const keepUuid = document.getElementById('keep-uuid')

/** The manifest file that was dropped. */
let given = {}
/** The image file that was dropped, and what the server read from it. */
let file, facts

const isImport = () => given.uuid !== undefined && keepUuid.checked
const channelQuery = () => query({ channel: channel?.value })

// An import keeps what only an import may set, such as the date.
function manifestOf(entered) {
  const { state, files, channels, icon, ...kept } = given
  return isImport() ? { owner: undefined, ...kept, ...entered } : entered
}

const fields = new ManifestForm(
  form, entered => ({ path: `ui/checks/manifest?${channelQuery()}`, body: manifestOf(entered) }), document.getElementById('form-error'))

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

async function takeManifest(file) {
  const manifest = parse(await file.text())
  const problem = manifest === undefined ? 'it is not JSON'
    : Object.prototype.toString.call(manifest) !== '[object Object]' ? 'it is not a JSON object'
      : manifest.uuid !== undefined && !uuidPattern.test(manifest.uuid) ? 'its uuid is not a UUID'
        : undefined
  if (problem) {
    fields.show({ message: `${file.name} is not a manifest: ${problem}`, fields: [] })
    return
  }

  given = manifest
  fields.settle()
  fields.clear()
  keep.hidden = given.uuid === undefined
  document.getElementById('given-uuid').textContent = given.uuid ?? ''
  fields.fill(given)
}

function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function takeFile(chosen) {
  file = chosen
  facts = await inspect(file, fields.read())
  if (facts) {
    const { name, version, type, os, origin } = facts
    // What is entered already, or known from a manifest, is not replaced.
    fields.fill(Object.fromEntries(Object.entries({ name, version, type, os, origin }).filter(([field, value]) => value && !fields.has(field))))
  }
}

async function create() {
  const manifest = manifestOf(fields.read())
  const image = isImport()
    ? await send('POST', ofImage(given.uuid, '', 'action=import'), manifest)
    : await send('POST', `images?${channelQuery()}`, manifest)
  if (!file) {
    location.assign(new URL(`ui/images/${image.uuid}`, root))
    return
  }

  form.hidden = true
  const claims = isImport() ? given.files?.[0] ?? {} : {}
  const metadata = Object.fromEntries(query({ compression: claims.compression ?? facts?.compression, sha1: claims.sha1 }))
  panel.show(image.uuid, file, { name: `${image.name} ${image.version}`, metadata, problem: facts?.problem }, () => location.assign(new URL(`ui/images/${image.uuid}`, root)))
}

onFiles(async files => {
  if (files.length === 0) {
    file = facts = undefined
    clear()
  }

  const isManifest = candidate => /\.(imgmanifest|json)$/.test(candidate.name)
  for (const manifest of files.filter(isManifest).slice(0, 1)) {
    await takeManifest(manifest)
  }

  for (const image of files.filter(candidate => !isManifest(candidate)).slice(0, 1)) {
    await takeFile(image)
  }
})

// Another type or origin may make the file installable, or not.
form.addEventListener('change', event => {
  if (file && ['type', 'origin'].includes(event.target.dataset.field)) {
    inspect(file, fields.read()).then(found => { facts = found ?? facts })
  }
})

form.addEventListener('submit', async event => {
  event.preventDefault()
  const button = document.getElementById('create')
  button.disabled = true
  fields.settle()
  try {
    await create()
  } catch (refusal) {
    const message = refusal.status === 0 ? `${refusal.message} If the image is in the list, it was created.` : refusal.message
    fields.show({ fields: [], ...refusal, message })
  } finally {
    button.disabled = false
  }
})

for (const [image, upload] of Object.entries(unfinished.all())) {
  try {
    await send('GET', ofImage(image))
  } catch (failure) {
    if (failure.status === 404) {
      unfinished.set(image) // the image was deleted meanwhile
    }

    continue
  }

  const link = Object.assign(document.createElement('a'), { href: new URL(`ui/images/${image}`, root), textContent: upload.name })
  const item = document.createElement('li')
  item.append(link, `: choose ${upload.fileName} there again to go on.`)
  document.querySelector('#unfinished ul').append(item)
  document.getElementById('unfinished').hidden = false
}
