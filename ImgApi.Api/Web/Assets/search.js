// The list of images follows while one types. Without this script the form is sent as usual.
const form = document.querySelector('form.search')
const count = document.getElementById('count')
/** Pause in ms after the last key, before the list follows. */
const searchAfter = 200
let request = new AbortController()
let timer

// The URL that the browser would open if the form were sent, without its empty fields.
function address() {
  const url = new URL(form.action)
  url.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ''))
  return url
}

function followSoon() {
  clearTimeout(timer)
  request.abort() // its answer would be out of date
  timer = setTimeout(follow, searchAfter)
}

async function follow() {
  const mine = request = new AbortController()
  const url = address()
  try {
    const answer = await fetch(url, { headers: { Accept: 'text/html' }, signal: mine.signal })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    if (!answer.ok) {
      count.textContent = page.querySelector('h1')?.textContent ?? answer.statusText
      return
    }

    const results = page.getElementById('results')
    if (answer.redirected || !results) {
      location.assign(url) // the session has ended
      return
    }

    document.getElementById('results').replaceWith(results)
    count.textContent = page.getElementById('count').textContent
    history.replaceState(null, '', url)
  } catch {
    if (!mine.signal.aborted) {
      count.textContent = 'The server does not answer. Press Enter to try again.'
    }
  }
}

form.addEventListener('input', followSoon)
