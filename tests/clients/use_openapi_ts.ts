// Uses the client that @hey-api/openapi-ts generated: `node … URL RETRACTED_CLAIM`.
import assert from "node:assert";
import { claimsList, claimsRetrieve, quotesCounts, quotesCsv, quotesList, quotesRetrieve } from "./facts";
import type { Quote } from "./facts";
import { client } from "./facts/client.gen";

async function main(): Promise<void> {
  const [url, retracted] = process.argv.slice(2);
  assert.equal(client.getConfig().baseUrl, url);  // the schema says where it was served

  const first = await quotesList({ query: { page_size: 2, expand: ["speaker"] }, throwOnError: true });
  const cursor = new URL(first.data.next ?? "").searchParams.get("cursor") ?? "";
  const second = await quotesList({ query: { page_size: 2, cursor }, throwOnError: true });
  assert.equal(second.data.next, null);
  const quotes: Quote[] = [...first.data.results, ...second.data.results];
  const texts: (string | undefined)[] = quotes.map((quote) => quote.text);
  const names: string[] | undefined = first.data.results[0]?.speaker?.names;

  const kinds = await quotesList({
    query: { kind: ["mixed", "indirect"], fields: ["id", "speaker.name"] },
    throwOnError: true,
  });
  assert(kinds.data.results.every((quote) => quote.text === undefined));
  const claims = await claimsList({ throwOnError: true });
  const changes = await quotesList({ query: { updated_since: "2020-01-01T00:00:00Z" }, throwOnError: true });
  assert(changes.data.updated_since && changes.data.tombstones);
  const counts = await quotesCounts({ query: { by: "kind" }, throwOnError: true });
  const csv = await quotesCsv({ throwOnError: true });

  const missing = await quotesRetrieve({ path: { id: 999999 } });
  const gone = await claimsRetrieve({ path: { id: Number(retracted) } });
  const refused = await quotesList({ query: { publisher: ["\0"] } });
  assert(gone.error && "cause" in gone.error);
  assert(refused.error && "errors" in refused.error);

  console.log(JSON.stringify({
    texts,
    names,
    kinds: kinds.data.results.length,
    claims: claims.data.results.length,
    changes: changes.data.results.length,
    counts: Object.fromEntries(counts.data.results.map((row) => [row.value, row.count])),
    csv: csv.data.split("\n").length - 1,
    missing: missing.error?.status,
    gone: gone.error.cause,
    refused: refused.error.errors?.[0]?.parameter,
  }));
}

void main();
