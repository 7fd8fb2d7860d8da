// Where a file is dropped or chosen (Drop.cshtml).
import { explain, query, send } from './api.js'
import { size } from './sizes.js'

const headSize = 1024 * 1024
const [drop, input, facts, problem] = ['drop', 'file', 'file-facts', 'file-problem'].map(id => document.getElementById(id))

/** Calls back with the files that the user drops or chooses. */
export function onFiles(use) {
  input.addEventListener('change', () => use([...input.files]))
  // Before this script was loaded, or before the page was reloaded.
  if (input.files.length) {
    use([...input.files])
  }

  drop.addEventListener('dragover', event => {
    event.preventDefault() // allows the drop
    drop.classList.add('over')
  })
  drop.addEventListener('dragleave', () => drop.classList.remove('over'))
  drop.addEventListener('drop', event => {
    event.preventDefault()
    drop.classList.remove('over')
    use([...event.dataTransfer.files])
  })
}

/** Forgets the file that was shown. */
export function clear() {
  facts.textContent = problem.textContent = ''
}

/**
 * Shows what the server reads from the first bytes of a file.
 * @param {{type?: string, origin?: string}} manifest
 * @returns the facts; undefined if the server could not tell
 */
export async function inspect(file, { type, origin }) {
  facts.textContent = `${file.name}, ${size(file.size)}`
  problem.textContent = ''
  try {
    const parameters = query({ file: file.name, whole: file.size <= headSize, type, origin })
    const found = await send('POST', `ui/checks/file?${parameters}`, file.slice(0, headSize))
    facts.textContent += `: ${found.summary}`
    problem.textContent = found.problem ?? ''
    return found
  } catch (failure) {
    explain(problem, failure)
  }
}
