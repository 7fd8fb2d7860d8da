// Requests to the server's API.

/** The address of the server, with a slash at the end. This module is at ui/assets/VERSION/api.js below it. */
export const root = new URL('../../../', import.meta.url)

/** The headers that authenticate a request as the user who is signed in. The session's cookie alone is not enough. */
export function credentials() {
  const token = document.querySelector('meta[name=session-token]')?.content
  return token ? { Authorization: `Session ${token}` } : {}
}

/** A refusal, in the words of the server; or a failure to reach it. */
export class Refusal extends Error {
  /**
   * @param {number} status HTTP status; 0 if there was no answer
   * @param {{message: string, code?: string, errors?: {field: string, message: string}[]}} body
   */
  constructor(status, { message, code, errors = [] }) {
    super(status === 401 ? 'Your session has ended.' : message)
    this.status = status
    this.code = code
    this.fields = errors
  }

  static of(status, text) {
    try {
      return new Refusal(status, JSON.parse(text))
    } catch {
      return new Refusal(status, { message: status ? `The server answered with status ${status}.` : 'The server does not answer.' })
    }
  }
}

/**
 * Sends a request, and returns the answer's JSON; undefined if it has none.
 * @param {string} path below the root, with its query
 * @param {object | Blob | undefined} body an object is sent as JSON
 * @throws {Refusal}
 */
export async function send(method, path, body, { signal, headers } = {}) {
  const isJson = body && !(body instanceof Blob)
  let answer
  try {
    answer = await fetch(new URL(path, root), {
      method,
      signal,
      headers: { ...credentials(), ...headers, ...(isJson && { 'Content-Type': 'application/json' }) },
      body: isJson ? JSON.stringify(body) : body,
    })
  } catch (failure) {
    throw signal?.aborted ? failure : Refusal.of(0, '')
  }

  const text = await answer.text()
  if (!answer.ok) {
    throw Refusal.of(answer.status, text)
  }

  return text ? JSON.parse(text) : undefined
}

/** Shows a failure in an element; with a link to the sign-in, which leads back, if the session has ended. */
export function explain(element, failure) {
  const signIn = new URL('ui/sign-in', root)
  signIn.searchParams.set('return', `/${location.href.slice(root.href.length)}`)
  element.replaceChildren(failure.message, ...failure.status === 401 ? [' ', Object.assign(document.createElement('a'), { href: signIn, textContent: 'Sign in again' })] : [])
}

/** A query of the parameters that have a value. */
export function query(parameters) {
  return new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== undefined && value !== ''))
}

/**
 * The path of an image, or of a part of it such as /file. On a server with channels it names the channel that the user chose, or one that the
 * image is in.
 */
export function ofImage(uuid, part = '', parameters = '') {
  const all = new URLSearchParams(parameters)
  const channel = document.getElementById('channel')?.value ?? document.querySelector('[data-channel]')?.dataset.channel
  if (channel && !all.has('channel')) {
    all.set('channel', channel)
  }

  return `images/${encodeURIComponent(uuid)}${part}?${all}`
}
