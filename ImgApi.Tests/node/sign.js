// Signs requests with Joyent's own implementation of HTTP Signature, the package http-signature.
// Standard input: a JSON array of { key, keyId, method, path, sent, algorithm?, headers?, joyent? }. key is the file of a private key,
// sent contains the headers of the request, and joyent omits the list of signed headers, as Joyent's own clients do.
// Standard output: a JSON array of the Authorization headers.
import { readFileSync } from "node:fs";
import httpSignature from "http-signature";
import sshpk from "sshpk";

function sign({ key, keyId, method, path, sent, algorithm, headers, joyent }) {
  const secret = readFileSync(key, "utf8");
  if (joyent) {
    const signer = sshpk.parsePrivateKey(secret, "auto").createSign(algorithm.split("-")[1]);
    signer.update(`date: ${sent.date}`);
    return `Signature keyId="${keyId}",algorithm="${algorithm}",signature="${signer.sign().toString()}"`;
  }

  const all = { ...sent };
  const request = {
    method,
    path,
    getHeader: name => all[name.toLowerCase()],
    setHeader: (name, value) => { all[name.toLowerCase()] = value; },
  };
  httpSignature.signRequest(request, { key: secret, keyId, algorithm, headers });
  return all.authorization;
}

console.log(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(sign)));
