// How the fields of a form show values of a manifest, and how they are read back. The keys are those of data-form.

export const writers = {
  flag: (input, value) => { input.checked = value === true },
  list: (input, value) => { input.value = (Array.isArray(value) ? value : []).join('\n') },
  json: (input, value) => { input.value = value === undefined ? '' : JSON.stringify(value, null, 1) },
  text: (input, value) => { input.value = value ?? '' },
}

export const readers = {
  flag: input => input.checked || undefined,
  list: input => lines(input.value),
  json: input => json(input.value),
  number: input => json(input.value),
  text: input => input.value.trim() || undefined,
}

function lines(text) {
  const items = text.split('\n').map(line => line.trim()).filter(Boolean)
  return items.length ? items : undefined
}

// What is not JSON is sent as it is, and the server says what it must be.
function json(text) {
  try {
    return text.trim() ? JSON.parse(text) : undefined
  } catch {
    return text
  }
}
