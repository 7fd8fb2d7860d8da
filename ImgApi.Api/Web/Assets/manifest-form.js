// The fields of a manifest in a form (ManifestFields.cshtml).
import { Refusal, send } from './api.js'

/** Pause in ms after the last key, before the server checks the form. */
const checkAfter = 300

const writers = {
  flag: (input, value) => { input.checked = value === true },
  list: (input, value) => { input.value = (Array.isArray(value) ? value : []).join('\n') },
  json: (input, value) => { input.value = value === undefined ? '' : JSON.stringify(value, null, 1) },
  text: (input, value) => { input.value = value ?? '' },
}

const readers = {
  flag: input => input.checked || undefined,
  list: input => lines(input.value),
  json: input => json(input.value),
  number: input => json(input.value),
  text: input => input.value.trim() || undefined,
}

function lines(text) {
  const items = text.split('\n').map(line => line.trim()).filter(Boolean)
  return items.length ? items : undefined
}

// What is not JSON is sent as it is, and the server says what it must be.
function json(text) {
  try {
    return text.trim() ? JSON.parse(text) : undefined
  } catch {
    return text
  }
}

export class ManifestForm {
  #touched = new Set()
  #checking = new AbortController()
  #timer

  /**
   * @param {HTMLFormElement} form
   * @param {(manifest: object) => {path: string, body: object} | undefined} check the request that checks a manifest; undefined for none
   * @param {HTMLElement} summary where errors go that belong to no field
   */
  constructor(form, check, summary) {
    Object.assign(this, { form, check, summary })
    this.inputs = [...form.querySelectorAll('[data-field]')]
    form.addEventListener('input', event => {
      this.#touched.add(event.target.dataset.field)
      this.#showZvol()
      this.#checkSoon()
    })
    this.#showZvol()
  }

  /** The values, without empty ones. */
  read() {
    return Object.fromEntries(this.inputs.map(input => [input.dataset.field, readers[input.dataset.form](input)]).filter(([, value]) => value !== undefined))
  }

  /** Sets fields; those that the manifest lacks stay as they are. */
  fill(manifest) {
    for (const input of this.inputs.filter(input => manifest[input.dataset.field] !== undefined)) {
      (writers[input.dataset.form] ?? writers.text)(input, manifest[input.dataset.field])
      this.#touched.add(input.dataset.field)
    }

    this.#showZvol()
    this.#checkSoon()
  }

  /** Whether a field has a value. */
  has(field) {
    return this.read()[field] !== undefined
  }

  /**
   * Shows a refusal: each error at its field, the others in the summary. With isTyping, errors of fields that were not edited yet stay hidden.
   * @param {Refusal | undefined} refusal
   */
  show(refusal, isTyping = false) {
    const shown = new Set()
    for (const input of this.inputs) {
      const { field } = input.dataset
      const found = refusal?.fields.find(error => error.field.split(/[.[]/)[0] === field)
      const isShown = found && (!isTyping || this.#touched.has(field))
      this.form.querySelector(`#error-${field}`).textContent = isShown ? found.message ?? refusal.message : ''
      input.setAttribute('aria-invalid', Boolean(isShown))
      found && shown.add(found)
      if (isShown && !isTyping) {
        input.closest('details')?.setAttribute('open', '')
      }
    }

    const others = refusal?.fields.filter(error => !shown.has(error)) ?? []
    const isElsewhere = refusal && (refusal.fields.length === 0 || others.length > 0)
    this.summary.textContent = isElsewhere && !isTyping
      ? [refusal.message, ...others.filter(error => error.message).map(error => `${error.field}: ${error.message}`)].join('. ')
      : ''
    if (!isTyping) {
      this.form.querySelector('[aria-invalid=true]')?.focus()
    }
  }

  #showZvol() {
    const isZvol = this.read().type === 'zvol'
    this.form.querySelectorAll('[data-zvol=True]').forEach(part => { part.hidden = !isZvol })
    if (isZvol) {
      this.form.querySelector('[data-zvol=True]').closest('details')?.setAttribute('open', '')
    }
  }

  #checkSoon() {
    clearTimeout(this.#timer)
    this.#checking.abort() // its answer would be about what was entered before
    this.#timer = setTimeout(() => this.#check(), checkAfter)
  }

  async #check() {
    const request = this.check(this.read())
    if (!request) {
      return this.show(undefined, true)
    }

    const { signal } = this.#checking = new AbortController()
    try {
      await send('POST', request.path, request.body, signal)
      this.show(undefined, true)
    } catch (failure) {
      if (failure instanceof Refusal) {
        this.show(failure, true)
      }
    }
  }
}
