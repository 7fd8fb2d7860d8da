// Sizes and times as people read them.

const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB']

export function size(bytes) {
  const power = bytes < 1024 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1)
  const value = bytes / 1024 ** power
  return `${value.toFixed(power && value < 10 ? 1 : 0)} ${units[power]}`
}

export function duration(seconds) {
  const minutes = Math.round(seconds / 60)
  return seconds < 90 ? `${Math.ceil(seconds)} s` : minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
}
