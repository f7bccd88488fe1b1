// Uses openapi-fetch with the types that openapi-typescript generated: `node … URL RETRACTED_CLAIM`.
import assert from "node:assert";
import createClient from "openapi-fetch";
import type { components, paths } from "./facts";

type Quote = components["schemas"]["Quote"];

async function main(): Promise<void> {
  const [baseUrl, retracted] = process.argv.slice(2);
  const client = createClient<paths>({ baseUrl });

  const first = await client.GET("/api/v1/quotes/", { params: { query: { page_size: 2, expand: ["speaker"] } } });
  const cursor = new URL(first.data?.next ?? "").searchParams.get("cursor") ?? "";
  const second = await client.GET("/api/v1/quotes/", { params: { query: { page_size: 2, cursor } } });
  assert(first.data && second.data && second.data.next === null);
  const quotes: Quote[] = [...first.data.results, ...second.data.results];
  const texts: (string | undefined)[] = quotes.map((quote) => quote.text);
  const names: string[] | undefined = first.data.results[0]?.speaker?.names;

  const kinds = await client.GET("/api/v1/quotes/", {
    params: { query: { kind: ["mixed", "indirect"], fields: ["id", "speaker.name"] } },
  });
  assert(kinds.data && kinds.data.results.every((quote) => quote.text === undefined));
  const claims = await client.GET("/api/v1/claims/");
  const changes = await client.GET("/api/v1/quotes/", { params: { query: { updated_since: "2020-01-01T00:00:00Z" } } });
  assert(changes.data && changes.data.updated_since && changes.data.tombstones);
  const counts = await client.GET("/api/v1/quotes/counts/", { params: { query: { by: "kind" } } });
  const csv = await client.GET("/api/v1/quotes.csv", { parseAs: "text" });

  const missing = await client.GET("/api/v1/quotes/{id}/", { params: { path: { id: 999999 } } });
  const gone = await client.GET("/api/v1/claims/{id}/", { params: { path: { id: Number(retracted) } } });
  const refused = await client.GET("/api/v1/quotes/", { params: { query: { publisher: ["\0"] } } });
  assert(gone.error && "cause" in gone.error);
  assert(refused.error && "errors" in refused.error);

  console.log(JSON.stringify({
    texts,
    names,
    kinds: kinds.data.results.length,
    claims: claims.data?.results.length,
    changes: changes.data.results.length,
    counts: Object.fromEntries(counts.data?.results.map((row) => [row.value, row.count]) ?? []),
    csv: (csv.data ?? "").split("\n").length - 1,
    missing: missing.error?.status,
    gone: gone.error.cause,
    refused: refused.error.errors?.[0]?.parameter,
  }));
}

void main();
