// An upload by the tus protocol (https://tus.io): it goes on after a broken connection, and after the page was closed.
import { Refusal, credentials, ofImage, root } from './api.js'

const version = { 'Tus-Resumable': '1.0.0' }
const partSize = 16 * 1024 * 1024
const pauses = [1, 2, 4, 8, 15, 30]

/** The uploads of this browser that are not complete, by the UUID of their image. */
export const unfinished = {
  all: () => JSON.parse(localStorage.getItem('imgapi-uploads') ?? '{}'),
  of: image => unfinished.all()[image],
  set(image, upload) {
    localStorage.setItem('imgapi-uploads', JSON.stringify({ ...unfinished.all(), [image]: upload }))
  },
  /** Whether a file is the one of an upload, as far as a browser can tell. */
  isOf: (upload, file) => upload?.fileName === file.name && upload.size === file.size && upload.modified === file.lastModified,
}

/** Sends a request, and reports the bytes that were sent, which fetch cannot do. Resolves with the XMLHttpRequest, whatever its status. */
function request(method, url, headers, { body = null, signal, onSent } = {}) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const xhr = new XMLHttpRequest()
    xhr.open(method, url)
    Object.entries({ ...version, ...credentials(), ...headers }).forEach(([name, value]) => xhr.setRequestHeader(name, value))
    xhr.upload.onprogress = event => onSent?.(event.loaded)
    xhr.onload = () => resolve(xhr)
    xhr.onerror = () => reject(Refusal.of(0, ''))
    xhr.onabort = () => reject(signal.reason)
    signal?.addEventListener('abort', () => xhr.abort(), { once: true })
    xhr.send(body)
  })
}

function ensure(xhr) {
  if (xhr.status >= 300) {
    throw Refusal.of(xhr.status, xhr.responseText)
  }

  return xhr
}

const offsetOf = xhr => Number(xhr.getResponseHeader('Upload-Offset'))

/**
 * Whether the upload may go on later: there was no answer, or one of a proxy or a server in trouble; or an answer was lost, so that the server
 * has more bytes than this page knows (409).
 */
const isPassing = ({ status }) => [0, 408, 409, 429].includes(status) || (status >= 500 && status !== 507)

/** The upload of one file as the file of an image. Events: progress (detail: bytes that arrived), waiting (detail: seconds). */
export class Upload extends EventTarget {
  #stop = new AbortController()
  #wake = () => {}

  /**
   * @param {string} image UUID
   * @param {File} file
   * @param {{name: string, metadata: Object<string, string>}} about the image's name, to find the upload again, and what PUT has in its query
   */
  constructor(image, file, { name, metadata }) {
    super()
    Object.assign(this, { image, file, name, metadata })
  }

  /**
   * Sends the file, or the rest of it. Returns when the image has the file.
   * @throws {Refusal} what the server does not accept
   * @throws {DOMException} AbortError after pause() or cancel()
   */
  async run() {
    this.#stop = new AbortController()
    let failures = 0
    let offset
    while (offset !== this.file.size) {
      try {
        if (offset === undefined) {
          offset = await this.#begin()
        } else {
          offset = await this.#sendPart(offset)
          failures = 0
        }
      } catch (failure) {
        await this.#recover(failure, failures++)
        offset = undefined // the server knows how much has arrived
      }
    }

    unfinished.set(this.image)
  }

  /** Ends run(), which can be called again. */
  pause() {
    this.#stop.abort()
    this.#wake()
  }

  /** Ends run(), and removes at the server what has arrived. */
  async cancel() {
    this.pause()
    const { url } = unfinished.of(this.image) ?? {}
    unfinished.set(this.image)
    if (url) {
      await request('DELETE', url, {})
    }
  }

  /** Finds the upload, also one that an earlier page began, or begins one. Returns the number of bytes that have arrived. */
  async #begin() {
    if (unfinished.isOf(unfinished.of(this.image), this.file)) {
      const xhr = await request('HEAD', unfinished.of(this.image).url, {}, { signal: this.#stop.signal })
      if (xhr.status !== 404 && xhr.status !== 410) {
        return offsetOf(ensure(xhr))
      }
    }

    const metadata = Object.entries(this.metadata).map(([key, value]) => `${key} ${btoa(value)}`).join()
    const xhr = ensure(await request(
      'POST', new URL(ofImage(this.image, '/file/uploads'), root), { 'Upload-Length': this.file.size, 'Upload-Metadata': metadata }, { signal: this.#stop.signal }))
    const url = new URL(xhr.getResponseHeader('Location'), root)
    // The address as this browser knows the server, which may be another one than the server knows.
    unfinished.set(this.image, {
      url: new URL(`images/${this.image}/file/uploads/${url.pathname.split('/').at(-1)}${url.search}`, root).href,
      name: this.name, fileName: this.file.name, size: this.file.size, modified: this.file.lastModified,
    })
    return 0
  }

  async #sendPart(offset) {
    return offsetOf(ensure(await request(
      'PATCH', unfinished.of(this.image).url, { 'Upload-Offset': offset, 'Content-Type': 'application/offset+octet-stream' },
      { body: this.file.slice(offset, offset + partSize), signal: this.#stop.signal, onSent: sent => this.#report(offset + sent) })))
  }

  /** Waits after a failure that may pass; throws any other. */
  async #recover(failure, failures) {
    if (!(failure instanceof Refusal)) {
      throw failure
    }

    if (!isPassing(failure)) {
      if (failure.status !== 401) {
        unfinished.set(this.image) // the server has removed the upload
      }

      throw failure
    }

    await this.#wait(pauses[Math.min(failures, pauses.length - 1)])
  }

  #report(bytes) {
    this.dispatchEvent(new CustomEvent('progress', { detail: bytes }))
  }

  async #wait(seconds) {
    this.dispatchEvent(new CustomEvent('waiting', { detail: seconds }))
    await new Promise(resolve => {
      this.#wake = resolve
      setTimeout(resolve, seconds * 1000)
    })
    this.#stop.signal.throwIfAborted()
  }
}
