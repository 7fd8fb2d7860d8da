// An upload by the tus protocol (https://tus.io): it goes on after a broken connection, and after the page was closed.
import { Refusal, ofImage, root } from './api.js'
import { ensure, isKept, isPassing, isUnknown, offsetOf, request } from './tus.js'
import { unfinished } from './unfinished.js'

const partSize = 16 * 1024 * 1024
const pauses = [1, 2, 4, 8, 15, 30]

/** The upload of one file as the file of an image. Events: progress (detail: bytes that arrived), waiting (detail: failure, seconds). */
export class Upload extends EventTarget {
  #stop = new AbortController()
  #wake = () => {}
  #url

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

  /**
   * Ends run(), and removes at the server what has arrived.
   * @throws {Refusal} the server still has it
   */
  async cancel() {
    this.pause()
    if (this.#url) {
      const xhr = await request('DELETE', this.#url, {})
      if (!isUnknown(xhr)) {
        ensure(xhr)
      }
    }

    this.#url = undefined
    unfinished.set(this.image)
  }

  /** Finds the upload, also one that an earlier page began, or begins one. Returns the number of bytes that have arrived. */
  async #begin() {
    const earlier = unfinished.of(this.image)
    const url = this.#url ?? (unfinished.isOf(earlier, this.file) ? earlier.url : undefined)
    if (url) {
      const xhr = await request('HEAD', url, {}, { signal: this.#stop.signal })
      if (!isUnknown(xhr)) {
        this.#url = url
        return offsetOf(ensure(xhr))
      }

      // An upload of an earlier page may have expired. One of this page is gone only if another file took its place.
      if (this.#url) {
        throw new Refusal(xhr.status, { message: 'The server no longer has this upload. Another file may have taken its place.' })
      }
    }

    const metadata = Object.entries(this.metadata).map(([key, value]) => `${key} ${btoa(value)}`).join()
    const xhr = ensure(await request(
      'POST', new URL(ofImage(this.image, '/file/uploads'), root), { 'Upload-Length': this.file.size, 'Upload-Metadata': metadata }, { signal: this.#stop.signal }))
    const { pathname, search } = new URL(xhr.getResponseHeader('Location'), root)
    // The address as this browser knows the server, which may be another one than the server knows.
    this.#url = new URL(`images/${this.image}/file/uploads/${pathname.split('/').at(-1)}${search}`, root).href
    unfinished.set(this.image, { url: this.#url, name: this.name, fileName: this.file.name, size: this.file.size, modified: this.file.lastModified })
    return 0
  }

  async #sendPart(offset) {
    return offsetOf(ensure(await request(
      'PATCH', this.#url, { 'Upload-Offset': offset, 'Content-Type': 'application/offset+octet-stream' },
      { body: this.file.slice(offset, offset + partSize), signal: this.#stop.signal, onSent: sent => this.#report(offset + sent) })))
  }

  /** Waits after a failure that may pass; throws any other. */
  async #recover(failure, failures) {
    if (!(failure instanceof Refusal)) {
      throw failure
    }

    if (!isPassing(failure)) {
      if (!isKept(failure)) {
        this.#url = undefined
        unfinished.set(this.image)
      }

      throw failure
    }

    // A file that was removed or changed since it was chosen fails like a broken connection.
    await this.file.slice(0, 1).arrayBuffer().catch(() => {
      throw new Error(`${this.file.name} was changed or removed. Choose it again.`)
    })
    await this.#wait(failure, pauses[Math.min(failures, pauses.length - 1)])
  }

  #report(bytes) {
    this.dispatchEvent(new CustomEvent('progress', { detail: bytes }))
  }

  async #wait(failure, seconds) {
    this.dispatchEvent(new CustomEvent('waiting', { detail: { failure, seconds } }))
    await new Promise(resolve => {
      this.#wake = resolve
      setTimeout(resolve, seconds * 1000)
    })
    this.#stop.signal.throwIfAborted()
  }
}
