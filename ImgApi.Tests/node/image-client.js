// Uses Triton's image client like its users, and prints the results as one JSON object.
// Arguments: URL of the server, URL of another server to import from, uuid of an image there, working folder.
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const IMGAPI = createRequire(import.meta.url)("sdc-clients/lib/imgapi");
const [url, source, remote, folder] = process.argv.slice(2);
const client = new IMGAPI({ url, user: "admin", password: "secret", agent: false });
const call = (method, ...args) => promisify(client[method]).apply(client, args);
const refusal = (promise) => promise.then(() => "nothing", (error) => `${error.statusCode} ${error.restCode}`);

const result = {};
result.ping = (await call("ping")).imgapi;

const created = await call("createImage", { name: "made", version: "1", type: "other", os: "other", owner: "00000000-0000-0000-0000-000000000000" });
const file = join(folder, "file");
await writeFile(file, Buffer.alloc(100000, 7));
result.uploaded = (await call("addImageFile", { uuid: created.uuid, compression: "none", file })).files[0].size;
result.activated = (await call("activateImage", created.uuid)).state;
await call("getImageFile", created.uuid, join(folder, "back"));
result.downloaded = (await readFile(join(folder, "back"))).equals(await readFile(file));
result.updated = (await call("updateImage", created.uuid, { description: "new" })).description;
const icon = join(folder, "icon");
await writeFile(icon, "icon");
result.icon = (await call("addImageIcon", { uuid: created.uuid, contentType: "image/png", file: icon })).icon;
result.withoutIcon = (await call("deleteImageIcon", created.uuid)).icon === undefined;

result.imported = (await call("adminImportRemoteImageAndWait", remote, source, {})).state;
await call("getImageFile", remote, join(folder, "remote"));
result.again = await refusal(call("adminImportRemoteImageAndWait", remote, source, {}));
result.unknown = await refusal(call("adminImportRemoteImage", created.uuid.replace(/^.{8}/, "00000000"), source, {}));
result.listed = (await call("listImages", {}, {})).map((image) => image.uuid).includes(remote);

await call("deleteImage", remote);
const manifest = { v: 2, uuid: remote, name: "by-hand", version: "1", type: "other", os: "other", owner: "00000000-0000-0000-0000-000000000000" };
await call("adminImportImage", manifest, {});
result.fromSource = (await call("addImageFile", { uuid: remote, source })).files.length;
result.plainHttp = await refusal(call("addImageFileFromUrl", { uuid: remote, file_url: "http://127.0.0.1/x.gz" }));
console.log(JSON.stringify(result));
