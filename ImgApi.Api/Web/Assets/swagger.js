// The navigation of the other pages, above the page of the API.
const bar = document.createElement('header')
bar.className = 'bar'
const brand = Object.assign(document.createElement('a'), { className: 'brand', href: '../' })
brand.append(Object.assign(new Image(24, 24), { src: new URL('icon.svg', import.meta.url), alt: '' }), location.host)
const nav = document.createElement('nav')
nav.setAttribute('aria-label', 'Main')
nav.append(...[['Images', '../'], ['Server', '../ui/server'], ['API', '']]
  .map(([text, href]) => Object.assign(document.createElement('a'), { textContent: text, href: href || location.href })))
nav.lastChild.setAttribute('aria-current', 'page')
bar.append(brand, nav)
document.body.prepend(bar)
