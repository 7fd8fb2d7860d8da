// The fields of a manifest in a form (ManifestFields.cshtml).
import { Refusal, explain, send } from './api.js'
import { readers, writers } from './field-values.js'

/** Pause in ms after the last key, before the server checks the form. */
const checkAfter = 300

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

  /** Empties all fields. */
  clear() {
    this.inputs.forEach(input => (writers[input.dataset.form] ?? writers.text)(input, undefined))
  }

  /** Ends the checks of what is typed, before the form is sent. */
  settle() {
    clearTimeout(this.#timer)
    this.#checking.abort()
    this.inputs.forEach(input => this.#touched.add(input.dataset.field))
    this.summary.textContent = ''
  }

  /** Whether a field has a value. */
  has(field) {
    return this.read()[field] !== undefined
  }

  /**
   * Shows a refusal: each error at its field, the others in the summary. With isTyping, errors of fields that were not edited yet stay hidden,
   * and the summary stays as it is.
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

    if (!isTyping) {
      this.#summarize(refusal, refusal.fields.filter(error => !shown.has(error)))
      this.form.querySelector('[aria-invalid=true]')?.focus()
    }
  }

  /** Shows what belongs to no field. */
  #summarize(refusal, others) {
    if (refusal.fields.length === 0 || others.length > 0) {
      const message = [refusal.message, ...others.filter(error => error.message).map(error => `${error.field}: ${error.message}`)].join('. ')
      explain(this.summary, { message, status: refusal.status })
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
      await send('POST', request.path, request.body, { signal })
      signal.aborted || this.show(undefined, true)
    } catch (failure) {
      if (failure instanceof Refusal && !signal.aborted) {
        this.show(failure, true)
      }
    }
  }
}
