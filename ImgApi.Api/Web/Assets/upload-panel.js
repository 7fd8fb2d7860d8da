// The part of a page that shows an upload (Upload.cshtml), and what comes after it.
import { explain, ofImage, root, send } from './api.js'
import { duration, size } from './sizes.js'
import { Upload } from './upload.js'

const [panel, bar, text, error, pause, resume, cancel, done] =
  ['upload', 'upload-bar', 'upload-text', 'upload-error', 'upload-pause', 'upload-resume', 'upload-cancel', 'done'].map(id => document.getElementById(id))

/** Over how long the rate is measured, in ms. */
const rateWindow = 10_000

/**
 * Uploads a file and shows how far it is, until the image is activated, or the user leaves.
 * @param {{name: string, metadata: object, problem?: string}} about see Upload; and why no machine can install the file
 * @param {() => void} onCanceled called when the user cancels
 */
export function show(image, file, about, onCanceled) {
  const upload = new Upload(image, file, about)
  const samples = []
  let announced = 0

  function report(bytes) {
    const now = performance.now()
    samples.push([now, bytes])
    while (now - samples[0][0] > rateWindow) {
      samples.shift()
    }

    const [since, before] = samples[0]
    const rate = (bytes - before) / (now - since) * 1000
    bar.value = bytes / file.size
    // A screen reader announces each change.
    if (now - announced > 1000 || bytes === file.size) {
      announced = now
      const left = rate > 0 ? `, ${size(rate)}/s, ${duration((file.size - bytes) / rate)} left` : ''
      text.textContent = `${Math.floor(bar.value * 100)} % of ${size(file.size)}${bytes < file.size ? left : ': the server checks the file'}`
    }
  }

  async function run() {
    setRunning(true)
    samples.length = 0
    try {
      await upload.run()
      panel.hidden = true
      showDone(image, about.problem)
    } catch (failure) {
      setRunning(false)
      if (failure.name === 'AbortError') {
        text.textContent = `Paused at ${Math.floor(bar.value * 100)} % of ${size(file.size)}. You may close the page, and choose the same file again later.`
      } else {
        explain(error, failure)
      }
    }
  }

  function setRunning(isRunning) {
    panel.hidden = false
    error.textContent = ''
    pause.hidden = !isRunning
    resume.hidden = isRunning
    const button = isRunning ? pause : resume
    button.focus()
  }

  upload.addEventListener('progress', event => report(event.detail))
  upload.addEventListener('waiting', event => {
    samples.length = 0
    const { failure, seconds } = event.detail
    text.textContent = `${failure.status ? failure.message : 'The connection is broken.'} Next attempt in ${seconds} s.`
  })
  pause.onclick = () => upload.pause()
  resume.onclick = run
  cancel.onclick = async () => {
    try {
      await upload.cancel()
      panel.hidden = true
      onCanceled()
    } catch (failure) {
      explain(error, failure)
    }
  }
  run()
}

function showDone(image, problem) {
  const page = new URL(`ui/images/${image}`, root)
  document.getElementById('to-image').href = page
  document.getElementById('done-problem').textContent = problem ?? ''
  done.hidden = false
  document.getElementById('activate').focus()
  document.getElementById('activate').onclick = async () => {
    try {
      await send('POST', ofImage(image, '', 'action=activate'))
      location.assign(page)
    } catch (failure) {
      explain(document.getElementById('activate-error'), failure)
    }
  }
}
