// Publishes an image with the image client that imgadm is built on, which takes user and password from the URL, as imgadm does.
// Argument: URL of the server, with a user and a token. Prints the state of the image.
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const IMGAPI = createRequire(import.meta.url)("sdc-clients/lib/imgapi");
const { origin, username, password } = new URL(process.argv[2]);
const client = new IMGAPI({ url: origin, user: username, password, agent: false });
const call = (method, ...args) => promisify(client[method]).apply(client, args);

const folder = await mkdtemp(join(tmpdir(), "imgapi-test-"));
const file = join(folder, "file");
await writeFile(file, "file");
const { uuid } = await call("createImage", { name: "made", version: "1", type: "other", os: "other", owner: "00000000-0000-0000-0000-000000000000" });
await call("addImageFile", { uuid, compression: "none", file });
console.log((await call("activateImage", uuid)).state);
await rm(folder, { recursive: true });
