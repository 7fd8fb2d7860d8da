// Requests of the tus protocol (https://tus.io), and what their answers mean.
import { Refusal, credentials } from './api.js'

const version = { 'Tus-Resumable': '1.0.0' }

/** Sends a request, and reports the bytes that were sent, which fetch cannot do. Resolves with the XMLHttpRequest, whatever its status. */
export function request(method, url, headers, { body = null, signal, onSent } = {}) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const xhr = new XMLHttpRequest()
    xhr.open(method, url)
    Object.entries({ ...version, ...credentials(), ...headers }).forEach(([name, value]) => xhr.setRequestHeader(name, value))
    xhr.upload.onprogress = event => onSent?.(event.loaded)
    xhr.onload = () => resolve(xhr)
    xhr.onerror = () => reject(Refusal.of(0, ''))
    xhr.onabort = () => reject(signal.reason)
    const abort = () => xhr.abort()
    signal?.addEventListener('abort', abort)
    xhr.onloadend = () => signal?.removeEventListener('abort', abort)
    xhr.send(body)
  })
}

/** @throws {Refusal} the server refused the request */
export function ensure(xhr) {
  if (xhr.status >= 300) {
    throw Refusal.of(xhr.status, xhr.responseText)
  }

  return xhr
}

/** Whether there is no such upload (any more). */
export const isUnknown = ({ status }) => status === 404 || status === 410
/** Number of bytes that have arrived. */
export const offsetOf = xhr => Number(xhr.getResponseHeader('Upload-Offset'))

/**
 * Whether the upload may go on later: there was no answer, or one of a proxy or a server in trouble; or an answer was lost, so that the server
 * has more bytes than this page knows.
 */
export const isPassing = ({ status, code }) =>
  [0, 408, 429].includes(status) || code === 'UploadConflict' || (status >= 500 && status !== 507)

/** Whether the server has kept what has arrived. After other refusals it has removed the upload. */
export const isKept = ({ status }) => [401, 403, 507].includes(status)
