// Imports an image with Triton's image client, which polls the job without credentials and without the path prefix.
// Arguments: URL of the server, URL of another server to import from, uuid of an image there. Prints the state of the image.
import { createRequire } from "node:module";
import { promisify } from "node:util";

const IMGAPI = createRequire(import.meta.url)("sdc-clients/lib/imgapi");
const [url, source, remote] = process.argv.slice(2);
const client = new IMGAPI({ url, user: "admin", password: "secret", agent: false });
const image = await promisify(client.adminImportRemoteImageAndWait).call(client, remote, source, {});
console.log(image.state);
