// The page that imports images from another server: starts jobs, and shows how far they are.
import { explain, query, root, send } from './api.js'
import { size } from './sizes.js'

const pause = 1000
const found = document.getElementById('found')

async function follow(job, show) {
  for (;;) {
    const { execution, params, chain_results: steps } = await ask(job)
    if (execution === 'succeeded') {
      return
    }

    if (execution !== 'queued' && execution !== 'running') {
      throw new Error(steps.at(-1)?.error?.message ?? `The import was ${execution}.`)
    }

    show(params?.download)
    await new Promise(resolve => setTimeout(resolve, pause))
  }
}

/** Asks how far a job is, until the server answers. */
async function ask(job) {
  for (;;) {
    try {
      return await send('GET', `jobs/${job}`)
    } catch (failure) {
      if (failure.status !== 0 && failure.status < 500) {
        throw failure
      }

      await new Promise(resolve => setTimeout(resolve, pause))
    }
  }
}

async function run(part) {
  const [button, bar, state] = ['button', 'progress', '.state'].map(selector => part.querySelector(selector))
  button.disabled = true
  bar.hidden = false
  state.textContent = 'waiting'
  try {
    const parameters = query({ action: 'import-remote', source: found.dataset.source.trim() })
    const { job_uuid: job } = await send('POST', `images/${part.dataset.uuid}?${parameters}`)
    await follow(job, download => {
      state.textContent = download ? `${size(download.received)}${download.size ? ` of ${size(download.size)}` : ''}` : 'working'
      if (download?.size) {
        bar.value = download.received / download.size
      }
    })
    button.replaceWith(Object.assign(document.createElement('a'), { href: new URL(`ui/images/${part.dataset.uuid}`, root), textContent: 'is here' }))
    state.textContent = 'imported'
  } catch (failure) {
    button.disabled = false
    explain(state, failure)
  }

  bar.hidden = true
}

for (const part of found?.querySelectorAll('.import') ?? []) {
  part.querySelector('button')?.addEventListener('click', () => run(part))
}
