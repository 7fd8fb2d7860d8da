// The uploads that this browser began and that are not complete.
import { root } from './api.js'

// Servers may share a host name.
const key = `imgapi-uploads ${root.pathname}`

/** The uploads of this browser that are not complete, by the UUID of their image. */
export const unfinished = {
  all: () => JSON.parse(localStorage.getItem(key) ?? '{}'),
  of: image => unfinished.all()[image],
  set(image, upload) {
    localStorage.setItem(key, JSON.stringify({ ...unfinished.all(), [image]: upload }))
  },
  /** Whether a file is the one of an upload, as far as a browser can tell. */
  isOf: (upload, file) => upload?.fileName === file.name && upload.size === file.size && upload.modified === file.lastModified,
}
