// Uploads a file with tus-js-client, as its users do, and prints the number of interruptions.
// Arguments: URL for uploads of an image, file, metadata as JSON.
import { createReadStream, statSync } from "node:fs";
import { Upload } from "tus-js-client";

const [endpoint, file, metadata] = process.argv.slice(2);
let retries = 0;
const upload = new Upload(createReadStream(file), {
  endpoint,
  uploadSize: statSync(file).size,
  chunkSize: 16 * 1024 * 1024,
  headers: { Authorization: "Basic " + Buffer.from("admin:secret").toString("base64") },
  metadata: JSON.parse(metadata),
  retryDelays: new Array(1000).fill(0),
  onShouldRetry: (error) => {
    retries++;
    const status = error.originalResponse ? error.originalResponse.getStatus() : 0;
    return status === 0 || status === 409 || status >= 500;
  },
  onError: (error) => {
    console.error(error.message);
    process.exit(1);
  },
  onSuccess: () => console.log(retries),
});
upload.start();
