SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE FUNCTION public.anchor_is_slice() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
        DECLARE body text; words text; size bigint; low int; high int;
        BEGIN
            IF NEW.spans IS NOT NULL THEN
              IF jsonb_typeof(NEW.spans) <> 'array' THEN RAISE EXCEPTION 'anchor_is_slice' USING ERRCODE = 'check_violation', CONSTRAINT = 'anchor_is_slice', TABLE = 'claims_anchor'; END IF;
              IF EXISTS (SELECT 1 FROM jsonb_array_elements(NEW.spans) s
                         WHERE jsonb_typeof(s) <> 'array' OR jsonb_array_length(s) <> 2
                            OR s->>0 !~ '^[0-9]{1,9}$' OR s->>1 !~ '^[0-9]{1,9}$'
                            OR jsonb_typeof(s->0) <> 'number' OR jsonb_typeof(s->1) <> 'number')
              THEN RAISE EXCEPTION 'anchor_is_slice' USING ERRCODE = 'check_violation', CONSTRAINT = 'anchor_is_slice', TABLE = 'claims_anchor'; END IF;
              IF EXISTS (SELECT 1 FROM (SELECT (s.value->>0)::int AS a, (s.value->>1)::int AS b, s.ordinality AS n,
                             lag((s.value->>1)::int) OVER (ORDER BY s.ordinality) AS before
                        FROM jsonb_array_elements(NEW.spans) WITH ORDINALITY s) parts WHERE a >= b OR a < before) THEN RAISE EXCEPTION 'anchor_is_slice' USING ERRCODE = 'check_violation', CONSTRAINT = 'anchor_is_slice', TABLE = 'claims_anchor'; END IF;
            END IF;
            low := least((NEW.spans->0->>0)::int);
            high := greatest((NEW.spans->-1->>1)::int);
            SELECT substr(t.text, low + 1, high - low) INTO body FROM claims_snapshot t WHERE t.id = NEW.snapshot_id;
            IF NEW.spans IS NOT NULL THEN
              SELECT coalesce(string_agg(substr(body, a - low + 1, b - a), ' ' ORDER BY n), ''),
                     coalesce(sum(b - a) + count(*) - 1, 0)
                INTO words, size
                FROM (SELECT (s.value->>0)::int AS a, (s.value->>1)::int AS b, s.ordinality AS n,
                             lag((s.value->>1)::int) OVER (ORDER BY s.ordinality) AS before
                        FROM jsonb_array_elements(NEW.spans) WITH ORDINALITY s) parts;
              IF words IS DISTINCT FROM (SELECT q.exact FROM claims_quote q WHERE q.id = NEW.quote_id) OR size IS DISTINCT FROM length(words) THEN RAISE EXCEPTION 'anchor_is_slice' USING ERRCODE = 'check_violation', CONSTRAINT = 'anchor_is_slice', TABLE = 'claims_anchor'; END IF;
            END IF;
            RETURN NEW;
        END $_$;
CREATE FUNCTION public.claims_claim_text_words_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT d.id FROM claims_quote d WHERE d.claim_id IN (SELECT o.id FROM older o JOIN newer n ON n.id = o.id AND (o.text IS DISTINCT FROM n.text OR o.speaker_id IS DISTINCT FROM n.speaker_id) WHERE (TRUE OR TRUE) UNION SELECT n.id FROM older o JOIN newer n ON n.id = o.id AND (o.text IS DISTINCT FROM n.text OR o.speaker_id IS DISTINCT FROM n.speaker_id) WHERE (TRUE OR TRUE)) AND d.decision = 'accepted' ORDER BY d.id);
IF cardinality(found) > 0 THEN PERFORM claims_quote_words_refresh(found); END IF;
found := ARRAY(SELECT d.id FROM claims_verification d WHERE d.claim_id IN (SELECT o.id FROM older o JOIN newer n ON n.id = o.id AND (o.text IS DISTINCT FROM n.text OR o.speaker_id IS DISTINCT FROM n.speaker_id) WHERE (TRUE OR TRUE) UNION SELECT n.id FROM older o JOIN newer n ON n.id = o.id AND (o.text IS DISTINCT FROM n.text OR o.speaker_id IS DISTINCT FROM n.speaker_id) WHERE (TRUE OR TRUE)) AND d.state = 'published' ORDER BY d.id);
IF cardinality(found) > 0 THEN PERFORM claims_verification_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_claim_topics_touched_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'claims', OLD.claim_id, TRUE, '', NULL, 0 WHERE TRUE AND OLD.claim_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'topics', OLD.topic_id, FALSE, 'claims', OLD.claim_id, 0 WHERE TRUE AND OLD.topic_id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_claim_topics_touched_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'claims', NEW.claim_id, TRUE, '', NULL, 0 WHERE TRUE AND NEW.claim_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'topics', NEW.topic_id, FALSE, 'claims', NEW.claim_id, 0 WHERE TRUE AND NEW.topic_id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_claim_touched_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (OLD.released_at IS NOT NULL) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'claims', OLD.id, TRUE, '', NULL, 0 WHERE TRUE AND OLD.id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', OLD.speaker_id, FALSE, 'claims', OLD.id, 0 WHERE TRUE AND OLD.speaker_id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_claim_touched_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (OLD.released_at IS NOT NULL OR NEW.released_at IS NOT NULL) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'claims', NEW.id, (OLD.text IS DISTINCT FROM NEW.text OR OLD.said_on IS DISTINCT FROM NEW.said_on OR OLD.released_at IS DISTINCT FROM NEW.released_at OR OLD.retracted_at IS DISTINCT FROM NEW.retracted_at OR OLD.merged_into_id IS DISTINCT FROM NEW.merged_into_id OR OLD.speaker_id IS DISTINCT FROM NEW.speaker_id), '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', OLD.speaker_id, FALSE, 'claims', OLD.id, 0 WHERE (OLD.speaker_id IS DISTINCT FROM NEW.speaker_id) AND OLD.speaker_id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_claim_words_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT o.id FROM older o WHERE (TRUE)) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_claim_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_claim_words_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT n.id FROM newer n WHERE (TRUE)) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_claim_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_claim_words_refresh(ids bigint[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
        BEGIN
            IF ids IS NULL THEN RETURN; END IF;
            PERFORM 1 FROM claims_claim h WHERE h.id IN (SELECT unnest(ids)) ORDER BY h.id FOR NO KEY UPDATE; PERFORM 1 FROM claims_speaker h WHERE h.id IN (SELECT c.speaker_id FROM claims_claim c WHERE c.id = ANY(ids)) ORDER BY h.id FOR SHARE; 
            DELETE FROM claims_claim_words WHERE row_id = ANY(ids);
            INSERT INTO claims_claim_words (rowid, row_id, words) SELECT ((least(greatest(coalesce(floor(extract(epoch FROM d.released_at))::bigint, 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_vector(coalesce(d.text, '') || chr(30) || coalesce((SELECT string_agg(n.name, chr(30) ORDER BY n.id) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || chr(30) || coalesce((SELECT string_agg(q.exact, chr(30) ORDER BY q.id) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND q.exact <> d.text), '') || chr(30) || coalesce((SELECT string_agg(o.title, chr(30) ORDER BY q.id) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND o.title <> ''), '')) AS words FROM claims_claim d WHERE d.released_at IS NOT NULL AND d.retracted_at IS NULL AND d.id = ANY(ids)
            ON CONFLICT (row_id) DO UPDATE SET rowid = EXCLUDED.rowid, words = EXCLUDED.words;
        END $$;
CREATE FUNCTION public.claims_claim_words_truncate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN TRUNCATE claims_claim_words; RETURN NULL; END $$;
CREATE FUNCTION public.claims_claim_words_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT o.id FROM older o JOIN newer n ON n.id = o.id AND (o.text IS DISTINCT FROM n.text OR o.speaker_id IS DISTINCT FROM n.speaker_id OR o.released_at IS DISTINCT FROM n.released_at OR o.retracted_at IS DISTINCT FROM n.retracted_at) WHERE (TRUE OR TRUE) UNION SELECT n.id FROM older o JOIN newer n ON n.id = o.id AND (o.text IS DISTINCT FROM n.text OR o.speaker_id IS DISTINCT FROM n.speaker_id OR o.released_at IS DISTINCT FROM n.released_at OR o.retracted_at IS DISTINCT FROM n.retracted_at) WHERE (TRUE OR TRUE)) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_claim_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_correction_touched_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'corrections', OLD.id, FALSE, '', NULL, 0 WHERE TRUE AND OLD.id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_correction_touched_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'corrections', NEW.id, FALSE, '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_correction_touched_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'corrections', NEW.id, FALSE, '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_evidence_touched_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (coalesce((SELECT v.state FROM claims_verification v WHERE v.id = OLD.verification_id), '') <> 'draft') THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'verifications', OLD.verification_id, (coalesce((SELECT v.state FROM claims_verification v WHERE v.id = OLD.verification_id), '') <> 'submitted'), '', NULL, 0 WHERE TRUE AND OLD.verification_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'sources', OLD.source_id, FALSE, 'verifications', OLD.verification_id, 0 WHERE TRUE AND OLD.source_id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_evidence_touched_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (coalesce((SELECT v.state FROM claims_verification v WHERE v.id = NEW.verification_id), '') <> 'draft') THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'verifications', NEW.verification_id, (coalesce((SELECT v.state FROM claims_verification v WHERE v.id = NEW.verification_id), '') = 'published'), '', NULL, 0 WHERE TRUE AND NEW.verification_id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_evidence_touched_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (coalesce((SELECT v.state FROM claims_verification v WHERE v.id = NEW.verification_id), '') <> 'draft') THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'verifications', NEW.verification_id, (coalesce((SELECT v.state FROM claims_verification v WHERE v.id = NEW.verification_id), '') = 'published'), '', NULL, 0 WHERE TRUE AND NEW.verification_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'verifications', OLD.verification_id, TRUE, '', NULL, 0 WHERE (OLD.verification_id IS DISTINCT FROM NEW.verification_id) AND OLD.verification_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'sources', OLD.source_id, FALSE, 'verifications', OLD.verification_id, 0 WHERE (OLD.source_id IS DISTINCT FROM NEW.source_id) AND OLD.source_id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_position_touched_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', OLD.speaker_id, FALSE, '', NULL, 0 WHERE TRUE AND OLD.speaker_id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_position_touched_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', NEW.speaker_id, FALSE, '', NULL, 0 WHERE TRUE AND NEW.speaker_id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_position_touched_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', OLD.speaker_id, FALSE, '', NULL, 0 WHERE TRUE AND OLD.speaker_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', NEW.speaker_id, FALSE, '', NULL, 0 WHERE TRUE AND NEW.speaker_id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_positions(t text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
        SELECT coalesce(string_agg('''' || left(word, 64) || ''':' || least(n, 16383), ' '), '')::tsvector
        FROM unnest(string_to_array(btrim(regexp_replace(t, ' +', ' ', 'g')), ' ')) WITH ORDINALITY w(word, n)
        WHERE word NOT IN ('', '_') $$;
CREATE FUNCTION public.claims_quote_touched_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (OLD.decision = 'accepted') THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'quotes', OLD.id, TRUE, '', NULL, 0 WHERE TRUE AND OLD.id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'claims', OLD.claim_id, TRUE, 'quotes', OLD.id, 0 WHERE TRUE AND OLD.claim_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', OLD.speaker_id, FALSE, 'quotes', OLD.id, 0 WHERE TRUE AND OLD.speaker_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'sources', (SELECT s.source_id FROM claims_snapshot s WHERE s.id = OLD.snapshot_id), FALSE, 'quotes', OLD.id, 0 WHERE TRUE AND (SELECT s.source_id FROM claims_snapshot s WHERE s.id = OLD.snapshot_id) IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_quote_touched_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (NEW.decision = 'accepted') THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'quotes', NEW.id, TRUE, '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_quote_touched_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (OLD.decision = 'accepted' OR NEW.decision = 'accepted') THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'quotes', NEW.id, (OLD.decision IS DISTINCT FROM NEW.decision OR OLD.claim_id IS DISTINCT FROM NEW.claim_id OR OLD.speaker_id IS DISTINCT FROM NEW.speaker_id OR OLD.snapshot_id IS DISTINCT FROM NEW.snapshot_id), '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'claims', OLD.claim_id, TRUE, 'quotes', OLD.id, 0 WHERE (OLD.claim_id IS DISTINCT FROM NEW.claim_id) AND OLD.claim_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', OLD.speaker_id, FALSE, 'quotes', OLD.id, 0 WHERE (OLD.speaker_id IS DISTINCT FROM NEW.speaker_id) AND OLD.speaker_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'sources', (SELECT s.source_id FROM claims_snapshot s WHERE s.id = OLD.snapshot_id), FALSE, 'quotes', OLD.id, 0 WHERE (OLD.snapshot_id IS DISTINCT FROM NEW.snapshot_id) AND (SELECT s.source_id FROM claims_snapshot s WHERE s.id = OLD.snapshot_id) IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_quote_words_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT o.id FROM older o WHERE (o.decision = 'accepted')) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_quote_words_refresh(found); END IF;
found := ARRAY(SELECT i FROM (SELECT o.claim_id FROM older o WHERE (o.decision = 'accepted')) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_claim_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_quote_words_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT n.id FROM newer n WHERE (n.decision = 'accepted')) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_quote_words_refresh(found); END IF;
found := ARRAY(SELECT i FROM (SELECT n.claim_id FROM newer n WHERE (n.decision = 'accepted')) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_claim_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_quote_words_refresh(ids bigint[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
        BEGIN
            IF ids IS NULL THEN RETURN; END IF;
            PERFORM 1 FROM claims_claim h WHERE h.id IN (SELECT q.claim_id FROM claims_quote q WHERE q.id = ANY(ids)) ORDER BY h.id FOR NO KEY UPDATE; PERFORM 1 FROM claims_speaker h WHERE h.id IN (SELECT q.speaker_id FROM claims_quote q WHERE q.id = ANY(ids)) ORDER BY h.id FOR SHARE; PERFORM 1 FROM claims_source h WHERE h.id IN (SELECT t.source_id FROM claims_quote q JOIN claims_snapshot t ON t.id = q.snapshot_id WHERE q.id = ANY(ids)) ORDER BY h.id FOR SHARE; 
            DELETE FROM claims_quote_words WHERE row_id = ANY(ids);
            INSERT INTO claims_quote_words (rowid, row_id, words) SELECT ((least(greatest(coalesce(floor(extract(epoch FROM d.decided_at))::bigint, 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_vector(coalesce(d.exact, '') || chr(30) || coalesce(CASE WHEN c.text <> d.exact THEN c.text END, '') || chr(30) || coalesce((SELECT string_agg(n.name, chr(30) ORDER BY n.id) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || chr(30) || coalesce(o.title, '')) AS words FROM claims_quote d JOIN claims_snapshot s ON s.id = d.snapshot_id JOIN claims_source o ON o.id = s.source_id LEFT JOIN claims_claim c ON c.id = d.claim_id WHERE d.decision = 'accepted' AND d.id = ANY(ids)
            ON CONFLICT (row_id) DO UPDATE SET rowid = EXCLUDED.rowid, words = EXCLUDED.words;
        END $$;
CREATE FUNCTION public.claims_quote_words_truncate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN TRUNCATE claims_quote_words; RETURN NULL; END $$;
CREATE FUNCTION public.claims_quote_words_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT o.id FROM older o JOIN newer n ON n.id = o.id AND (o.exact IS DISTINCT FROM n.exact OR o.decision IS DISTINCT FROM n.decision OR o.decided_at IS DISTINCT FROM n.decided_at OR o.speaker_id IS DISTINCT FROM n.speaker_id OR o.claim_id IS DISTINCT FROM n.claim_id OR o.snapshot_id IS DISTINCT FROM n.snapshot_id) WHERE (o.decision = 'accepted' OR n.decision = 'accepted') UNION SELECT n.id FROM older o JOIN newer n ON n.id = o.id AND (o.exact IS DISTINCT FROM n.exact OR o.decision IS DISTINCT FROM n.decision OR o.decided_at IS DISTINCT FROM n.decided_at OR o.speaker_id IS DISTINCT FROM n.speaker_id OR o.claim_id IS DISTINCT FROM n.claim_id OR o.snapshot_id IS DISTINCT FROM n.snapshot_id) WHERE (o.decision = 'accepted' OR n.decision = 'accepted')) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_quote_words_refresh(found); END IF;
found := ARRAY(SELECT i FROM (SELECT o.claim_id FROM older o JOIN newer n ON n.id = o.id AND (o.exact IS DISTINCT FROM n.exact OR o.decision IS DISTINCT FROM n.decision OR o.decided_at IS DISTINCT FROM n.decided_at OR o.speaker_id IS DISTINCT FROM n.speaker_id OR o.claim_id IS DISTINCT FROM n.claim_id OR o.snapshot_id IS DISTINCT FROM n.snapshot_id) WHERE (o.decision = 'accepted' OR n.decision = 'accepted') UNION SELECT n.claim_id FROM older o JOIN newer n ON n.id = o.id AND (o.exact IS DISTINCT FROM n.exact OR o.decision IS DISTINCT FROM n.decision OR o.decided_at IS DISTINCT FROM n.decided_at OR o.speaker_id IS DISTINCT FROM n.speaker_id OR o.claim_id IS DISTINCT FROM n.claim_id OR o.snapshot_id IS DISTINCT FROM n.snapshot_id) WHERE (o.decision = 'accepted' OR n.decision = 'accepted')) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_claim_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_rating_touched_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'ratings', OLD.id, FALSE, '', NULL, 0 WHERE TRUE AND OLD.id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_rating_touched_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'ratings', NEW.id, FALSE, '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_rating_touched_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'ratings', NEW.id, (OLD.name IS DISTINCT FROM NEW.name OR OLD.slug IS DISTINCT FROM NEW.slug OR OLD.value IS DISTINCT FROM NEW.value OR OLD.worst IS DISTINCT FROM NEW.worst OR OLD.best IS DISTINCT FROM NEW.best), '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_snapshot_touched_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'sources', NEW.source_id, FALSE, '', NULL, 0 WHERE TRUE AND NEW.source_id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_source_title_words_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT d.id FROM claims_quote d WHERE d.snapshot_id IN (SELECT t.id FROM claims_snapshot t WHERE t.source_id IN (SELECT o.id FROM older o JOIN newer n ON n.id = o.id AND (o.title IS DISTINCT FROM n.title) WHERE (TRUE OR TRUE) UNION SELECT n.id FROM older o JOIN newer n ON n.id = o.id AND (o.title IS DISTINCT FROM n.title) WHERE (TRUE OR TRUE))) AND d.decision = 'accepted' ORDER BY d.id);
IF cardinality(found) > 0 THEN PERFORM claims_quote_words_refresh(found); END IF;
found := ARRAY(SELECT d.id FROM claims_claim d WHERE d.id IN (SELECT a.claim_id FROM claims_quote a JOIN claims_snapshot t ON t.id = a.snapshot_id WHERE a.decision = 'accepted' AND t.source_id IN (SELECT o.id FROM older o JOIN newer n ON n.id = o.id AND (o.title IS DISTINCT FROM n.title) WHERE (TRUE OR TRUE) UNION SELECT n.id FROM older o JOIN newer n ON n.id = o.id AND (o.title IS DISTINCT FROM n.title) WHERE (TRUE OR TRUE))) AND d.released_at IS NOT NULL AND d.retracted_at IS NULL ORDER BY d.id);
IF cardinality(found) > 0 THEN PERFORM claims_claim_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_source_touched_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'sources', OLD.id, FALSE, '', NULL, 0 WHERE TRUE AND OLD.id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_source_touched_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'sources', NEW.id, (OLD.title IS DISTINCT FROM NEW.title OR OLD.publisher IS DISTINCT FROM NEW.publisher OR OLD.url IS DISTINCT FROM NEW.url OR OLD.published_on IS DISTINCT FROM NEW.published_on OR OLD.language IS DISTINCT FROM NEW.language OR OLD.translated_from IS DISTINCT FROM NEW.translated_from), '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_source_words_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT o.id FROM older o WHERE (TRUE)) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_source_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_source_words_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT n.id FROM newer n WHERE (TRUE)) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_source_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_source_words_refresh(ids bigint[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
        BEGIN
            IF ids IS NULL THEN RETURN; END IF;
            DELETE FROM claims_source_words WHERE row_id = ANY(ids);
            INSERT INTO claims_source_words (rowid, row_id, words) SELECT ((least(greatest(coalesce(floor(extract(epoch FROM d.created_at))::bigint, 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_vector(coalesce(d.title, '') || chr(30) || coalesce(d.publisher, '')) AS words FROM claims_source d WHERE TRUE AND d.id = ANY(ids)
            ON CONFLICT (row_id) DO UPDATE SET rowid = EXCLUDED.rowid, words = EXCLUDED.words;
        END $$;
CREATE FUNCTION public.claims_source_words_truncate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN TRUNCATE claims_source_words; RETURN NULL; END $$;
CREATE FUNCTION public.claims_source_words_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT o.id FROM older o JOIN newer n ON n.id = o.id AND (o.title IS DISTINCT FROM n.title OR o.publisher IS DISTINCT FROM n.publisher OR o.created_at IS DISTINCT FROM n.created_at) WHERE (TRUE OR TRUE) UNION SELECT n.id FROM older o JOIN newer n ON n.id = o.id AND (o.title IS DISTINCT FROM n.title OR o.publisher IS DISTINCT FROM n.publisher OR o.created_at IS DISTINCT FROM n.created_at) WHERE (TRUE OR TRUE)) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_source_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_speaker_touched_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', OLD.id, FALSE, '', NULL, 0 WHERE TRUE AND OLD.id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_speaker_touched_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', NEW.id, (OLD.name IS DISTINCT FROM NEW.name OR OLD.kind IS DISTINCT FROM NEW.kind OR OLD.wikidata_id IS DISTINCT FROM NEW.wikidata_id), '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_speaker_words_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT o.id FROM older o WHERE (TRUE)) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_speaker_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_speaker_words_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT n.id FROM newer n WHERE (TRUE)) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_speaker_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_speaker_words_refresh(ids bigint[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
        BEGIN
            IF ids IS NULL THEN RETURN; END IF;
            DELETE FROM claims_speaker_words WHERE row_id = ANY(ids);
            INSERT INTO claims_speaker_words (rowid, row_id, words) SELECT d.id AS rowid, d.id AS row_id, claims_vector(coalesce(d.name, '') || chr(30) || coalesce((SELECT string_agg(n.name, chr(30) ORDER BY n.id) FROM claims_speakername n WHERE n.speaker_id = d.id), '')) AS words FROM claims_speaker d WHERE TRUE AND d.id = ANY(ids)
            ON CONFLICT (row_id) DO UPDATE SET rowid = EXCLUDED.rowid, words = EXCLUDED.words;
        END $$;
CREATE FUNCTION public.claims_speaker_words_truncate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN TRUNCATE claims_speaker_words; RETURN NULL; END $$;
CREATE FUNCTION public.claims_speaker_words_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT o.id FROM older o JOIN newer n ON n.id = o.id AND (o.name IS DISTINCT FROM n.name) WHERE (TRUE OR TRUE) UNION SELECT n.id FROM older o JOIN newer n ON n.id = o.id AND (o.name IS DISTINCT FROM n.name) WHERE (TRUE OR TRUE)) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_speaker_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_speakername_touched_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', OLD.speaker_id, TRUE, '', NULL, 0 WHERE TRUE AND OLD.speaker_id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_speakername_touched_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', NEW.speaker_id, TRUE, '', NULL, 0 WHERE TRUE AND NEW.speaker_id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_speakername_touched_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', OLD.speaker_id, TRUE, '', NULL, 0 WHERE TRUE AND OLD.speaker_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', NEW.speaker_id, TRUE, '', NULL, 0 WHERE TRUE AND NEW.speaker_id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_speakername_words_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT o.speaker_id FROM older o WHERE (TRUE)) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_speaker_words_refresh(found); END IF;
PERFORM 1 FROM claims_speaker h WHERE h.id IN (SELECT o.speaker_id FROM older o WHERE (TRUE)) ORDER BY h.id FOR NO KEY UPDATE;
found := ARRAY(SELECT d.id FROM claims_quote d WHERE d.speaker_id IN (SELECT o.speaker_id FROM older o WHERE (TRUE)) AND d.decision = 'accepted' ORDER BY d.id);
IF cardinality(found) > 0 THEN PERFORM claims_quote_words_refresh(found); END IF;
PERFORM 1 FROM claims_speaker h WHERE h.id IN (SELECT o.speaker_id FROM older o WHERE (TRUE)) ORDER BY h.id FOR NO KEY UPDATE;
found := ARRAY(SELECT d.id FROM claims_claim d WHERE d.speaker_id IN (SELECT o.speaker_id FROM older o WHERE (TRUE)) AND d.released_at IS NOT NULL AND d.retracted_at IS NULL ORDER BY d.id);
IF cardinality(found) > 0 THEN PERFORM claims_claim_words_refresh(found); END IF;
PERFORM 1 FROM claims_speaker h WHERE h.id IN (SELECT o.speaker_id FROM older o WHERE (TRUE)) ORDER BY h.id FOR NO KEY UPDATE;
found := ARRAY(SELECT d.id FROM claims_verification d WHERE d.claim_id IN (SELECT l.id FROM claims_claim l WHERE l.speaker_id IN (SELECT o.speaker_id FROM older o WHERE (TRUE))) AND d.state = 'published' ORDER BY d.id);
IF cardinality(found) > 0 THEN PERFORM claims_verification_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_speakername_words_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT n.speaker_id FROM newer n WHERE (TRUE)) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_speaker_words_refresh(found); END IF;
PERFORM 1 FROM claims_speaker h WHERE h.id IN (SELECT n.speaker_id FROM newer n WHERE (TRUE)) ORDER BY h.id FOR NO KEY UPDATE;
found := ARRAY(SELECT d.id FROM claims_quote d WHERE d.speaker_id IN (SELECT n.speaker_id FROM newer n WHERE (TRUE)) AND d.decision = 'accepted' ORDER BY d.id);
IF cardinality(found) > 0 THEN PERFORM claims_quote_words_refresh(found); END IF;
PERFORM 1 FROM claims_speaker h WHERE h.id IN (SELECT n.speaker_id FROM newer n WHERE (TRUE)) ORDER BY h.id FOR NO KEY UPDATE;
found := ARRAY(SELECT d.id FROM claims_claim d WHERE d.speaker_id IN (SELECT n.speaker_id FROM newer n WHERE (TRUE)) AND d.released_at IS NOT NULL AND d.retracted_at IS NULL ORDER BY d.id);
IF cardinality(found) > 0 THEN PERFORM claims_claim_words_refresh(found); END IF;
PERFORM 1 FROM claims_speaker h WHERE h.id IN (SELECT n.speaker_id FROM newer n WHERE (TRUE)) ORDER BY h.id FOR NO KEY UPDATE;
found := ARRAY(SELECT d.id FROM claims_verification d WHERE d.claim_id IN (SELECT l.id FROM claims_claim l WHERE l.speaker_id IN (SELECT n.speaker_id FROM newer n WHERE (TRUE))) AND d.state = 'published' ORDER BY d.id);
IF cardinality(found) > 0 THEN PERFORM claims_verification_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_speakername_words_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT o.speaker_id FROM older o JOIN newer n ON n.id = o.id AND (o.name IS DISTINCT FROM n.name OR o.speaker_id IS DISTINCT FROM n.speaker_id) WHERE (TRUE OR TRUE) UNION SELECT n.speaker_id FROM older o JOIN newer n ON n.id = o.id AND (o.name IS DISTINCT FROM n.name OR o.speaker_id IS DISTINCT FROM n.speaker_id) WHERE (TRUE OR TRUE)) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_speaker_words_refresh(found); END IF;
PERFORM 1 FROM claims_speaker h WHERE h.id IN (SELECT o.speaker_id FROM older o JOIN newer n ON n.id = o.id AND (o.name IS DISTINCT FROM n.name OR o.speaker_id IS DISTINCT FROM n.speaker_id) WHERE (TRUE OR TRUE) UNION SELECT n.speaker_id FROM older o JOIN newer n ON n.id = o.id AND (o.name IS DISTINCT FROM n.name OR o.speaker_id IS DISTINCT FROM n.speaker_id) WHERE (TRUE OR TRUE)) ORDER BY h.id FOR NO KEY UPDATE;
found := ARRAY(SELECT d.id FROM claims_quote d WHERE d.speaker_id IN (SELECT o.speaker_id FROM older o JOIN newer n ON n.id = o.id AND (o.name IS DISTINCT FROM n.name OR o.speaker_id IS DISTINCT FROM n.speaker_id) WHERE (TRUE OR TRUE) UNION SELECT n.speaker_id FROM older o JOIN newer n ON n.id = o.id AND (o.name IS DISTINCT FROM n.name OR o.speaker_id IS DISTINCT FROM n.speaker_id) WHERE (TRUE OR TRUE)) AND d.decision = 'accepted' ORDER BY d.id);
IF cardinality(found) > 0 THEN PERFORM claims_quote_words_refresh(found); END IF;
PERFORM 1 FROM claims_speaker h WHERE h.id IN (SELECT o.speaker_id FROM older o JOIN newer n ON n.id = o.id AND (o.name IS DISTINCT FROM n.name OR o.speaker_id IS DISTINCT FROM n.speaker_id) WHERE (TRUE OR TRUE) UNION SELECT n.speaker_id FROM older o JOIN newer n ON n.id = o.id AND (o.name IS DISTINCT FROM n.name OR o.speaker_id IS DISTINCT FROM n.speaker_id) WHERE (TRUE OR TRUE)) ORDER BY h.id FOR NO KEY UPDATE;
found := ARRAY(SELECT d.id FROM claims_claim d WHERE d.speaker_id IN (SELECT o.speaker_id FROM older o JOIN newer n ON n.id = o.id AND (o.name IS DISTINCT FROM n.name OR o.speaker_id IS DISTINCT FROM n.speaker_id) WHERE (TRUE OR TRUE) UNION SELECT n.speaker_id FROM older o JOIN newer n ON n.id = o.id AND (o.name IS DISTINCT FROM n.name OR o.speaker_id IS DISTINCT FROM n.speaker_id) WHERE (TRUE OR TRUE)) AND d.released_at IS NOT NULL AND d.retracted_at IS NULL ORDER BY d.id);
IF cardinality(found) > 0 THEN PERFORM claims_claim_words_refresh(found); END IF;
PERFORM 1 FROM claims_speaker h WHERE h.id IN (SELECT o.speaker_id FROM older o JOIN newer n ON n.id = o.id AND (o.name IS DISTINCT FROM n.name OR o.speaker_id IS DISTINCT FROM n.speaker_id) WHERE (TRUE OR TRUE) UNION SELECT n.speaker_id FROM older o JOIN newer n ON n.id = o.id AND (o.name IS DISTINCT FROM n.name OR o.speaker_id IS DISTINCT FROM n.speaker_id) WHERE (TRUE OR TRUE)) ORDER BY h.id FOR NO KEY UPDATE;
found := ARRAY(SELECT d.id FROM claims_verification d WHERE d.claim_id IN (SELECT l.id FROM claims_claim l WHERE l.speaker_id IN (SELECT o.speaker_id FROM older o JOIN newer n ON n.id = o.id AND (o.name IS DISTINCT FROM n.name OR o.speaker_id IS DISTINCT FROM n.speaker_id) WHERE (TRUE OR TRUE) UNION SELECT n.speaker_id FROM older o JOIN newer n ON n.id = o.id AND (o.name IS DISTINCT FROM n.name OR o.speaker_id IS DISTINCT FROM n.speaker_id) WHERE (TRUE OR TRUE))) AND d.state = 'published' ORDER BY d.id);
IF cardinality(found) > 0 THEN PERFORM claims_verification_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_topic_touched_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'topics', OLD.id, FALSE, '', NULL, 0 WHERE TRUE AND OLD.id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_topic_touched_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (TRUE) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'topics', NEW.id, (OLD.name IS DISTINCT FROM NEW.name OR OLD.slug IS DISTINCT FROM NEW.slug), '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_topic_words_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT o.id FROM older o WHERE (TRUE)) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_topic_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_topic_words_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT n.id FROM newer n WHERE (TRUE)) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_topic_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_topic_words_refresh(ids bigint[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
        BEGIN
            IF ids IS NULL THEN RETURN; END IF;
            DELETE FROM claims_topic_words WHERE row_id = ANY(ids);
            INSERT INTO claims_topic_words (rowid, row_id, words) SELECT d.id AS rowid, d.id AS row_id, claims_vector(coalesce(d.name, '') || chr(30) || coalesce(d.description, '')) AS words FROM claims_topic d WHERE TRUE AND d.id = ANY(ids)
            ON CONFLICT (row_id) DO UPDATE SET rowid = EXCLUDED.rowid, words = EXCLUDED.words;
        END $$;
CREATE FUNCTION public.claims_topic_words_truncate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN TRUNCATE claims_topic_words; RETURN NULL; END $$;
CREATE FUNCTION public.claims_topic_words_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT o.id FROM older o JOIN newer n ON n.id = o.id AND (o.name IS DISTINCT FROM n.name OR o.description IS DISTINCT FROM n.description) WHERE (TRUE OR TRUE) UNION SELECT n.id FROM older o JOIN newer n ON n.id = o.id AND (o.name IS DISTINCT FROM n.name OR o.description IS DISTINCT FROM n.description) WHERE (TRUE OR TRUE)) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_topic_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_vector(t text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
        DECLARE words text := claims_words(left(t, 200000));
        BEGIN
            IF words ~ '[^a-z _]|[a-z]{65}|betweenplaces' THEN RETURN claims_positions(words); END IF;
            RETURN ts_delete(to_tsvector('pg_catalog.simple', replace(words, '_', 'betweenplaces')), 'betweenplaces');
        END $$;
CREATE FUNCTION public.claims_verification_touched_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (OLD.state <> 'draft') THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'verifications', OLD.id, TRUE, '', NULL, 0 WHERE TRUE AND OLD.id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'claims', OLD.claim_id, TRUE, '', NULL, 0 WHERE TRUE AND OLD.claim_id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_verification_touched_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (NEW.state <> 'draft') THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'verifications', NEW.id, TRUE, '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_verification_touched_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN IF (OLD.state <> NEW.state OR NEW.state = 'published' OR (NEW.state = 'submitted' AND OLD.claim_id <> NEW.claim_id)) THEN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'verifications', NEW.id, TRUE, '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'claims', OLD.claim_id, TRUE, '', NULL, 0 WHERE (OLD.claim_id IS DISTINCT FROM NEW.claim_id) AND OLD.claim_id IS NOT NULL; END IF; RETURN NULL; END $$;
CREATE FUNCTION public.claims_verification_words_delete() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT o.id FROM older o WHERE (o.state = 'published')) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_verification_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_verification_words_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT n.id FROM newer n WHERE (n.state = 'published')) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_verification_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_verification_words_refresh(ids bigint[]) RETURNS void
    LANGUAGE plpgsql
    AS $$
        BEGIN
            IF ids IS NULL THEN RETURN; END IF;
            PERFORM 1 FROM claims_claim h WHERE h.id IN (SELECT v.claim_id FROM claims_verification v WHERE v.id = ANY(ids)) ORDER BY h.id FOR NO KEY UPDATE; PERFORM 1 FROM claims_speaker h WHERE h.id IN (SELECT c.speaker_id FROM claims_verification v JOIN claims_claim c ON c.id = v.claim_id WHERE v.id = ANY(ids)) ORDER BY h.id FOR SHARE; 
            DELETE FROM claims_verification_words WHERE row_id = ANY(ids);
            INSERT INTO claims_verification_words (rowid, row_id, words) SELECT ((least(greatest(coalesce(floor(extract(epoch FROM d.published_at))::bigint, 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_vector(coalesce(d.explanation, '') || chr(30) || coalesce(c.text, '') || chr(30) || coalesce((SELECT string_agg(n.name, chr(30) ORDER BY n.id) FROM claims_speakername n WHERE n.speaker_id = c.speaker_id), '')) AS words FROM claims_verification d JOIN claims_claim c ON c.id = d.claim_id WHERE d.state = 'published' AND d.id = ANY(ids)
            ON CONFLICT (row_id) DO UPDATE SET rowid = EXCLUDED.rowid, words = EXCLUDED.words;
        END $$;
CREATE FUNCTION public.claims_verification_words_truncate() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
            BEGIN TRUNCATE claims_verification_words; RETURN NULL; END $$;
CREATE FUNCTION public.claims_verification_words_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        DECLARE found bigint[];
        BEGIN
            found := ARRAY(SELECT i FROM (SELECT o.id FROM older o JOIN newer n ON n.id = o.id AND (o.explanation IS DISTINCT FROM n.explanation OR o.state IS DISTINCT FROM n.state OR o.claim_id IS DISTINCT FROM n.claim_id OR o.published_at IS DISTINCT FROM n.published_at) WHERE (o.state = 'published' OR n.state = 'published') UNION SELECT n.id FROM older o JOIN newer n ON n.id = o.id AND (o.explanation IS DISTINCT FROM n.explanation OR o.state IS DISTINCT FROM n.state OR o.claim_id IS DISTINCT FROM n.claim_id OR o.published_at IS DISTINCT FROM n.published_at) WHERE (o.state = 'published' OR n.state = 'published')) x(i) WHERE i IS NOT NULL ORDER BY i);
IF cardinality(found) > 0 THEN PERFORM claims_verification_words_refresh(found); END IF;
            RETURN NULL;
        END $$;
CREATE FUNCTION public.claims_words(t text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
        SELECT CASE WHEN octet_length(t) = length(t)
            THEN replace(regexp_replace(translate(t, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz'), '[^a-z0-9\u001e]+', ' ', 'g'), chr(30), ' _ ')
            ELSE replace(regexp_replace(regexp_replace(replace(replace(replace(translate(lower(normalize(regexp_replace(replace(replace(replace(replace(replace(replace(normalize(t, NFKD), normalize('Й', NFD), 'Й'), normalize('й', NFD), 'й'), normalize('Ї', NFD), 'Ї'), normalize('ї', NFD), 'ї'), normalize('Ў', NFD), 'Ў'), normalize('ў', NFD), 'ў'), '[\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u200c-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe00-\ufe0f\ufeff]+', '', 'g'), NFKC)), 'łøđħŧıς', 'lodhtiσ'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), '[\u0000-\u001d\u001f-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a9\u00ab-\u00b1\u00b4-\u00b4\u00b6-\u00b8\u00bb-\u00bb\u00bf-\u00bf\u00d7-\u00d7\u00f7-\u00f7\u02c2-\u02c5\u02d2-\u02df\u02e5-\u02eb\u02ed-\u02ed\u02ef-\u02ff\u0375-\u0375\u037e-\u037e\u0384-\u0385\u0387-\u0387\u03f6-\u03f6\u0482-\u0482\u055a-\u055f\u0589-\u058a\u058d-\u058f\u05be-\u05be\u05c0-\u05c0\u05c3-\u05c3\u05c6-\u05c6\u05f3-\u05f4\u0600-\u060f\u061b-\u061f\u066a-\u066d\u06d4-\u06d4\u06dd-\u06de\u06e9-\u06e9\u06fd-\u06fe\u0700-\u070d\u070f-\u070f\u07f6-\u07f9\u07fe-\u07ff\u0830-\u083e\u085e-\u085e\u0888-\u0888\u0890-\u0891\u08e2-\u08e2\u0964-\u0965\u0970-\u0970\u09f2-\u09f3\u09fa-\u09fb\u09fd-\u09fd\u0a76-\u0a76\u0af0-\u0af1\u0b70-\u0b70\u0bf3-\u0bfa\u0c77-\u0c77\u0c7f-\u0c7f\u0c84-\u0c84\u0d4f-\u0d4f\u0d79-\u0d79\u0df4-\u0df4\u0f01-\u0f17\u0f1a-\u0f1f\u0f34-\u0f34\u0f36-\u0f36\u0f38-\u0f38\u0f3a-\u0f3d\u0f85-\u0f85\u0fbe-\u0fc5\u0fc7-\u0fcc\u0fce-\u0fda\u10fb-\u10fb\u1360-\u1368\u1390-\u1399\u1400-\u1400\u166d-\u166e\u1680-\u1680\u169b-\u169c\u16eb-\u16ed\u1735-\u1736\u1800-\u180a\u180e-\u180e\u1940-\u1940\u1944-\u1945\u19de-\u19ff\u1a1e-\u1a1f\u1aa0-\u1aa6\u1aa8-\u1aad\u1b5a-\u1b6a\u1b74-\u1b7e\u1bfc-\u1bff\u1c3b-\u1c3f\u1c7e-\u1c7f\u1cc0-\u1cc7\u1cd3-\u1cd3\u1fbd-\u1fbd\u1fbf-\u1fc1\u1fcd-\u1fcf\u1fdd-\u1fdf\u1fed-\u1fef\u1ffd-\u1ffe\u2000-\u2064\u2066-\u206f\u207a-\u207e\u208a-\u208e\u20a0-\u20c0\u2100-\u2101\u2103-\u2106\u2108-\u2109\u2114-\u2114\u2116-\u2118\u211e-\u2123\u2125-\u2125\u2127-\u2127\u2129-\u2129\u212e-\u212e\u213a-\u213b\u2140-\u2144\u214a-\u214d\u214f-\u214f\u218a-\u218b\u2190-\u2426\u2440-\u244a\u249c-\u24e9\u2500-\u25ff\u27c0-\u2b73\u2b76-\u2b95\u2b97-\u2bff\u2ce5-\u2cea\u2cf9-\u2cfc\u2cfe-\u2cff\u2d70-\u2d70\u2e00-\u2e2e\u2e30-\u2e5d\u2e80-\u2e99\u2e9b-\u2ef3\u2f00-\u2fd5\u2ff0-\u2ffb\u3000-\u3004\u3008-\u3020\u3030-\u3030\u3036-\u3037\u303d-\u303f\u3190-\u3191\u3196-\u319f\u31c0-\u31e3\u3200-\u321e\u322a-\u3247\u3250-\u3250\u3260-\u327f\u328a-\u32b0\u32c0-\u33ff\u4dc0-\u4dff\ua490-\ua4c6\ua4fe-\ua4ff\ua60d-\ua60f\ua673-\ua673\ua67e-\ua67e\ua6f2-\ua6f7\ua700-\ua716\ua720-\ua721\ua789-\ua78a\ua828-\ua82b\ua836-\ua839\ua874-\ua877\ua8ce-\ua8cf\ua8f8-\ua8fa\ua8fc-\ua8fc\ua92e-\ua92f\ua95f-\ua95f\ua9c1-\ua9cd\ua9de-\ua9df\uaa5c-\uaa5f\uaa77-\uaa79\uaade-\uaadf\uaaf0-\uaaf1\uab5b-\uab5b\uab6a-\uab6b\uabeb-\uabeb\ue000-\uf8ff\ufb29-\ufb29\ufbb2-\ufbc2\ufd3e-\ufd4f\ufdcf-\ufdcf\ufdfc-\ufdff\ufe10-\ufe19\ufe30-\ufe52\ufe54-\ufe66\ufe68-\ufe6b\ufeff-\ufeff\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65\uffe0-\uffe6\uffe8-\uffee\ufff9-\ufffd\u02bc-\u02bc]+', ' ', 'g'), '([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2600-\u27bf\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U0003ffff])', ' \1 ', 'g'), chr(30), ' _ ') END $$;
CREATE FUNCTION public.comment_is_not_edited() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            IF (TRUE) AND (OLD.quote_id IS DISTINCT FROM NEW.quote_id OR OLD.claim_id IS DISTINCT FROM NEW.claim_id OR OLD.verification_id IS DISTINCT FROM NEW.verification_id OR OLD.author_id IS DISTINCT FROM NEW.author_id OR OLD.text IS DISTINCT FROM NEW.text OR OLD.created_at IS DISTINCT FROM NEW.created_at) THEN
                RAISE EXCEPTION 'comment_is_not_edited' USING ERRCODE = 'check_violation', CONSTRAINT = 'comment_is_not_edited', TABLE = 'claims_comment';
            END IF;
            RETURN NEW;
        END $$;
CREATE FUNCTION public.evidence_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            IF ((SELECT v.state FROM claims_verification v WHERE v.id = OLD.verification_id) IN ('published', 'superseded', 'withdrawn')) AND (OLD.verification_id IS DISTINCT FROM NEW.verification_id OR OLD.url IS DISTINCT FROM NEW.url OR OLD.source_id IS DISTINCT FROM NEW.source_id OR OLD.archive_url IS DISTINCT FROM NEW.archive_url OR OLD.stance IS DISTINCT FROM NEW.stance OR OLD.excerpt IS DISTINCT FROM NEW.excerpt OR OLD.note IS DISTINCT FROM NEW.note) THEN
                RAISE EXCEPTION 'evidence_is_append_only' USING ERRCODE = 'check_violation', CONSTRAINT = 'evidence_is_append_only', TABLE = 'claims_evidence';
            END IF;
            RETURN NEW;
        END $$;
CREATE FUNCTION public.quote_exact_is_slice() RETURNS trigger
    LANGUAGE plpgsql
    AS $_$
        DECLARE body text; words text; size bigint; low int; high int;
        BEGIN
            IF NEW.spans IS NOT NULL THEN
              IF jsonb_typeof(NEW.spans) <> 'array' THEN RAISE EXCEPTION 'quote_exact_is_slice' USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_exact_is_slice', TABLE = 'claims_quote'; END IF;
              IF EXISTS (SELECT 1 FROM jsonb_array_elements(NEW.spans) s
                         WHERE jsonb_typeof(s) <> 'array' OR jsonb_array_length(s) <> 2
                            OR s->>0 !~ '^[0-9]{1,9}$' OR s->>1 !~ '^[0-9]{1,9}$'
                            OR jsonb_typeof(s->0) <> 'number' OR jsonb_typeof(s->1) <> 'number')
              THEN RAISE EXCEPTION 'quote_exact_is_slice' USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_exact_is_slice', TABLE = 'claims_quote'; END IF;
              IF EXISTS (SELECT 1 FROM (SELECT (s.value->>0)::int AS a, (s.value->>1)::int AS b, s.ordinality AS n,
                             lag((s.value->>1)::int) OVER (ORDER BY s.ordinality) AS before
                        FROM jsonb_array_elements(NEW.spans) WITH ORDINALITY s) parts WHERE a >= b OR a < before) THEN RAISE EXCEPTION 'quote_exact_is_slice' USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_exact_is_slice', TABLE = 'claims_quote'; END IF;
            END IF;
            IF NEW.cue_spans IS NOT NULL THEN
              IF jsonb_typeof(NEW.cue_spans) <> 'array' THEN RAISE EXCEPTION 'quote_exact_is_slice' USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_exact_is_slice', TABLE = 'claims_quote'; END IF;
              IF EXISTS (SELECT 1 FROM jsonb_array_elements(NEW.cue_spans) s
                         WHERE jsonb_typeof(s) <> 'array' OR jsonb_array_length(s) <> 2
                            OR s->>0 !~ '^[0-9]{1,9}$' OR s->>1 !~ '^[0-9]{1,9}$'
                            OR jsonb_typeof(s->0) <> 'number' OR jsonb_typeof(s->1) <> 'number')
              THEN RAISE EXCEPTION 'quote_exact_is_slice' USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_exact_is_slice', TABLE = 'claims_quote'; END IF;
              IF EXISTS (SELECT 1 FROM (SELECT (s.value->>0)::int AS a, (s.value->>1)::int AS b, s.ordinality AS n,
                             lag((s.value->>1)::int) OVER (ORDER BY s.ordinality) AS before
                        FROM jsonb_array_elements(NEW.cue_spans) WITH ORDINALITY s) parts WHERE a >= b OR a < before) THEN RAISE EXCEPTION 'quote_exact_is_slice' USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_exact_is_slice', TABLE = 'claims_quote'; END IF;
            END IF;
            IF NEW.mention_spans IS NOT NULL THEN
              IF jsonb_typeof(NEW.mention_spans) <> 'array' THEN RAISE EXCEPTION 'quote_exact_is_slice' USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_exact_is_slice', TABLE = 'claims_quote'; END IF;
              IF EXISTS (SELECT 1 FROM jsonb_array_elements(NEW.mention_spans) s
                         WHERE jsonb_typeof(s) <> 'array' OR jsonb_array_length(s) <> 2
                            OR s->>0 !~ '^[0-9]{1,9}$' OR s->>1 !~ '^[0-9]{1,9}$'
                            OR jsonb_typeof(s->0) <> 'number' OR jsonb_typeof(s->1) <> 'number')
              THEN RAISE EXCEPTION 'quote_exact_is_slice' USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_exact_is_slice', TABLE = 'claims_quote'; END IF;
              IF EXISTS (SELECT 1 FROM (SELECT (s.value->>0)::int AS a, (s.value->>1)::int AS b, s.ordinality AS n,
                             lag((s.value->>1)::int) OVER (ORDER BY s.ordinality) AS before
                        FROM jsonb_array_elements(NEW.mention_spans) WITH ORDINALITY s) parts WHERE a >= b OR a < before) THEN RAISE EXCEPTION 'quote_exact_is_slice' USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_exact_is_slice', TABLE = 'claims_quote'; END IF;
            END IF;IF NEW.start IS DISTINCT FROM (NEW.spans->0->>0)::int OR NEW."end" IS DISTINCT FROM (NEW.spans->-1->>1)::int THEN RAISE EXCEPTION 'quote_exact_is_slice' USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_exact_is_slice', TABLE = 'claims_quote'; END IF;
            low := least((NEW.spans->0->>0)::int, (NEW.cue_spans->0->>0)::int, (NEW.mention_spans->0->>0)::int);
            high := greatest((NEW.spans->-1->>1)::int, (NEW.cue_spans->-1->>1)::int, (NEW.mention_spans->-1->>1)::int);
            SELECT substr(t.text, low + 1, high - low) INTO body FROM claims_snapshot t WHERE t.id = NEW.snapshot_id;
            IF NEW.spans IS NOT NULL THEN
              SELECT coalesce(string_agg(substr(body, a - low + 1, b - a), ' ' ORDER BY n), ''),
                     coalesce(sum(b - a) + count(*) - 1, 0)
                INTO words, size
                FROM (SELECT (s.value->>0)::int AS a, (s.value->>1)::int AS b, s.ordinality AS n,
                             lag((s.value->>1)::int) OVER (ORDER BY s.ordinality) AS before
                        FROM jsonb_array_elements(NEW.spans) WITH ORDINALITY s) parts;
              IF words IS DISTINCT FROM NEW.exact OR size IS DISTINCT FROM length(words) THEN RAISE EXCEPTION 'quote_exact_is_slice' USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_exact_is_slice', TABLE = 'claims_quote'; END IF;
            END IF;
            IF NEW.cue_spans IS NOT NULL THEN
              SELECT coalesce(string_agg(substr(body, a - low + 1, b - a), ' ' ORDER BY n), ''),
                     coalesce(sum(b - a) + count(*) - 1, 0)
                INTO words, size
                FROM (SELECT (s.value->>0)::int AS a, (s.value->>1)::int AS b, s.ordinality AS n,
                             lag((s.value->>1)::int) OVER (ORDER BY s.ordinality) AS before
                        FROM jsonb_array_elements(NEW.cue_spans) WITH ORDINALITY s) parts;
              IF words IS DISTINCT FROM NEW.cue OR size IS DISTINCT FROM length(words) THEN RAISE EXCEPTION 'quote_exact_is_slice' USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_exact_is_slice', TABLE = 'claims_quote'; END IF;
            END IF;
            IF NEW.mention_spans IS NOT NULL THEN
              SELECT coalesce(string_agg(substr(body, a - low + 1, b - a), ' ' ORDER BY n), ''),
                     coalesce(sum(b - a) + count(*) - 1, 0)
                INTO words, size
                FROM (SELECT (s.value->>0)::int AS a, (s.value->>1)::int AS b, s.ordinality AS n,
                             lag((s.value->>1)::int) OVER (ORDER BY s.ordinality) AS before
                        FROM jsonb_array_elements(NEW.mention_spans) WITH ORDINALITY s) parts;
              IF words IS DISTINCT FROM NEW.mention OR size IS DISTINCT FROM length(words) THEN RAISE EXCEPTION 'quote_exact_is_slice' USING ERRCODE = 'check_violation', CONSTRAINT = 'quote_exact_is_slice', TABLE = 'claims_quote'; END IF;
            END IF;
            RETURN NEW;
        END $_$;
CREATE FUNCTION public.snapshot_is_immutable() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            IF (TRUE) AND (OLD.source_id IS DISTINCT FROM NEW.source_id OR OLD.text IS DISTINCT FROM NEW.text OR OLD.sha256 IS DISTINCT FROM NEW.sha256) THEN
                RAISE EXCEPTION 'snapshot_is_immutable' USING ERRCODE = 'check_violation', CONSTRAINT = 'snapshot_is_immutable', TABLE = 'claims_snapshot';
            END IF;
            RETURN NEW;
        END $$;
CREATE FUNCTION public.verification_ends_for_good() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            IF (OLD.state IN ('superseded', 'withdrawn') OR (OLD.state = 'published' AND NEW.state NOT IN ('superseded', 'withdrawn'))) AND (OLD.state IS DISTINCT FROM NEW.state) THEN
                RAISE EXCEPTION 'verification_ends_for_good' USING ERRCODE = 'check_violation', CONSTRAINT = 'verification_ends_for_good', TABLE = 'claims_verification';
            END IF;
            RETURN NEW;
        END $$;
CREATE FUNCTION public.verification_is_append_only() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
        BEGIN
            IF (OLD.state IN ('published', 'superseded', 'withdrawn')) AND (OLD.claim_id IS DISTINCT FROM NEW.claim_id OR OLD.rating_id IS DISTINCT FROM NEW.rating_id OR OLD.explanation IS DISTINCT FROM NEW.explanation OR OLD.author_id IS DISTINCT FROM NEW.author_id OR OLD.approver_id IS DISTINCT FROM NEW.approver_id OR OLD.fingerprint IS DISTINCT FROM NEW.fingerprint OR OLD.published_at IS DISTINCT FROM NEW.published_at OR OLD.reopened_from_id IS DISTINCT FROM NEW.reopened_from_id) THEN
                RAISE EXCEPTION 'verification_is_append_only' USING ERRCODE = 'check_violation', CONSTRAINT = 'verification_is_append_only', TABLE = 'claims_verification';
            END IF;
            RETURN NEW;
        END $$;
CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);
ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);
ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_user (
    id integer NOT NULL,
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    is_superuser boolean NOT NULL,
    username character varying(150) NOT NULL,
    first_name character varying(150) NOT NULL,
    last_name character varying(150) NOT NULL,
    email character varying(254) NOT NULL,
    is_staff boolean NOT NULL,
    is_active boolean NOT NULL,
    date_joined timestamp with time zone NOT NULL
);
CREATE TABLE public.auth_user_groups (
    id bigint NOT NULL,
    user_id integer NOT NULL,
    group_id integer NOT NULL
);
ALTER TABLE public.auth_user_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_user_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
ALTER TABLE public.auth_user ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_user_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.auth_user_user_permissions (
    id bigint NOT NULL,
    user_id integer NOT NULL,
    permission_id integer NOT NULL
);
ALTER TABLE public.auth_user_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_user_user_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.axes_accessattempt (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    get_data text NOT NULL,
    post_data text NOT NULL,
    failures_since_start integer NOT NULL,
    CONSTRAINT axes_accessattempt_failures_since_start_check CHECK ((failures_since_start >= 0))
);
ALTER TABLE public.axes_accessattempt ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessattempt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.axes_accessattemptexpiration (
    access_attempt_id integer NOT NULL,
    expires_at timestamp with time zone NOT NULL
);
CREATE TABLE public.axes_accessfailurelog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    locked_out boolean NOT NULL
);
ALTER TABLE public.axes_accessfailurelog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accessfailurelog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.axes_accesslog (
    id integer NOT NULL,
    user_agent character varying(255) NOT NULL,
    ip_address inet,
    username character varying(255),
    http_accept character varying(1025) NOT NULL,
    path_info character varying(255) NOT NULL,
    attempt_time timestamp with time zone NOT NULL,
    logout_time timestamp with time zone,
    session_hash character varying(64) NOT NULL
);
ALTER TABLE public.axes_accesslog ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.axes_accesslog_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_anchor (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    spans jsonb,
    quote_id bigint NOT NULL,
    snapshot_id bigint NOT NULL,
    settled_at timestamp with time zone,
    settled_by_id integer,
    CONSTRAINT anchor_has_spans_where_it_is_found CHECK ((((spans IS NOT NULL) AND ((state)::text = ANY ((ARRAY['exact'::character varying, 'moved'::character varying])::text[]))) OR ((spans IS NULL) AND ((state)::text = ANY ((ARRAY['ambiguous'::character varying, 'orphaned'::character varying])::text[]))))),
    CONSTRAINT anchor_is_settled_by_somebody CHECK ((((settled_at IS NULL) AND (settled_by_id IS NULL)) OR ((settled_at IS NOT NULL) AND (settled_by_id IS NOT NULL) AND (NOT ((state)::text = 'ambiguous'::text)))))
);
ALTER TABLE public.claims_anchor ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_anchor_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_change (
    id bigint NOT NULL,
    kind character varying(13) NOT NULL,
    object_id bigint NOT NULL,
    changed_at timestamp with time zone,
    gone_at timestamp with time zone,
    cause character varying(10) NOT NULL,
    merged_into bigint,
    due_at timestamp with time zone,
    CONSTRAINT change_has_a_moment CHECK (((changed_at IS NOT NULL) OR (due_at IS NOT NULL))),
    CONSTRAINT change_kind_is_known CHECK (((kind)::text = ANY ((ARRAY['quotes'::character varying, 'claims'::character varying, 'speakers'::character varying, 'sources'::character varying, 'verifications'::character varying, 'corrections'::character varying, 'topics'::character varying, 'ratings'::character varying])::text[]))),
    CONSTRAINT change_says_why_it_is_gone CHECK (((((cause)::text = ''::text) AND (gone_at IS NULL) AND (merged_into IS NULL)) OR ((changed_at IS NOT NULL) AND (gone_at IS NOT NULL) AND ((cause)::text = ANY ((ARRAY['retracted'::character varying, 'rejected'::character varying, 'merged'::character varying, 'superseded'::character varying, 'withdrawn'::character varying, 'unused'::character varying, 'deleted'::character varying])::text[])))))
);
ALTER TABLE public.claims_change ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_claim (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    text text NOT NULL,
    said_on date,
    released_at timestamp with time zone,
    retracted_at timestamp with time zone,
    speaker_id bigint,
    merged_into_id bigint,
    CONSTRAINT claim_is_merged_into_another_or_retracted CHECK (((merged_into_id IS NULL) OR ((NOT ((merged_into_id = id) AND (merged_into_id IS NOT NULL))) AND (retracted_at IS NULL)))),
    CONSTRAINT claim_is_released_before_retracted CHECK (((retracted_at IS NULL) OR (released_at IS NOT NULL))),
    CONSTRAINT claim_text_is_not_empty CHECK ((NOT (text = ''::text)))
);
ALTER TABLE public.claims_claim ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_claim_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_claim_topics (
    id bigint NOT NULL,
    claim_id bigint NOT NULL,
    topic_id bigint NOT NULL
);
ALTER TABLE public.claims_claim_topics ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_claim_topics_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_claim_words (
    rowid bigint NOT NULL,
    row_id bigint NOT NULL,
    words tsvector NOT NULL
);
ALTER TABLE ONLY public.claims_claim_words ALTER COLUMN words SET STATISTICS 1000;
CREATE TABLE public.claims_claimamendment (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    text text NOT NULL,
    said_on date,
    was_text text NOT NULL,
    was_said_on date,
    what text NOT NULL,
    why text NOT NULL,
    comment text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    author_id integer NOT NULL,
    claim_id bigint NOT NULL,
    decided_by_id integer,
    speaker_id bigint,
    was_speaker_id bigint,
    CONSTRAINT amendment_is_decided_by_a_person CHECK ((((decided_at IS NULL) AND (decided_by_id IS NULL) AND ((state)::text = 'open'::text)) OR ((NOT ((state)::text = 'open'::text)) AND (decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL)))),
    CONSTRAINT amendment_says_text_what_and_why CHECK (((NOT (text = ''::text)) AND (NOT (what = ''::text)) AND (NOT (why = ''::text)))),
    CONSTRAINT amendment_state_is_known CHECK (((state)::text = ANY ((ARRAY['open'::character varying, 'published'::character varying, 'discarded'::character varying])::text[])))
);
ALTER TABLE public.claims_claimamendment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_claimamendment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_claimrelation (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    state character varying(10) NOT NULL,
    score double precision,
    reason character varying(200) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    decided_by_id integer,
    first_id bigint NOT NULL,
    second_id bigint NOT NULL,
    CONSTRAINT relation_is_decided_by_a_person CHECK ((((decided_by_id IS NULL) AND ((state)::text = 'suggested'::text)) OR ((NOT ((state)::text = 'suggested'::text)) AND (decided_by_id IS NOT NULL)))),
    CONSTRAINT relation_is_in_order CHECK (((NOT ((kind)::text = ANY ((ARRAY['same'::character varying, 'contradicts'::character varying])::text[]))) OR (first_id < second_id))),
    CONSTRAINT relation_is_not_to_itself CHECK ((NOT (first_id = second_id))),
    CONSTRAINT relation_kind_is_known CHECK (((kind)::text = ANY ((ARRAY['same'::character varying, 'repeats'::character varying, 'contradicts'::character varying, 'updates'::character varying])::text[]))),
    CONSTRAINT relation_score_is_a_share CHECK (((score IS NULL) OR ((score >= (0.0)::double precision) AND (score <= (1.0)::double precision)))),
    CONSTRAINT relation_state_is_known CHECK (((state)::text = ANY ((ARRAY['suggested'::character varying, 'confirmed'::character varying, 'dismissed'::character varying])::text[])))
);
ALTER TABLE public.claims_claimrelation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_claimrelation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_comment (
    id bigint NOT NULL,
    text text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    taken_back_at timestamp with time zone,
    author_id integer NOT NULL,
    claim_id bigint,
    quote_id bigint,
    verification_id bigint,
    CONSTRAINT comment_is_on_one_thing CHECK ((((claim_id IS NULL) AND (quote_id IS NOT NULL) AND (verification_id IS NULL)) OR ((claim_id IS NOT NULL) AND (quote_id IS NULL) AND (verification_id IS NULL)) OR ((claim_id IS NULL) AND (quote_id IS NULL) AND (verification_id IS NOT NULL)))),
    CONSTRAINT comment_says_something CHECK ((NOT (text = ''::text)))
);
ALTER TABLE public.claims_comment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_comment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_correction (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    text text NOT NULL,
    reason text NOT NULL,
    made_at timestamp with time zone NOT NULL,
    claim_id bigint NOT NULL,
    made_by_id integer NOT NULL,
    CONSTRAINT correction_kind_is_known CHECK (((kind)::text = ANY ((ARRAY['correction'::character varying, 'retraction'::character varying])::text[]))),
    CONSTRAINT correction_says_what_and_why CHECK (((NOT (text = ''::text)) AND (NOT (reason = ''::text))))
);
ALTER TABLE public.claims_correction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_correction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_evidence (
    id bigint NOT NULL,
    url character varying(2000) NOT NULL,
    archive_url character varying(2000) NOT NULL,
    stance character varying(10) NOT NULL,
    excerpt text NOT NULL,
    note text NOT NULL,
    source_id bigint,
    verification_id bigint NOT NULL,
    CONSTRAINT evidence_has_a_url_or_a_source CHECK (((NOT ((url)::text = ''::text)) OR (source_id IS NOT NULL))),
    CONSTRAINT evidence_stance_is_known CHECK (((stance)::text = ANY ((ARRAY['supports'::character varying, 'refutes'::character varying, 'context'::character varying])::text[])))
);
ALTER TABLE public.claims_evidence ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_evidence_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_historicalanchor (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    spans jsonb,
    settled_at timestamp with time zone,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id integer,
    quote_id bigint,
    settled_by_id integer,
    snapshot_id bigint
);
ALTER TABLE public.claims_historicalanchor ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_historicalanchor_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_historicalclaim (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    text text NOT NULL,
    said_on date,
    released_at timestamp with time zone,
    retracted_at timestamp with time zone,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id integer,
    speaker_id bigint,
    merged_into_id bigint
);
ALTER TABLE public.claims_historicalclaim ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_historicalclaim_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_historicalclaim_topics (
    id bigint NOT NULL,
    m2m_history_id integer NOT NULL,
    claim_id bigint,
    history_id integer NOT NULL,
    topic_id bigint
);
ALTER TABLE public.claims_historicalclaim_topics ALTER COLUMN m2m_history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_historicalclaim_topics_m2m_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_historicalclaimamendment (
    id bigint NOT NULL,
    state character varying(10) NOT NULL,
    text text NOT NULL,
    said_on date,
    was_text text NOT NULL,
    was_said_on date,
    what text NOT NULL,
    why text NOT NULL,
    comment text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    author_id integer,
    claim_id bigint,
    decided_by_id integer,
    history_user_id integer,
    speaker_id bigint,
    was_speaker_id bigint
);
ALTER TABLE public.claims_historicalclaimamendment ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_historicalclaimamendment_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_historicalclaimrelation (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    state character varying(10) NOT NULL,
    score double precision,
    reason character varying(200) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    decided_by_id integer,
    first_id bigint,
    history_user_id integer,
    second_id bigint
);
ALTER TABLE public.claims_historicalclaimrelation ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_historicalclaimrelation_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_historicalevidence (
    id bigint NOT NULL,
    url character varying(2000) NOT NULL,
    archive_url character varying(2000) NOT NULL,
    stance character varying(10) NOT NULL,
    excerpt text NOT NULL,
    note text NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id integer,
    source_id bigint,
    verification_id bigint
);
ALTER TABLE public.claims_historicalevidence ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_historicalevidence_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_historicalmergesuggestion (
    id bigint NOT NULL,
    reason character varying(200) NOT NULL,
    score double precision NOT NULL,
    state character varying(20) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    decided_by_id integer,
    first_id bigint,
    history_user_id integer,
    second_id bigint
);
ALTER TABLE public.claims_historicalmergesuggestion ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_historicalmergesuggestion_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_historicalposition (
    id bigint NOT NULL,
    title character varying(300) NOT NULL,
    organization character varying(300) NOT NULL,
    held_from date,
    held_to date,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id integer,
    speaker_id bigint
);
ALTER TABLE public.claims_historicalposition ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_historicalposition_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_historicalquote (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    kind character varying(10) NOT NULL,
    spans jsonb NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL,
    exact text NOT NULL,
    prefix text NOT NULL,
    suffix text NOT NULL,
    cue text NOT NULL,
    cue_spans jsonb NOT NULL,
    mention text NOT NULL,
    mention_spans jsonb NOT NULL,
    candidates jsonb NOT NULL,
    role text NOT NULL,
    outlet text NOT NULL,
    confidence double precision NOT NULL,
    extractor character varying(50) NOT NULL,
    extractor_version character varying(50) NOT NULL,
    decision character varying(10) NOT NULL,
    decided_at timestamp with time zone,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    claim_id bigint,
    decided_by_id integer,
    history_user_id integer,
    snapshot_id bigint,
    speaker_id bigint,
    act character varying(10) NOT NULL,
    repaired jsonb NOT NULL,
    CONSTRAINT claims_historicalquote_end_check CHECK (("end" >= 0)),
    CONSTRAINT claims_historicalquote_start_check CHECK ((start >= 0))
);
ALTER TABLE public.claims_historicalquote ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_historicalquote_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_historicalrating (
    id bigint NOT NULL,
    name character varying(50) NOT NULL,
    slug character varying(50) NOT NULL,
    value integer,
    worst integer NOT NULL,
    best integer NOT NULL,
    explanation text NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id integer
);
ALTER TABLE public.claims_historicalrating ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_historicalrating_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_historicalsource (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    publisher character varying(200) NOT NULL,
    title character varying(500) NOT NULL,
    authors character varying(500) NOT NULL,
    url character varying(2000) NOT NULL,
    kind character varying(20) NOT NULL,
    published_on date,
    language character varying(35) NOT NULL,
    translated_from character varying(35) NOT NULL,
    translator character varying(200) NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id integer
);
ALTER TABLE public.claims_historicalsource ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_historicalsource_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_historicalspeaker (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    kind character varying(20) NOT NULL,
    name character varying(200) NOT NULL,
    description text NOT NULL,
    wikidata_id character varying(20) NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id integer,
    merged_into_id bigint
);
ALTER TABLE public.claims_historicalspeaker ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_historicalspeaker_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_historicalspeakermerge (
    id bigint NOT NULL,
    moved jsonb NOT NULL,
    merged_at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id integer,
    kept_id bigint,
    merged_id bigint,
    merged_by_id integer,
    undone_by_id integer
);
ALTER TABLE public.claims_historicalspeakermerge ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_historicalspeakermerge_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_historicalspeakername (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    key character varying(200) NOT NULL,
    family_key character varying(200) NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id integer,
    speaker_id bigint
);
ALTER TABLE public.claims_historicalspeakername ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_historicalspeakername_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_historicaltopic (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    slug character varying(100) NOT NULL,
    description text NOT NULL,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    history_user_id integer
);
ALTER TABLE public.claims_historicaltopic ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_historicaltopic_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_historicalverification (
    id bigint NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state character varying(12) NOT NULL,
    explanation text NOT NULL,
    fingerprint character varying(64) NOT NULL,
    comment text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    published_at timestamp with time zone,
    history_id integer NOT NULL,
    history_date timestamp with time zone NOT NULL,
    history_change_reason character varying(100),
    history_type character varying(1) NOT NULL,
    approver_id integer,
    author_id integer,
    claim_id bigint,
    history_user_id integer,
    rating_id bigint,
    reopened_from_id bigint
);
ALTER TABLE public.claims_historicalverification ALTER COLUMN history_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_historicalverification_history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_hold (
    id bigint NOT NULL,
    quote_id bigint NOT NULL,
    editor_id integer NOT NULL,
    until timestamp with time zone NOT NULL
);
ALTER TABLE public.claims_hold ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_hold_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_mention (
    id bigint NOT NULL,
    done_at timestamp with time zone,
    comment_id bigint NOT NULL,
    user_id integer NOT NULL
);
ALTER TABLE public.claims_mention ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_mention_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_mergesuggestion (
    id bigint NOT NULL,
    reason character varying(200) NOT NULL,
    score double precision NOT NULL,
    state character varying(20) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    decided_by_id integer,
    first_id bigint NOT NULL,
    second_id bigint NOT NULL,
    CONSTRAINT merge_suggestion_is_in_order CHECK ((first_id < second_id)),
    CONSTRAINT merge_suggestion_score_is_a_share CHECK (((score >= (0.0)::double precision) AND (score <= (1.0)::double precision))),
    CONSTRAINT merge_suggestion_state_is_known CHECK (((state)::text = ANY ((ARRAY['open'::character varying, 'merged'::character varying, 'dismissed'::character varying])::text[])))
);
ALTER TABLE public.claims_mergesuggestion ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_mergesuggestion_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_operation (
    id bigint NOT NULL,
    verb character varying(40) NOT NULL,
    summary character varying(300) NOT NULL,
    at timestamp with time zone NOT NULL,
    rows jsonb NOT NULL,
    editor_id integer NOT NULL,
    undoes_id bigint,
    CONSTRAINT operation_does_not_undo_itself CHECK (((undoes_id IS NULL) OR (NOT ((undoes_id = id) AND (undoes_id IS NOT NULL))))),
    CONSTRAINT operation_has_a_verb CHECK ((NOT ((verb)::text = ''::text)))
);
ALTER TABLE public.claims_operation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_operation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_position (
    id bigint NOT NULL,
    title character varying(300) NOT NULL,
    organization character varying(300) NOT NULL,
    held_from date,
    held_to date,
    speaker_id bigint NOT NULL,
    CONSTRAINT position_starts_before_it_ends CHECK (((held_from IS NULL) OR (held_to IS NULL) OR (held_from <= held_to)))
);
ALTER TABLE public.claims_position ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_position_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_quote (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    kind character varying(10) NOT NULL,
    spans jsonb NOT NULL,
    start integer NOT NULL,
    "end" integer NOT NULL,
    exact text NOT NULL,
    prefix text NOT NULL,
    suffix text NOT NULL,
    cue text NOT NULL,
    cue_spans jsonb NOT NULL,
    mention text NOT NULL,
    mention_spans jsonb NOT NULL,
    candidates jsonb NOT NULL,
    role text NOT NULL,
    outlet text NOT NULL,
    confidence double precision NOT NULL,
    extractor character varying(50) NOT NULL,
    extractor_version character varying(50) NOT NULL,
    decision character varying(10) NOT NULL,
    decided_at timestamp with time zone,
    claim_id bigint,
    decided_by_id integer,
    snapshot_id bigint NOT NULL,
    speaker_id bigint,
    act character varying(10) NOT NULL,
    repaired jsonb NOT NULL,
    CONSTRAINT claims_quote_end_check CHECK (("end" >= 0)),
    CONSTRAINT claims_quote_start_check CHECK ((start >= 0)),
    CONSTRAINT quote_accepted_has_a_speaker CHECK (((NOT ((decision)::text = 'accepted'::text)) OR (speaker_id IS NOT NULL))),
    CONSTRAINT quote_act_is_known CHECK (((act)::text = ANY ((ARRAY['speech'::character varying, 'thought'::character varying, 'other'::character varying])::text[]))),
    CONSTRAINT quote_confidence_is_a_share CHECK (((confidence >= (0.0)::double precision) AND (confidence <= (1.0)::double precision))),
    CONSTRAINT quote_decision_has_its_editor_and_moment CHECK ((((decided_at IS NULL) AND (decided_by_id IS NULL) AND ((decision)::text = 'pending'::text)) OR ((NOT ((decision)::text = 'pending'::text)) AND (decided_at IS NOT NULL) AND (decided_by_id IS NOT NULL)))),
    CONSTRAINT quote_decision_is_known CHECK (((decision)::text = ANY ((ARRAY['pending'::character varying, 'accepted'::character varying, 'rejected'::character varying])::text[]))),
    CONSTRAINT quote_kind_is_known CHECK (((kind)::text = ANY ((ARRAY['direct'::character varying, 'indirect'::character varying, 'mixed'::character varying])::text[])))
);
ALTER TABLE public.claims_quote ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_quote_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_quote_words (
    rowid bigint NOT NULL,
    row_id bigint NOT NULL,
    words tsvector NOT NULL
);
ALTER TABLE ONLY public.claims_quote_words ALTER COLUMN words SET STATISTICS 1000;
CREATE TABLE public.claims_rating (
    id bigint NOT NULL,
    name character varying(50) NOT NULL,
    slug character varying(50) NOT NULL,
    value integer,
    worst integer NOT NULL,
    best integer NOT NULL,
    explanation text NOT NULL,
    CONSTRAINT rating_slug_is_not_a_status CHECK ((NOT ((slug)::text = ANY ((ARRAY['unreviewed'::character varying, 'in-review'::character varying])::text[])))),
    CONSTRAINT rating_value_is_on_its_scale CHECK (((worst < best) AND ((value IS NULL) OR ((value >= worst) AND (value <= best)))))
);
ALTER TABLE public.claims_rating ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_rating_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_readerkey (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    contact character varying(254) NOT NULL,
    hint character varying(8) NOT NULL,
    digest character varying(64) NOT NULL,
    per_minute integer,
    last_day date,
    made_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    made_by_id integer NOT NULL,
    revoked_by_id integer,
    CONSTRAINT claims_readerkey_per_minute_check CHECK ((per_minute >= 0)),
    CONSTRAINT reader_key_has_a_name CHECK ((NOT ((name)::text = ''::text))),
    CONSTRAINT reader_key_is_revoked_by_somebody CHECK ((((revoked_at IS NULL) AND (revoked_by_id IS NULL)) OR ((revoked_at IS NOT NULL) AND (revoked_by_id IS NOT NULL)))),
    CONSTRAINT reader_key_rate_is_sound CHECK (((per_minute IS NULL) OR ((per_minute >= 1) AND (per_minute <= 1000000))))
);
ALTER TABLE public.claims_readerkey ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_readerkey_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_savedview (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    listing character varying(100) NOT NULL,
    query jsonb NOT NULL,
    shared boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    owner_id integer NOT NULL,
    CONSTRAINT saved_view_has_a_name CHECK ((NOT ((name)::text = ''::text)))
);
ALTER TABLE public.claims_savedview ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_savedview_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_snapshot (
    id bigint NOT NULL,
    text text NOT NULL,
    sha256 character varying(64) NOT NULL,
    retrieved_at timestamp with time zone NOT NULL,
    reader character varying(50) NOT NULL,
    reader_version character varying(50) NOT NULL,
    source_id bigint NOT NULL,
    CONSTRAINT snapshot_sha256_is_lowercase_hex CHECK (((sha256)::text ~ '^[0-9a-f]{64}$'::text)),
    CONSTRAINT snapshot_text_is_not_empty CHECK ((NOT (text = ''::text)))
);
ALTER TABLE public.claims_snapshot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_snapshot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_source (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    publisher character varying(200) NOT NULL,
    title character varying(500) NOT NULL,
    authors character varying(500) NOT NULL,
    url character varying(2000) NOT NULL,
    kind character varying(20) NOT NULL,
    published_on date,
    language character varying(35) NOT NULL,
    translated_from character varying(35) NOT NULL,
    translator character varying(200) NOT NULL,
    CONSTRAINT source_is_not_translated_from_its_own_language CHECK ((((translated_from)::text = ''::text) OR (NOT ((translated_from)::text = (language)::text)))),
    CONSTRAINT source_kind_is_known CHECK (((kind)::text = ANY ((ARRAY['article'::character varying, 'broadcast'::character varying, 'transcript'::character varying, 'press-release'::character varying, 'post'::character varying, 'other'::character varying])::text[])))
);
ALTER TABLE public.claims_source ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_source_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_source_words (
    rowid bigint NOT NULL,
    row_id bigint NOT NULL,
    words tsvector NOT NULL
);
ALTER TABLE ONLY public.claims_source_words ALTER COLUMN words SET STATISTICS 1000;
CREATE TABLE public.claims_speaker (
    id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    kind character varying(20) NOT NULL,
    name character varying(200) NOT NULL,
    description text NOT NULL,
    wikidata_id character varying(20) NOT NULL,
    merged_into_id bigint,
    CONSTRAINT speaker_is_not_merged_into_itself CHECK (((merged_into_id IS NULL) OR (NOT ((merged_into_id = id) AND (merged_into_id IS NOT NULL))))),
    CONSTRAINT speaker_kind_is_known CHECK (((kind)::text = ANY ((ARRAY['person'::character varying, 'organization'::character varying, 'group'::character varying, 'unnamed'::character varying])::text[]))),
    CONSTRAINT speaker_name_is_not_empty CHECK ((NOT ((name)::text = ''::text)))
);
ALTER TABLE public.claims_speaker ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_speaker_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_speaker_words (
    rowid bigint NOT NULL,
    row_id bigint NOT NULL,
    words tsvector NOT NULL
);
ALTER TABLE ONLY public.claims_speaker_words ALTER COLUMN words SET STATISTICS 1000;
CREATE TABLE public.claims_speakermerge (
    id bigint NOT NULL,
    moved jsonb NOT NULL,
    merged_at timestamp with time zone NOT NULL,
    undone_at timestamp with time zone,
    kept_id bigint NOT NULL,
    merged_id bigint NOT NULL,
    merged_by_id integer NOT NULL,
    undone_by_id integer,
    CONSTRAINT merge_is_of_two_speakers CHECK ((NOT (kept_id = merged_id)))
);
ALTER TABLE public.claims_speakermerge ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_speakermerge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_speakername (
    id bigint NOT NULL,
    name character varying(200) NOT NULL,
    key character varying(200) NOT NULL,
    family_key character varying(200) NOT NULL,
    speaker_id bigint NOT NULL,
    CONSTRAINT speaker_name_has_a_key CHECK ((NOT ((key)::text = ''::text)))
);
ALTER TABLE public.claims_speakername ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_speakername_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_topic (
    id bigint NOT NULL,
    name character varying(100) NOT NULL,
    slug character varying(100) NOT NULL,
    description text NOT NULL
);
ALTER TABLE public.claims_topic ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_topic_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_topic_words (
    rowid bigint NOT NULL,
    row_id bigint NOT NULL,
    words tsvector NOT NULL
);
ALTER TABLE ONLY public.claims_topic_words ALTER COLUMN words SET STATISTICS 1000;
CREATE TABLE public.claims_touched (
    id bigint NOT NULL,
    kind character varying(13) NOT NULL,
    object_id bigint NOT NULL,
    wide boolean NOT NULL,
    by character varying(13) NOT NULL,
    by_id bigint,
    step smallint NOT NULL
);
ALTER TABLE public.claims_touched ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_touched_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_verification (
    id bigint NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    state character varying(12) NOT NULL,
    explanation text NOT NULL,
    fingerprint character varying(64) NOT NULL,
    comment text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    published_at timestamp with time zone,
    approver_id integer,
    author_id integer NOT NULL,
    claim_id bigint NOT NULL,
    rating_id bigint,
    reopened_from_id bigint,
    CONSTRAINT verification_approver_is_not_author CHECK (((approver_id IS NULL) OR (NOT ((approver_id = author_id) AND (approver_id IS NOT NULL))))),
    CONSTRAINT verification_published_has_approver_and_moment CHECK (((NOT ((state)::text = ANY ((ARRAY['published'::character varying, 'superseded'::character varying])::text[]))) OR ((approver_id IS NOT NULL) AND (published_at IS NOT NULL)))),
    CONSTRAINT verification_rating_needed_once_submitted CHECK ((((state)::text = 'draft'::text) OR ((rating_id IS NOT NULL) AND (submitted_at IS NOT NULL) AND (NOT (explanation = ''::text)) AND (NOT ((fingerprint)::text = ''::text))))),
    CONSTRAINT verification_state_is_known CHECK (((state)::text = ANY ((ARRAY['draft'::character varying, 'submitted'::character varying, 'published'::character varying, 'superseded'::character varying, 'withdrawn'::character varying])::text[])))
);
ALTER TABLE public.claims_verification ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.claims_verification_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.claims_verification_words (
    rowid bigint NOT NULL,
    row_id bigint NOT NULL,
    words tsvector NOT NULL
);
ALTER TABLE ONLY public.claims_verification_words ALTER COLUMN words SET STATISTICS 1000;
CREATE TABLE public.django_admin_log (
    id integer NOT NULL,
    action_time timestamp with time zone NOT NULL,
    object_id text,
    object_repr character varying(200) NOT NULL,
    action_flag smallint NOT NULL,
    change_message text NOT NULL,
    content_type_id integer,
    user_id integer NOT NULL,
    CONSTRAINT django_admin_log_action_flag_check CHECK ((action_flag >= 0))
);
ALTER TABLE public.django_admin_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_admin_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);
ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);
ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);
INSERT INTO public.auth_group VALUES
	(1, 'Reporter'),
	(2, 'Editor'),
	(3, 'Approver'),
	(4, 'Chief');
INSERT INTO public.auth_group_permissions VALUES
	(1, 1, 128),
	(2, 1, 132),
	(3, 1, 136),
	(4, 1, 140),
	(5, 1, 144),
	(6, 1, 148),
	(7, 1, 152),
	(8, 1, 156),
	(9, 1, 32),
	(10, 1, 160),
	(11, 1, 164),
	(12, 1, 37),
	(13, 1, 168),
	(14, 1, 41),
	(15, 1, 172),
	(16, 1, 173),
	(17, 1, 45),
	(18, 1, 176),
	(19, 1, 49),
	(20, 1, 50),
	(21, 1, 180),
	(22, 1, 181),
	(23, 1, 53),
	(24, 1, 184),
	(25, 1, 57),
	(26, 1, 61),
	(27, 1, 63),
	(28, 1, 66),
	(29, 1, 71),
	(30, 1, 75),
	(31, 1, 79),
	(32, 1, 83),
	(33, 1, 87),
	(34, 1, 91),
	(35, 1, 95),
	(36, 1, 99),
	(37, 1, 103),
	(38, 1, 107),
	(39, 1, 115),
	(40, 1, 120),
	(41, 1, 124),
	(42, 2, 128),
	(43, 2, 132),
	(44, 2, 136),
	(45, 2, 140),
	(46, 2, 144),
	(47, 2, 148),
	(48, 2, 152),
	(49, 2, 156),
	(50, 2, 29),
	(51, 2, 30),
	(52, 2, 32),
	(53, 2, 160),
	(54, 2, 164),
	(55, 2, 37),
	(56, 2, 168),
	(57, 2, 41),
	(58, 2, 172),
	(59, 2, 173),
	(60, 2, 45),
	(61, 2, 176),
	(62, 2, 49),
	(63, 2, 50),
	(64, 2, 51),
	(65, 2, 180),
	(66, 2, 181),
	(67, 2, 53),
	(68, 2, 184),
	(69, 2, 57),
	(70, 2, 58),
	(71, 2, 59),
	(72, 2, 61),
	(73, 2, 63),
	(74, 2, 64),
	(75, 2, 66),
	(76, 2, 67),
	(77, 2, 68),
	(78, 2, 69),
	(79, 2, 70),
	(80, 2, 71),
	(81, 2, 75),
	(82, 2, 79),
	(83, 2, 83),
	(84, 2, 87),
	(85, 2, 91),
	(86, 2, 95),
	(87, 2, 99),
	(88, 2, 100),
	(89, 2, 101),
	(90, 2, 102),
	(91, 2, 103),
	(92, 2, 104),
	(93, 2, 105),
	(94, 2, 107),
	(95, 2, 112),
	(96, 2, 113),
	(97, 2, 114),
	(98, 2, 115),
	(99, 2, 120),
	(100, 2, 124),
	(101, 2, 125),
	(102, 2, 126),
	(103, 2, 127),
	(104, 3, 128),
	(105, 3, 132),
	(106, 3, 136),
	(107, 3, 140),
	(108, 3, 144),
	(109, 3, 148),
	(110, 3, 152),
	(111, 3, 156),
	(112, 3, 29),
	(113, 3, 30),
	(114, 3, 32),
	(115, 3, 33),
	(116, 3, 160),
	(117, 3, 164),
	(118, 3, 37),
	(119, 3, 168),
	(120, 3, 41),
	(121, 3, 172),
	(122, 3, 173),
	(123, 3, 45),
	(124, 3, 176),
	(125, 3, 49),
	(126, 3, 50),
	(127, 3, 51),
	(128, 3, 180),
	(129, 3, 181),
	(130, 3, 53),
	(131, 3, 184),
	(132, 3, 57),
	(133, 3, 58),
	(134, 3, 59),
	(135, 3, 61),
	(136, 3, 63),
	(137, 3, 64),
	(138, 3, 66),
	(139, 3, 67),
	(140, 3, 68),
	(141, 3, 69),
	(142, 3, 70),
	(143, 3, 71),
	(144, 3, 75),
	(145, 3, 79),
	(146, 3, 83),
	(147, 3, 87),
	(148, 3, 91),
	(149, 3, 95),
	(150, 3, 99),
	(151, 3, 100),
	(152, 3, 101),
	(153, 3, 102),
	(154, 3, 103),
	(155, 3, 104),
	(156, 3, 105),
	(157, 3, 107),
	(158, 3, 112),
	(159, 3, 113),
	(160, 3, 114),
	(161, 3, 115),
	(162, 3, 116),
	(163, 3, 120),
	(164, 3, 124),
	(165, 3, 125),
	(166, 3, 126),
	(167, 3, 127),
	(168, 4, 8),
	(169, 4, 9),
	(170, 4, 10),
	(171, 4, 12),
	(172, 4, 15),
	(173, 4, 16),
	(174, 4, 20),
	(175, 4, 29),
	(176, 4, 30),
	(177, 4, 31),
	(178, 4, 32),
	(179, 4, 33),
	(180, 4, 37),
	(181, 4, 41),
	(182, 4, 45),
	(183, 4, 46),
	(184, 4, 47),
	(185, 4, 48),
	(186, 4, 49),
	(187, 4, 50),
	(188, 4, 51),
	(189, 4, 53),
	(190, 4, 57),
	(191, 4, 58),
	(192, 4, 59),
	(193, 4, 60),
	(194, 4, 61),
	(195, 4, 62),
	(196, 4, 63),
	(197, 4, 64),
	(198, 4, 66),
	(199, 4, 67),
	(200, 4, 68),
	(201, 4, 69),
	(202, 4, 70),
	(203, 4, 71),
	(204, 4, 73),
	(205, 4, 75),
	(206, 4, 79),
	(207, 4, 83),
	(208, 4, 87),
	(209, 4, 91),
	(210, 4, 95),
	(211, 4, 97),
	(212, 4, 99),
	(213, 4, 100),
	(214, 4, 101),
	(215, 4, 102),
	(216, 4, 103),
	(217, 4, 104),
	(218, 4, 105),
	(219, 4, 106),
	(220, 4, 107),
	(221, 4, 112),
	(222, 4, 113),
	(223, 4, 114),
	(224, 4, 115),
	(225, 4, 116),
	(226, 4, 120),
	(227, 4, 124),
	(228, 4, 125),
	(229, 4, 126),
	(230, 4, 127),
	(231, 4, 128),
	(232, 4, 132),
	(233, 4, 136),
	(234, 4, 140),
	(235, 4, 144),
	(236, 4, 148),
	(237, 4, 152),
	(238, 4, 156),
	(239, 4, 160),
	(240, 4, 164),
	(241, 4, 168),
	(242, 4, 172),
	(243, 4, 173),
	(244, 4, 176),
	(245, 4, 180),
	(246, 4, 181),
	(247, 4, 183),
	(248, 4, 184),
	(249, 4, 193),
	(250, 4, 194),
	(251, 4, 196);
INSERT INTO public.auth_permission VALUES
	(1, 'Can add permission', 1, 'add_permission'),
	(2, 'Can change permission', 1, 'change_permission'),
	(3, 'Can delete permission', 1, 'delete_permission'),
	(4, 'Can view permission', 1, 'view_permission'),
	(5, 'Can add group', 2, 'add_group'),
	(6, 'Can change group', 2, 'change_group'),
	(7, 'Can delete group', 2, 'delete_group'),
	(8, 'Can view group', 2, 'view_group'),
	(9, 'Can add user', 3, 'add_user'),
	(10, 'Can change user', 3, 'change_user'),
	(11, 'Can delete user', 3, 'delete_user'),
	(12, 'Can view user', 3, 'view_user'),
	(13, 'Can add access attempt', 4, 'add_accessattempt'),
	(14, 'Can change access attempt', 4, 'change_accessattempt'),
	(15, 'Can delete access attempt', 4, 'delete_accessattempt'),
	(16, 'Can view access attempt', 4, 'view_accessattempt'),
	(17, 'Can add access log', 5, 'add_accesslog'),
	(18, 'Can change access log', 5, 'change_accesslog'),
	(19, 'Can delete access log', 5, 'delete_accesslog'),
	(20, 'Can view access log', 5, 'view_accesslog'),
	(21, 'Can add access failure', 6, 'add_accessfailurelog'),
	(22, 'Can change access failure', 6, 'change_accessfailurelog'),
	(23, 'Can delete access failure', 6, 'delete_accessfailurelog'),
	(24, 'Can view access failure', 6, 'view_accessfailurelog'),
	(25, 'Can add access attempt expiration', 7, 'add_accessattemptexpiration'),
	(26, 'Can change access attempt expiration', 7, 'change_accessattemptexpiration'),
	(27, 'Can delete access attempt expiration', 7, 'delete_accessattemptexpiration'),
	(28, 'Can view access attempt expiration', 7, 'view_accessattemptexpiration'),
	(29, 'Can add claim', 8, 'add_claim'),
	(30, 'Can change claim', 8, 'change_claim'),
	(31, 'Can delete claim', 8, 'delete_claim'),
	(32, 'Can view claim', 8, 'view_claim'),
	(33, 'Can change and retract claims that readers see', 8, 'correct_claim'),
	(34, 'Can add historical rating', 9, 'add_historicalrating'),
	(35, 'Can change historical rating', 9, 'change_historicalrating'),
	(36, 'Can delete historical rating', 9, 'delete_historicalrating'),
	(37, 'Can view historical rating', 9, 'view_historicalrating'),
	(38, 'Can add historical source', 10, 'add_historicalsource'),
	(39, 'Can change historical source', 10, 'change_historicalsource'),
	(40, 'Can delete historical source', 10, 'delete_historicalsource'),
	(41, 'Can view historical source', 10, 'view_historicalsource'),
	(42, 'Can add historical topic', 11, 'add_historicaltopic'),
	(43, 'Can change historical topic', 11, 'change_historicaltopic'),
	(44, 'Can delete historical topic', 11, 'delete_historicaltopic'),
	(45, 'Can view historical topic', 11, 'view_historicaltopic'),
	(46, 'Can add rating', 12, 'add_rating'),
	(47, 'Can change rating', 12, 'change_rating'),
	(48, 'Can delete rating', 12, 'delete_rating'),
	(49, 'Can view rating', 12, 'view_rating'),
	(50, 'Can add source', 13, 'add_source'),
	(51, 'Can change source', 13, 'change_source'),
	(52, 'Can delete source', 13, 'delete_source'),
	(53, 'Can view source', 13, 'view_source'),
	(54, 'Can add snapshot', 14, 'add_snapshot'),
	(55, 'Can change snapshot', 14, 'change_snapshot'),
	(56, 'Can delete snapshot', 14, 'delete_snapshot'),
	(57, 'Can view snapshot', 14, 'view_snapshot'),
	(58, 'Can add speaker', 15, 'add_speaker'),
	(59, 'Can change speaker', 15, 'change_speaker'),
	(60, 'Can delete speaker', 15, 'delete_speaker'),
	(61, 'Can view speaker', 15, 'view_speaker'),
	(62, 'Can merge speakers, and part them again', 15, 'merge_speaker'),
	(63, 'Can add quote', 16, 'add_quote'),
	(64, 'Can change quote', 16, 'change_quote'),
	(65, 'Can delete quote', 16, 'delete_quote'),
	(66, 'Can view quote', 16, 'view_quote'),
	(67, 'Can accept, reject and correct quotes', 16, 'decide_quote'),
	(68, 'Can add position', 17, 'add_position'),
	(69, 'Can change position', 17, 'change_position'),
	(70, 'Can delete position', 17, 'delete_position'),
	(71, 'Can view position', 17, 'view_position'),
	(72, 'Can add merge suggestion', 18, 'add_mergesuggestion'),
	(73, 'Can change merge suggestion', 18, 'change_mergesuggestion'),
	(74, 'Can delete merge suggestion', 18, 'delete_mergesuggestion'),
	(75, 'Can view merge suggestion', 18, 'view_mergesuggestion'),
	(76, 'Can add historical speaker name', 19, 'add_historicalspeakername'),
	(77, 'Can change historical speaker name', 19, 'change_historicalspeakername'),
	(78, 'Can delete historical speaker name', 19, 'delete_historicalspeakername'),
	(79, 'Can view historical speaker name', 19, 'view_historicalspeakername'),
	(80, 'Can add historical speaker', 20, 'add_historicalspeaker'),
	(81, 'Can change historical speaker', 20, 'change_historicalspeaker'),
	(82, 'Can delete historical speaker', 20, 'delete_historicalspeaker'),
	(83, 'Can view historical speaker', 20, 'view_historicalspeaker'),
	(84, 'Can add historical quote', 21, 'add_historicalquote'),
	(85, 'Can change historical quote', 21, 'change_historicalquote'),
	(86, 'Can delete historical quote', 21, 'delete_historicalquote'),
	(87, 'Can view historical quote', 21, 'view_historicalquote'),
	(88, 'Can add historical position', 22, 'add_historicalposition'),
	(89, 'Can change historical position', 22, 'change_historicalposition'),
	(90, 'Can delete historical position', 22, 'delete_historicalposition'),
	(91, 'Can view historical position', 22, 'view_historicalposition'),
	(92, 'Can add historical claim', 23, 'add_historicalclaim'),
	(93, 'Can change historical claim', 23, 'change_historicalclaim'),
	(94, 'Can delete historical claim', 23, 'delete_historicalclaim'),
	(95, 'Can view historical claim', 23, 'view_historicalclaim'),
	(96, 'Can add speaker merge', 24, 'add_speakermerge'),
	(97, 'Can change speaker merge', 24, 'change_speakermerge'),
	(98, 'Can delete speaker merge', 24, 'delete_speakermerge'),
	(99, 'Can view speaker merge', 24, 'view_speakermerge'),
	(100, 'Can add speaker name', 25, 'add_speakername'),
	(101, 'Can change speaker name', 25, 'change_speakername'),
	(102, 'Can delete speaker name', 25, 'delete_speakername'),
	(103, 'Can view speaker name', 25, 'view_speakername'),
	(104, 'Can add topic', 26, 'add_topic'),
	(105, 'Can change topic', 26, 'change_topic'),
	(106, 'Can delete topic', 26, 'delete_topic'),
	(107, 'Can view topic', 26, 'view_topic'),
	(108, 'Can add HistoricalClaim_topics', 27, 'add_historicalclaim_topics'),
	(109, 'Can change HistoricalClaim_topics', 27, 'change_historicalclaim_topics'),
	(110, 'Can delete HistoricalClaim_topics', 27, 'delete_historicalclaim_topics'),
	(111, 'Can view HistoricalClaim_topics', 27, 'view_historicalclaim_topics'),
	(112, 'Can add verification', 28, 'add_verification'),
	(113, 'Can change verification', 28, 'change_verification'),
	(114, 'Can delete verification', 28, 'delete_verification'),
	(115, 'Can view verification', 28, 'view_verification'),
	(116, 'Can approve, send back, publish and withdraw verifications', 28, 'publish_verification'),
	(117, 'Can add historical verification', 29, 'add_historicalverification'),
	(118, 'Can change historical verification', 29, 'change_historicalverification'),
	(119, 'Can delete historical verification', 29, 'delete_historicalverification'),
	(120, 'Can view historical verification', 29, 'view_historicalverification'),
	(121, 'Can add historical evidence', 30, 'add_historicalevidence'),
	(122, 'Can change historical evidence', 30, 'change_historicalevidence'),
	(123, 'Can delete historical evidence', 30, 'delete_historicalevidence'),
	(124, 'Can view historical evidence', 30, 'view_historicalevidence'),
	(125, 'Can add evidence', 31, 'add_evidence'),
	(126, 'Can change evidence', 31, 'change_evidence'),
	(127, 'Can delete evidence', 31, 'delete_evidence'),
	(128, 'Can view evidence', 31, 'view_evidence'),
	(129, 'Can add correction', 32, 'add_correction'),
	(130, 'Can change correction', 32, 'change_correction'),
	(131, 'Can delete correction', 32, 'delete_correction'),
	(132, 'Can view correction', 32, 'view_correction'),
	(133, 'Can add anchor', 33, 'add_anchor'),
	(134, 'Can change anchor', 33, 'change_anchor'),
	(135, 'Can delete anchor', 33, 'delete_anchor'),
	(136, 'Can view anchor', 33, 'view_anchor'),
	(137, 'Can add operation', 34, 'add_operation'),
	(138, 'Can change operation', 34, 'change_operation'),
	(139, 'Can delete operation', 34, 'delete_operation'),
	(140, 'Can view operation', 34, 'view_operation'),
	(141, 'Can add hold', 35, 'add_hold'),
	(142, 'Can change hold', 35, 'change_hold'),
	(143, 'Can delete hold', 35, 'delete_hold'),
	(144, 'Can view hold', 35, 'view_hold'),
	(145, 'Can add draft correction', 36, 'add_claimamendment'),
	(146, 'Can change draft correction', 36, 'change_claimamendment'),
	(147, 'Can delete draft correction', 36, 'delete_claimamendment'),
	(148, 'Can view draft correction', 36, 'view_claimamendment'),
	(149, 'Can add relation', 37, 'add_claimrelation'),
	(150, 'Can change relation', 37, 'change_claimrelation'),
	(151, 'Can delete relation', 37, 'delete_claimrelation'),
	(152, 'Can view relation', 37, 'view_claimrelation'),
	(153, 'Can add historical draft correction', 38, 'add_historicalclaimamendment'),
	(154, 'Can change historical draft correction', 38, 'change_historicalclaimamendment'),
	(155, 'Can delete historical draft correction', 38, 'delete_historicalclaimamendment'),
	(156, 'Can view historical draft correction', 38, 'view_historicalclaimamendment'),
	(157, 'Can add historical relation', 39, 'add_historicalclaimrelation'),
	(158, 'Can change historical relation', 39, 'change_historicalclaimrelation'),
	(159, 'Can delete historical relation', 39, 'delete_historicalclaimrelation'),
	(160, 'Can view historical relation', 39, 'view_historicalclaimrelation'),
	(161, 'Can add historical anchor', 40, 'add_historicalanchor'),
	(162, 'Can change historical anchor', 40, 'change_historicalanchor'),
	(163, 'Can delete historical anchor', 40, 'delete_historicalanchor'),
	(164, 'Can view historical anchor', 40, 'view_historicalanchor'),
	(165, 'Can add historical merge suggestion', 41, 'add_historicalmergesuggestion'),
	(166, 'Can change historical merge suggestion', 41, 'change_historicalmergesuggestion'),
	(167, 'Can delete historical merge suggestion', 41, 'delete_historicalmergesuggestion'),
	(168, 'Can view historical merge suggestion', 41, 'view_historicalmergesuggestion'),
	(169, 'Can add historical speaker merge', 42, 'add_historicalspeakermerge'),
	(170, 'Can change historical speaker merge', 42, 'change_historicalspeakermerge'),
	(171, 'Can delete historical speaker merge', 42, 'delete_historicalspeakermerge'),
	(172, 'Can view historical speaker merge', 42, 'view_historicalspeakermerge'),
	(173, 'Can add comment', 43, 'add_comment'),
	(174, 'Can change comment', 43, 'change_comment'),
	(175, 'Can delete comment', 43, 'delete_comment'),
	(176, 'Can view comment', 43, 'view_comment'),
	(177, 'Can add mention', 44, 'add_mention'),
	(178, 'Can change mention', 44, 'change_mention'),
	(179, 'Can delete mention', 44, 'delete_mention'),
	(180, 'Can view mention', 44, 'view_mention'),
	(181, 'Can add saved view', 45, 'add_savedview'),
	(182, 'Can change saved view', 45, 'change_savedview'),
	(183, 'Can delete saved view', 45, 'delete_savedview'),
	(184, 'Can view saved view', 45, 'view_savedview'),
	(185, 'Can add change', 52, 'add_change'),
	(186, 'Can change change', 52, 'change_change'),
	(187, 'Can delete change', 52, 'delete_change'),
	(188, 'Can view change', 52, 'view_change'),
	(189, 'Can add touched', 53, 'add_touched'),
	(190, 'Can change touched', 53, 'change_touched'),
	(191, 'Can delete touched', 53, 'delete_touched'),
	(192, 'Can view touched', 53, 'view_touched'),
	(193, 'Can add API key', 54, 'add_readerkey'),
	(194, 'Can change API key', 54, 'change_readerkey'),
	(195, 'Can delete API key', 54, 'delete_readerkey'),
	(196, 'Can view API key', 54, 'view_readerkey'),
	(197, 'Can add log entry', 55, 'add_logentry'),
	(198, 'Can change log entry', 55, 'change_logentry'),
	(199, 'Can delete log entry', 55, 'delete_logentry'),
	(200, 'Can view log entry', 55, 'view_logentry'),
	(201, 'Can add content type', 56, 'add_contenttype'),
	(202, 'Can change content type', 56, 'change_contenttype'),
	(203, 'Can delete content type', 56, 'delete_contenttype'),
	(204, 'Can view content type', 56, 'view_contenttype'),
	(205, 'Can add session', 57, 'add_session'),
	(206, 'Can change session', 57, 'change_session'),
	(207, 'Can delete session', 57, 'delete_session'),
	(208, 'Can view session', 57, 'view_session');
INSERT INTO public.auth_user VALUES
	(1, 'pbkdf2_sha256$1000000$jH6bHlIw6JcGiEOi1bMvvp$RmvQmOLQ3H0/pJYDbhC37eacXr4OcYbfytVX1ZuSuR8=', NULL, false, 'ella', '', '', '', true, true, '2026-11-28 23:19:18.682678+00'),
	(2, '!h8y2NnlzOqPouXpeJGDcrE7KW3crVwcrMjoBv2vm', NULL, false, 'omar', '', '', '', true, true, '2026-11-28 23:19:18.700399+00');
INSERT INTO public.auth_user_groups VALUES
	(1, 1, 2),
	(2, 2, 4);
INSERT INTO public.claims_anchor VALUES
	(1, 'moved', '[[8, 24]]', 1, 2, NULL, NULL),
	(2, 'moved', '[[80, 94]]', 2, 2, NULL, NULL),
	(3, 'moved', '[[138, 156]]', 3, 2, NULL, NULL);
INSERT INTO public.claims_change VALUES
	(1, 'ratings', 1, '2026-11-28 23:19:14.50989+00', NULL, '', NULL, NULL),
	(2, 'ratings', 2, '2026-11-28 23:19:14.50989+00', NULL, '', NULL, NULL),
	(3, 'ratings', 3, '2026-11-28 23:19:14.50989+00', NULL, '', NULL, NULL),
	(4, 'ratings', 4, '2026-11-28 23:19:14.50989+00', NULL, '', NULL, NULL),
	(5, 'ratings', 5, '2026-11-28 23:19:14.50989+00', NULL, '', NULL, NULL),
	(6, 'ratings', 6, '2026-11-28 23:19:14.50989+00', NULL, '', NULL, NULL),
	(10, 'sources', 1, '2026-11-28 23:19:20.666487+00', NULL, '', NULL, NULL),
	(15, 'corrections', 1, '2026-11-28 23:19:20.666487+00', NULL, '', NULL, NULL),
	(16, 'topics', 1, '2026-11-28 23:19:20.666487+00', NULL, '', NULL, NULL),
	(7, 'quotes', 1, '2026-11-28 23:19:21.14861+00', NULL, '', NULL, NULL),
	(8, 'claims', 1, '2026-11-28 23:19:21.14861+00', NULL, '', NULL, NULL),
	(9, 'speakers', 1, '2026-11-28 23:19:21.14861+00', NULL, '', NULL, NULL),
	(27, 'verifications', 1, '2026-11-28 23:19:21.14861+00', NULL, '', NULL, NULL);
INSERT INTO public.claims_claim VALUES
	(2, '2026-11-28 23:19:19.710481+00', '2026-11-28 23:19:19.711253+00', 'Roads are dry', NULL, NULL, NULL, 2, NULL),
	(3, '2026-11-28 23:19:19.710506+00', '2026-11-28 23:19:20.201688+00', 'Bridges will hold.', NULL, NULL, NULL, 1, NULL),
	(1, '2026-11-28 23:19:19.710428+00', '2026-11-28 23:19:20.652045+00', 'The rivers are full.', NULL, '2026-11-28 23:19:19.871288+00', NULL, 1, NULL);
INSERT INTO public.claims_claim_topics VALUES
	(1, 1, 1);
INSERT INTO public.claims_claim_words VALUES
	(3856682975265554433, 1, '''are'':3,13 ''dykes'':17 ''ford'':7,10 ''full'':4,14 ''l'':9 ''lena'':6 ''on'':16 ''rivers'':2,12 ''the'':1');
INSERT INTO public.claims_claimamendment VALUES
	(1, 'open', 'All rivers are full.', NULL, 'The rivers are full.', NULL, 'One word.', 'It was missing.', '', '2026-11-28 23:19:21.004938+00', NULL, 1, 1, NULL, 1, 1);
INSERT INTO public.claims_comment VALUES
	(1, 'Is this so, @omar?', '2026-11-28 23:19:20.969255+00', NULL, 1, 1, NULL, NULL);
INSERT INTO public.claims_correction VALUES
	(1, 'correction', 'The wording.', 'It was unclear.', '2026-11-28 23:19:20.284754+00', 1, 1);
INSERT INTO public.claims_evidence VALUES
	(1, 'https://example.org/gauges', '', 'supports', '', '', NULL, 1);
INSERT INTO public.claims_historicalclaim VALUES
	(1, '2026-11-28 23:19:19.710428+00', '2026-11-28 23:19:19.711213+00', 'Rivers are full', NULL, NULL, NULL, 1, '2026-11-28 23:19:19.715578+00', 'proposed by a quote', '+', NULL, 1, NULL),
	(2, '2026-11-28 23:19:19.710481+00', '2026-11-28 23:19:19.711253+00', 'Roads are dry', NULL, NULL, NULL, 2, '2026-11-28 23:19:19.715793+00', 'proposed by a quote', '+', NULL, 2, NULL),
	(3, '2026-11-28 23:19:19.710506+00', '2026-11-28 23:19:19.711278+00', 'Bridges will hold.', NULL, NULL, NULL, 3, '2026-11-28 23:19:19.715844+00', 'proposed by a quote', '+', NULL, 1, NULL),
	(1, '2026-11-28 23:19:19.710428+00', '2026-11-28 23:19:19.91158+00', 'Rivers are full', NULL, '2026-11-28 23:19:19.871288+00', NULL, 4, '2026-11-28 23:19:19.917997+00', 'a quote of it was decided', '~', 1, 1, NULL),
	(3, '2026-11-28 23:19:19.710506+00', '2026-11-28 23:19:20.201688+00', 'Bridges will hold.', NULL, NULL, NULL, 5, '2026-11-28 23:19:20.207686+00', 'a quote of it was decided', '~', 1, 1, NULL),
	(1, '2026-11-28 23:19:19.710428+00', '2026-11-28 23:19:20.265942+00', 'The rivers are full.', NULL, '2026-11-28 23:19:19.871288+00', NULL, 6, '2026-11-28 23:19:20.270566+00', 'reworded', '~', 1, 1, NULL),
	(1, '2026-11-28 23:19:19.710428+00', '2026-11-28 23:19:20.277029+00', 'The rivers are full.', NULL, '2026-11-28 23:19:19.871288+00', NULL, 7, '2026-11-28 23:19:20.278756+00', 'topics set', '~', 1, 1, NULL),
	(1, '2026-11-28 23:19:19.710428+00', '2026-11-28 23:19:20.440607+00', 'The rivers are full.', NULL, '2026-11-28 23:19:19.871288+00', NULL, 8, '2026-11-28 23:19:20.443573+00', 'a verification was submitted', '~', 1, 1, NULL),
	(1, '2026-11-28 23:19:19.710428+00', '2026-11-28 23:19:20.652045+00', 'The rivers are full.', NULL, '2026-11-28 23:19:19.871288+00', NULL, 9, '2026-11-28 23:19:20.657739+00', 'a verification was published', '~', 2, 1, NULL);
INSERT INTO public.claims_historicalclaim_topics VALUES
	(1, 1, 1, 7, 1),
	(1, 2, 1, 8, 1),
	(1, 3, 1, 9, 1);
INSERT INTO public.claims_historicalclaimamendment VALUES
	(1, 'open', 'All rivers are full.', NULL, 'The rivers are full.', NULL, 'One word.', 'It was missing.', '', '2026-11-28 23:19:21.004938+00', NULL, 1, '2026-11-28 23:19:21.007632+00', 'kept as a draft', '+', 1, 1, NULL, 1, 1, 1);
INSERT INTO public.claims_historicalevidence VALUES
	(1, 'https://example.org/gauges', '', 'supports', '', '', 1, '2026-11-28 23:19:20.427745+00', NULL, '+', NULL, NULL, 1);
INSERT INTO public.claims_historicalquote VALUES
	(1, '2026-11-28 23:19:19.702831+00', '2026-11-28 23:19:19.720965+00', 'direct', '[[1, 17]]', 1, 17, 'Rivers are full,', '"', '" said Lena Ford, head of the Wa', 'said', '[[19, 23]]', 'Lena Ford', '[[24, 33]]', '[]', 'head of the Water Board', '', 0.965, 'tagger', '1', 'pending', NULL, 1, '2026-11-28 23:19:19.72727+00', 'found in the article', '+', 1, NULL, NULL, 1, 1, 'speech', '[]'),
	(2, '2026-11-28 23:19:19.707758+00', '2026-11-28 23:19:19.721089+00', 'direct', '[[73, 87]]', 73, 87, 'Roads are dry,', 'f the Water Board, on Monday.
"', '" Tobias Reck told reporters.
F', 'told', '[[101, 105]]', 'Tobias Reck', '[[89, 100]]', '[]', '', '', 0.961, 'tagger', '1', 'pending', NULL, 2, '2026-11-28 23:19:19.727549+00', 'found in the article', '+', 2, NULL, NULL, 1, 2, 'speech', '[]'),
	(3, '2026-11-28 23:19:19.707894+00', '2026-11-28 23:19:19.721151+00', 'direct', '[[131, 149]]', 131, 149, 'Bridges will hold.', 'k told reporters.
Ford added: "', '"
', 'added', '[[123, 128]]', 'Ford', '[[118, 122]]', '[]', '', '', 0.959, 'tagger', '1', 'pending', NULL, 3, '2026-11-28 23:19:19.727638+00', 'found in the article', '+', 3, NULL, NULL, 1, 1, 'speech', '[]'),
	(1, '2026-11-28 23:19:19.702831+00', '2026-11-28 23:19:19.886147+00', 'direct', '[[1, 17]]', 1, 17, 'Rivers are full,', '"', '" said Lena Ford, head of the Wa', 'said', '[[19, 23]]', 'Lena Ford', '[[24, 33]]', '[]', 'head of the Water Board', '', 0.965, 'tagger', '1', 'accepted', '2026-11-28 23:19:19.871288+00', 4, '2026-11-28 23:19:19.902387+00', 'quote accepted', '~', 1, 1, 1, 1, 1, 'speech', '[]'),
	(3, '2026-11-28 23:19:19.707894+00', '2026-11-28 23:19:20.191056+00', 'direct', '[[131, 149]]', 131, 149, 'Bridges will hold.', 'k told reporters.
Ford added: "', '"
', 'added', '[[123, 128]]', 'Ford', '[[118, 122]]', '[]', '', '', 0.959, 'tagger', '1', 'rejected', '2026-11-28 23:19:20.171733+00', 5, '2026-11-28 23:19:20.195704+00', 'said twice', '~', 3, 1, 1, 1, 1, 'speech', '[]');
INSERT INTO public.claims_historicalsource VALUES
	(1, '2026-11-28 23:19:19.578963+00', '2026-11-28 23:19:19.642897+00', 'The Daily Example', 'On dykes', '', 'https://example.org/rivers', 'article', NULL, 'en', '', '', 1, '2026-11-28 23:19:19.653412+00', 'read from rivers.txt', '+', NULL);
INSERT INTO public.claims_historicalspeaker VALUES
	(1, '2026-11-28 23:19:19.675965+00', '2026-11-28 23:19:19.676853+00', 'person', 'Lena Ford', '', '', 1, '2026-11-28 23:19:19.682737+00', 'named in an article', '+', NULL, NULL),
	(2, '2026-11-28 23:19:19.676026+00', '2026-11-28 23:19:19.676892+00', 'person', 'Tobias Reck', '', '', 2, '2026-11-28 23:19:19.682947+00', 'named in an article', '+', NULL, NULL),
	(3, '2026-11-28 23:19:21.042316+00', '2026-11-28 23:19:21.042534+00', 'person', 'L. Ford', '', '', 3, '2026-11-28 23:19:21.045368+00', NULL, '+', NULL, NULL),
	(3, '2026-11-28 23:19:21.042316+00', '2026-11-28 23:19:21.107117+00', 'person', 'L. Ford', '', '', 4, '2026-11-28 23:19:21.112915+00', 'L. Ford merged into Lena Ford', '~', 2, 1),
	(1, '2026-11-28 23:19:19.675965+00', '2026-11-28 23:19:21.117242+00', 'person', 'Lena Ford', '', '', 5, '2026-11-28 23:19:21.123687+00', 'L. Ford merged into Lena Ford', '~', 2, NULL);
INSERT INTO public.claims_historicalspeakermerge VALUES
	(1, '{"name": [3], "claim": [], "quote": [], "position": [], "suggestion": [], "wikidata_id": "", "corrected draft": [], "draft correction": []}', '2026-11-28 23:19:21.058385+00', NULL, 1, '2026-11-28 23:19:21.135714+00', 'merged', '+', 2, 1, 3, 2, NULL);
INSERT INTO public.claims_historicalspeakername VALUES
	(1, 'Lena Ford', 'lena ford', 'ford', 1, '2026-11-28 23:19:19.699924+00', 'main name', '+', NULL, 1),
	(2, 'Tobias Reck', 'tobias reck', 'reck', 2, '2026-11-28 23:19:19.700176+00', 'main name', '+', NULL, 2),
	(3, 'L. Ford', 'l. ford', 'ford', 3, '2026-11-28 23:19:21.056685+00', NULL, '+', NULL, 3),
	(3, 'L. Ford', 'l. ford', 'ford', 4, '2026-11-28 23:19:21.094445+00', 'speaker is now Lena Ford', '~', 2, 1);
INSERT INTO public.claims_historicaltopic VALUES
	(1, 'Water', 'water', 'Rivers and lakes.', 1, '2026-11-28 23:19:20.260091+00', NULL, '+', NULL);
INSERT INTO public.claims_historicalverification VALUES
	(1, '2026-11-28 23:19:20.421422+00', 'draft', 'Two gauges show it.', '', '', '2026-11-28 23:19:20.421196+00', NULL, NULL, 1, '2026-11-28 23:19:20.423219+00', NULL, '+', NULL, 1, 1, NULL, 1, NULL),
	(1, '2026-11-28 23:19:20.436276+00', 'submitted', 'Two gauges show it.', 'e4b516bf55530546350ee213faf6a48fe0e6e7c0b8f7aeaa2d87fb0f4205d526', '', '2026-11-28 23:19:20.421196+00', '2026-11-28 23:19:20.434997+00', NULL, 2, '2026-11-28 23:19:20.439346+00', 'submitted', '~', NULL, 1, 1, 1, 1, NULL),
	(1, '2026-11-28 23:19:20.645367+00', 'published', 'Two gauges show it.', 'e4b516bf55530546350ee213faf6a48fe0e6e7c0b8f7aeaa2d87fb0f4205d526', '', '2026-11-28 23:19:20.421196+00', '2026-11-28 23:19:20.434997+00', '2026-11-28 23:19:20.645328+00', 3, '2026-11-28 23:19:20.650787+00', 'approved and published', '~', 2, 1, 1, 2, 1, NULL);
INSERT INTO public.claims_hold VALUES
	(1, 2, 2, '2026-11-28 23:24:20.251631+00');
INSERT INTO public.claims_mention VALUES
	(1, NULL, 1, 2);
INSERT INTO public.claims_operation VALUES
	(1, 'decide', 'Accepted: “Rivers are full,”', '2026-11-28 23:19:19.94513+00', '[{"pk": 1, "after": {"decision": "accepted", "decided_at": "2026-11-28T23:19:19.871288+00:00", "decided_by": 1}, "model": "quote", "before": {"decision": "pending", "decided_at": null, "decided_by": null}}, {"pk": 1, "after": {"released_at": "2026-11-28T23:19:19.871288+00:00"}, "model": "claim", "before": {"released_at": null}}]', 1, NULL),
	(2, 'decide', 'Rejected: “Bridges will hold.”', '2026-11-28 23:19:20.221882+00', '[{"pk": 3, "after": {"decision": "rejected", "decided_at": "2026-11-28T23:19:20.171733+00:00", "decided_by": 1}, "model": "quote", "before": {"decision": "pending", "decided_at": null, "decided_by": null}}]', 1, NULL),
	(3, 'edit claim', 'Changed: “Rivers are full”', '2026-11-28 23:19:20.287486+00', '[{"pk": 1, "after": {"text": "The rivers are full.", "topics": [1]}, "model": "claim", "before": {"text": "Rivers are full", "topics": []}}]', 1, NULL),
	(4, 'draft correction', 'Draft correction: “The rivers are full.”', '2026-11-28 23:19:21.013605+00', '[{"pk": 1, "after": {"why": "It was missing.", "text": "All rivers are full.", "what": "One word.", "claim": 1, "state": "open", "author": 1, "comment": "", "said_on": null, "speaker": 1, "was_text": "The rivers are full.", "created_at": "2026-11-28T23:19:21.004938+00:00", "decided_at": null, "decided_by": null, "was_said_on": null, "was_speaker": 1}, "model": "claimamendment", "before": null}]', 1, NULL),
	(5, 'merge', 'Merged “L. Ford” (#3) into “Lena Ford” (#1)', '2026-11-28 23:19:21.139137+00', '[{"pk": 3, "after": {"speaker": 1}, "model": "speakername", "before": {"speaker": 3}}, {"pk": 3, "after": {"merged_into": 1}, "model": "speaker", "before": {"merged_into": null}}, {"pk": 1, "after": {"kept": 1, "moved": {"name": [3], "claim": [], "quote": [], "position": [], "suggestion": [], "wikidata_id": "", "corrected draft": [], "draft correction": []}, "merged": 3, "merged_at": "2026-11-28T23:19:21.058385+00:00", "merged_by": 2, "undone_at": null, "undone_by": null}, "model": "speakermerge", "before": null}]', 2, NULL);
INSERT INTO public.claims_quote VALUES
	(2, '2026-11-28 23:19:19.707758+00', '2026-11-28 23:19:19.721089+00', 'direct', '[[73, 87]]', 73, 87, 'Roads are dry,', 'f the Water Board, on Monday.
"', '" Tobias Reck told reporters.
F', 'told', '[[101, 105]]', 'Tobias Reck', '[[89, 100]]', '[]', '', '', 0.961, 'tagger', '1', 'pending', NULL, 2, NULL, 1, 2, 'speech', '[]'),
	(1, '2026-11-28 23:19:19.702831+00', '2026-11-28 23:19:19.886147+00', 'direct', '[[1, 17]]', 1, 17, 'Rivers are full,', '"', '" said Lena Ford, head of the Wa', 'said', '[[19, 23]]', 'Lena Ford', '[[24, 33]]', '[]', 'head of the Water Board', '', 0.965, 'tagger', '1', 'accepted', '2026-11-28 23:19:19.871288+00', 1, 1, 1, 1, 'speech', '[]'),
	(3, '2026-11-28 23:19:19.707894+00', '2026-11-28 23:19:20.191056+00', 'direct', '[[131, 149]]', 131, 149, 'Bridges will hold.', 'k told reporters.
Ford added: "', '"
', 'added', '[[123, 128]]', 'Ford', '[[118, 122]]', '[]', '', '', 0.959, 'tagger', '1', 'rejected', '2026-11-28 23:19:20.171733+00', 3, 1, 1, 1, 'speech', '[]');
INSERT INTO public.claims_quote_words VALUES
	(3856682975265554433, 1, '''are'':2,7 ''dykes'':17 ''ford'':11,14 ''full'':3,8 ''l'':13 ''lena'':10 ''on'':16 ''rivers'':1,6 ''the'':5');
INSERT INTO public.claims_rating VALUES
	(1, 'True', 'true', 5, 1, 5, 'Accurate, with nothing significant left out.'),
	(2, 'Mostly true', 'mostly-true', 4, 1, 5, 'Accurate in substance; needs clarification or more information.'),
	(3, 'Misleading', 'misleading', 3, 1, 5, 'Has a true core, but leaves a false impression.'),
	(4, 'Mostly false', 'mostly-false', 2, 1, 5, 'Has an element of truth, but is wrong in substance.'),
	(5, 'False', 'false', 1, 1, 5, 'Not accurate.'),
	(6, 'Unverifiable', 'unverifiable', NULL, 1, 5, 'Cannot be confirmed or refuted with what is known now.');
INSERT INTO public.claims_readerkey VALUES
	(1, 'The Herald', '', 'fb_eVwiK', '056f6e76b745e96203f3f37e363154fdfb2d9a4822bfdf4110338de54b1bbf89', NULL, NULL, '2026-11-28 23:19:21.034969+00', NULL, 2, NULL);
INSERT INTO public.claims_savedview VALUES
	(1, 'Mine', 'quote', '[["decision", "pending"]]', true, '2026-11-28 23:19:21.031703+00', 1);
INSERT INTO public.claims_snapshot VALUES
	(1, '"Rivers are full," said Lena Ford, head of the Water Board, on Monday.
"Roads are dry," Tobias Reck told reporters.
Ford added: "Bridges will hold."
', 'de6eece054c81640667c455619a90ef71dfebc7a7036836c07ecb1c81dc85ce5', '2026-11-28 23:19:19.663997+00', 'plain-text', '1', 1),
	(2, 'News.
"Rivers are full," said Lena Ford, head of the Water Board, on Monday.
"Roads are dry," Tobias Reck told reporters.
Ford added: "Bridges will hold."
', '9bab014c458fd657d1b88d0c4ecc4902e72b3dda9a6c14fefece8dfcd867b03a', '2026-11-28 23:19:20.237555+00', 'plain-text', '1', 1);
INSERT INTO public.claims_source VALUES
	(1, '2026-11-28 23:19:19.578963+00', '2026-11-28 23:19:19.642897+00', 'The Daily Example', 'On dykes', '', 'https://example.org/rivers', 'article', NULL, 'en', '', '');
INSERT INTO public.claims_source_words VALUES
	(3856682975265554433, 1, '''daily'':5 ''dykes'':2 ''example'':6 ''on'':1 ''the'':4');
INSERT INTO public.claims_speaker VALUES
	(2, '2026-11-28 23:19:19.676026+00', '2026-11-28 23:19:19.676892+00', 'person', 'Tobias Reck', '', '', NULL),
	(3, '2026-11-28 23:19:21.042316+00', '2026-11-28 23:19:21.107117+00', 'person', 'L. Ford', '', '', 1),
	(1, '2026-11-28 23:19:19.675965+00', '2026-11-28 23:19:21.117242+00', 'person', 'Lena Ford', '', '', NULL);
INSERT INTO public.claims_speaker_words VALUES
	(2, 2, '''reck'':2,5 ''tobias'':1,4'),
	(1, 1, '''ford'':2,5,8 ''l'':7 ''lena'':1,4'),
	(3, 3, '''ford'':2 ''l'':1');
INSERT INTO public.claims_speakermerge VALUES
	(1, '{"name": [3], "claim": [], "quote": [], "position": [], "suggestion": [], "wikidata_id": "", "corrected draft": [], "draft correction": []}', '2026-11-28 23:19:21.058385+00', NULL, 1, 3, 2, NULL);
INSERT INTO public.claims_speakername VALUES
	(1, 'Lena Ford', 'lena ford', 'ford', 1),
	(2, 'Tobias Reck', 'tobias reck', 'reck', 2),
	(3, 'L. Ford', 'l. ford', 'ford', 1);
INSERT INTO public.claims_topic VALUES
	(1, 'Water', 'water', 'Rivers and lakes.');
INSERT INTO public.claims_topic_words VALUES
	(1, 1, '''and'':4 ''lakes'':5 ''rivers'':3 ''water'':1');
INSERT INTO public.claims_verification VALUES
	(1, '2026-11-28 23:19:20.645367+00', 'published', 'Two gauges show it.', 'e4b516bf55530546350ee213faf6a48fe0e6e7c0b8f7aeaa2d87fb0f4205d526', '', '2026-11-28 23:19:20.421196+00', '2026-11-28 23:19:20.434997+00', '2026-11-28 23:19:20.645328+00', 2, 1, 1, 1, NULL);
INSERT INTO public.claims_verification_words VALUES
	(3856682977413038081, 1, '''are'':8 ''ford'':12,15 ''full'':9 ''gauges'':2 ''it'':4 ''l'':14 ''lena'':11 ''rivers'':7 ''show'':3 ''the'':6 ''two'':1');
INSERT INTO public.django_admin_log VALUES
	(1, '2026-11-28 23:19:21.36586+00', '1', 'ella', 2, 'Set the password for its holder (mark 15c00cfc716d985a).', 3, 2);
INSERT INTO public.django_content_type VALUES
	(1, 'auth', 'permission'),
	(2, 'auth', 'group'),
	(3, 'auth', 'user'),
	(4, 'axes', 'accessattempt'),
	(5, 'axes', 'accesslog'),
	(6, 'axes', 'accessfailurelog'),
	(7, 'axes', 'accessattemptexpiration'),
	(8, 'claims', 'claim'),
	(9, 'claims', 'historicalrating'),
	(10, 'claims', 'historicalsource'),
	(11, 'claims', 'historicaltopic'),
	(12, 'claims', 'rating'),
	(13, 'claims', 'source'),
	(14, 'claims', 'snapshot'),
	(15, 'claims', 'speaker'),
	(16, 'claims', 'quote'),
	(17, 'claims', 'position'),
	(18, 'claims', 'mergesuggestion'),
	(19, 'claims', 'historicalspeakername'),
	(20, 'claims', 'historicalspeaker'),
	(21, 'claims', 'historicalquote'),
	(22, 'claims', 'historicalposition'),
	(23, 'claims', 'historicalclaim'),
	(24, 'claims', 'speakermerge'),
	(25, 'claims', 'speakername'),
	(26, 'claims', 'topic'),
	(27, 'claims', 'historicalclaim_topics'),
	(28, 'claims', 'verification'),
	(29, 'claims', 'historicalverification'),
	(30, 'claims', 'historicalevidence'),
	(31, 'claims', 'evidence'),
	(32, 'claims', 'correction'),
	(33, 'claims', 'anchor'),
	(34, 'claims', 'operation'),
	(35, 'claims', 'hold'),
	(36, 'claims', 'claimamendment'),
	(37, 'claims', 'claimrelation'),
	(38, 'claims', 'historicalclaimamendment'),
	(39, 'claims', 'historicalclaimrelation'),
	(40, 'claims', 'historicalanchor'),
	(41, 'claims', 'historicalmergesuggestion'),
	(42, 'claims', 'historicalspeakermerge'),
	(43, 'claims', 'comment'),
	(44, 'claims', 'mention'),
	(45, 'claims', 'savedview'),
	(46, 'claims', 'claimwords'),
	(47, 'claims', 'quotewords'),
	(48, 'claims', 'sourcewords'),
	(49, 'claims', 'speakerwords'),
	(50, 'claims', 'topicwords'),
	(51, 'claims', 'verificationwords'),
	(52, 'claims', 'change'),
	(53, 'claims', 'touched'),
	(54, 'claims', 'readerkey'),
	(55, 'admin', 'logentry'),
	(56, 'contenttypes', 'contenttype'),
	(57, 'sessions', 'session');
INSERT INTO public.django_migrations VALUES
	(1, 'contenttypes', '0001_initial', '2026-11-28 23:18:55.569293+00'),
	(2, 'auth', '0001_initial', '2026-11-28 23:18:55.636336+00'),
	(3, 'admin', '0001_initial', '2026-11-28 23:18:55.667824+00'),
	(4, 'admin', '0002_logentry_remove_auto_add', '2026-11-28 23:18:55.674467+00'),
	(5, 'admin', '0003_logentry_add_action_flag_choices', '2026-11-28 23:18:55.691231+00'),
	(6, 'contenttypes', '0002_remove_content_type_name', '2026-11-28 23:18:55.739817+00'),
	(7, 'auth', '0002_alter_permission_name_max_length', '2026-11-28 23:18:55.760435+00'),
	(8, 'auth', '0003_alter_user_email_max_length', '2026-11-28 23:18:55.779179+00'),
	(9, 'auth', '0004_alter_user_username_opts', '2026-11-28 23:18:55.800595+00'),
	(10, 'auth', '0005_alter_user_last_login_null', '2026-11-28 23:18:55.818599+00'),
	(11, 'auth', '0006_require_contenttypes_0002', '2026-11-28 23:18:55.819688+00'),
	(12, 'auth', '0007_alter_validators_add_error_messages', '2026-11-28 23:18:55.836648+00'),
	(13, 'auth', '0008_alter_user_username_max_length', '2026-11-28 23:18:55.858444+00'),
	(14, 'auth', '0009_alter_user_last_name_max_length', '2026-11-28 23:18:55.879218+00'),
	(15, 'auth', '0010_alter_group_name_max_length', '2026-11-28 23:18:55.904964+00'),
	(16, 'auth', '0011_update_proxy_permissions', '2026-11-28 23:18:55.910822+00'),
	(17, 'auth', '0012_alter_user_first_name_max_length', '2026-11-28 23:18:55.936259+00'),
	(18, 'axes', '0001_initial', '2026-11-28 23:18:55.951826+00'),
	(19, 'axes', '0002_auto_20151217_2044', '2026-11-28 23:18:55.997389+00'),
	(20, 'axes', '0003_auto_20160322_0929', '2026-11-28 23:18:56.023391+00'),
	(21, 'axes', '0004_auto_20181024_1538', '2026-11-28 23:18:56.043235+00'),
	(22, 'axes', '0005_remove_accessattempt_trusted', '2026-11-28 23:18:56.055278+00'),
	(23, 'axes', '0006_remove_accesslog_trusted', '2026-11-28 23:18:56.06731+00'),
	(24, 'axes', '0007_alter_accessattempt_unique_together', '2026-11-28 23:18:56.100719+00'),
	(25, 'axes', '0008_accessfailurelog', '2026-11-28 23:18:56.11195+00'),
	(26, 'axes', '0009_add_session_hash', '2026-11-28 23:18:56.117038+00'),
	(27, 'axes', '0010_accessattemptexpiration', '2026-11-28 23:18:56.132989+00'),
	(28, 'claims', '0001_initial', '2026-11-28 23:19:00.904174+00'),
	(29, 'claims', '0002_triggers', '2026-11-28 23:19:01.019502+00'),
	(30, 'claims', '0003_default_ratings', '2026-11-28 23:19:01.120425+00'),
	(31, 'claims', '0004_quote_receipts', '2026-11-28 23:19:01.569424+00'),
	(32, 'claims', '0005_operations', '2026-11-28 23:19:02.64829+00'),
	(33, 'claims', '0006_holds', '2026-11-28 23:19:02.937345+00'),
	(34, 'claims', '0007_relations', '2026-11-28 23:19:07.809161+00'),
	(35, 'claims', '0008_people', '2026-11-28 23:19:09.96913+00'),
	(36, 'claims', '0009_conversation', '2026-11-28 23:19:12.915193+00'),
	(37, 'claims', '0010_search_index', '2026-11-28 23:19:13.023607+00'),
	(38, 'claims', '0011_list_indexes', '2026-11-28 23:19:13.229416+00'),
	(39, 'claims', '0012_groups', '2026-11-28 23:19:13.386269+00'),
	(40, 'claims', '0013_full_text', '2026-11-28 23:19:14.323255+00'),
	(41, 'claims', '0014_what_changed_for_readers', '2026-11-28 23:19:14.517466+00'),
	(42, 'claims', '0015_reader_keys', '2026-11-28 23:19:14.707299+00'),
	(43, 'sessions', '0001_initial', '2026-11-28 23:19:14.716182+00');
SELECT pg_catalog.setval('public.auth_group_id_seq', 4, true);
SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 251, true);
SELECT pg_catalog.setval('public.auth_permission_id_seq', 208, true);
SELECT pg_catalog.setval('public.auth_user_groups_id_seq', 2, true);
SELECT pg_catalog.setval('public.auth_user_id_seq', 2, true);
SELECT pg_catalog.setval('public.auth_user_user_permissions_id_seq', 1, false);
SELECT pg_catalog.setval('public.axes_accessattempt_id_seq', 1, false);
SELECT pg_catalog.setval('public.axes_accessfailurelog_id_seq', 1, false);
SELECT pg_catalog.setval('public.axes_accesslog_id_seq', 1, false);
SELECT pg_catalog.setval('public.claims_anchor_id_seq', 3, true);
SELECT pg_catalog.setval('public.claims_change_id_seq', 33, true);
SELECT pg_catalog.setval('public.claims_claim_id_seq', 3, true);
SELECT pg_catalog.setval('public.claims_claim_topics_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_claimamendment_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_claimrelation_id_seq', 1, false);
SELECT pg_catalog.setval('public.claims_comment_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_correction_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_evidence_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_historicalanchor_history_id_seq', 1, false);
SELECT pg_catalog.setval('public.claims_historicalclaim_history_id_seq', 9, true);
SELECT pg_catalog.setval('public.claims_historicalclaim_topics_m2m_history_id_seq', 3, true);
SELECT pg_catalog.setval('public.claims_historicalclaimamendment_history_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_historicalclaimrelation_history_id_seq', 1, false);
SELECT pg_catalog.setval('public.claims_historicalevidence_history_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_historicalmergesuggestion_history_id_seq', 1, false);
SELECT pg_catalog.setval('public.claims_historicalposition_history_id_seq', 1, false);
SELECT pg_catalog.setval('public.claims_historicalquote_history_id_seq', 5, true);
SELECT pg_catalog.setval('public.claims_historicalrating_history_id_seq', 1, false);
SELECT pg_catalog.setval('public.claims_historicalsource_history_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_historicalspeaker_history_id_seq', 5, true);
SELECT pg_catalog.setval('public.claims_historicalspeakermerge_history_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_historicalspeakername_history_id_seq', 4, true);
SELECT pg_catalog.setval('public.claims_historicaltopic_history_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_historicalverification_history_id_seq', 3, true);
SELECT pg_catalog.setval('public.claims_hold_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_mention_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_mergesuggestion_id_seq', 1, false);
SELECT pg_catalog.setval('public.claims_operation_id_seq', 5, true);
SELECT pg_catalog.setval('public.claims_position_id_seq', 1, false);
SELECT pg_catalog.setval('public.claims_quote_id_seq', 3, true);
SELECT pg_catalog.setval('public.claims_rating_id_seq', 6, true);
SELECT pg_catalog.setval('public.claims_readerkey_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_savedview_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_snapshot_id_seq', 2, true);
SELECT pg_catalog.setval('public.claims_source_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_speaker_id_seq', 3, true);
SELECT pg_catalog.setval('public.claims_speakermerge_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_speakername_id_seq', 3, true);
SELECT pg_catalog.setval('public.claims_topic_id_seq', 1, true);
SELECT pg_catalog.setval('public.claims_touched_id_seq', 53, true);
SELECT pg_catalog.setval('public.claims_verification_id_seq', 1, true);
SELECT pg_catalog.setval('public.django_admin_log_id_seq', 1, true);
SELECT pg_catalog.setval('public.django_content_type_id_seq', 57, true);
SELECT pg_catalog.setval('public.django_migrations_id_seq', 43, true);
ALTER TABLE ONLY public.claims_anchor
    ADD CONSTRAINT anchor_is_unique UNIQUE (quote_id, snapshot_id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_user_id_group_id_94350c0c_uniq UNIQUE (user_id, group_id);
ALTER TABLE ONLY public.auth_user
    ADD CONSTRAINT auth_user_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permissions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permissions_user_id_permission_id_14a6b632_uniq UNIQUE (user_id, permission_id);
ALTER TABLE ONLY public.auth_user
    ADD CONSTRAINT auth_user_username_key UNIQUE (username);
ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.axes_accessattempt
    ADD CONSTRAINT axes_accessattempt_username_ip_address_user_agent_8ea22282_uniq UNIQUE (username, ip_address, user_agent);
ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptexpiration_pkey PRIMARY KEY (access_attempt_id);
ALTER TABLE ONLY public.axes_accessfailurelog
    ADD CONSTRAINT axes_accessfailurelog_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.axes_accesslog
    ADD CONSTRAINT axes_accesslog_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_change
    ADD CONSTRAINT change_is_one_a_thing UNIQUE (kind, object_id);
ALTER TABLE ONLY public.claims_anchor
    ADD CONSTRAINT claims_anchor_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_change
    ADD CONSTRAINT claims_change_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_claim
    ADD CONSTRAINT claims_claim_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_claim_topics
    ADD CONSTRAINT claims_claim_topics_claim_id_topic_id_1bb5b613_uniq UNIQUE (claim_id, topic_id);
ALTER TABLE ONLY public.claims_claim_topics
    ADD CONSTRAINT claims_claim_topics_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_claim_words
    ADD CONSTRAINT claims_claim_words_pkey PRIMARY KEY (rowid);
ALTER TABLE ONLY public.claims_claim_words
    ADD CONSTRAINT claims_claim_words_row_id_key UNIQUE (row_id);
ALTER TABLE ONLY public.claims_claimamendment
    ADD CONSTRAINT claims_claimamendment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_claimrelation
    ADD CONSTRAINT claims_claimrelation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_comment
    ADD CONSTRAINT claims_comment_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_correction
    ADD CONSTRAINT claims_correction_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_evidence
    ADD CONSTRAINT claims_evidence_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_historicalanchor
    ADD CONSTRAINT claims_historicalanchor_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.claims_historicalclaim
    ADD CONSTRAINT claims_historicalclaim_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.claims_historicalclaim_topics
    ADD CONSTRAINT claims_historicalclaim_topics_pkey PRIMARY KEY (m2m_history_id);
ALTER TABLE ONLY public.claims_historicalclaimamendment
    ADD CONSTRAINT claims_historicalclaimamendment_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.claims_historicalclaimrelation
    ADD CONSTRAINT claims_historicalclaimrelation_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.claims_historicalevidence
    ADD CONSTRAINT claims_historicalevidence_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.claims_historicalmergesuggestion
    ADD CONSTRAINT claims_historicalmergesuggestion_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.claims_historicalposition
    ADD CONSTRAINT claims_historicalposition_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.claims_historicalquote
    ADD CONSTRAINT claims_historicalquote_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.claims_historicalrating
    ADD CONSTRAINT claims_historicalrating_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.claims_historicalsource
    ADD CONSTRAINT claims_historicalsource_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.claims_historicalspeaker
    ADD CONSTRAINT claims_historicalspeaker_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.claims_historicalspeakermerge
    ADD CONSTRAINT claims_historicalspeakermerge_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.claims_historicalspeakername
    ADD CONSTRAINT claims_historicalspeakername_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.claims_historicaltopic
    ADD CONSTRAINT claims_historicaltopic_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.claims_historicalverification
    ADD CONSTRAINT claims_historicalverification_pkey PRIMARY KEY (history_id);
ALTER TABLE ONLY public.claims_hold
    ADD CONSTRAINT claims_hold_editor_id_key UNIQUE (editor_id);
ALTER TABLE ONLY public.claims_hold
    ADD CONSTRAINT claims_hold_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_hold
    ADD CONSTRAINT claims_hold_quote_id_key UNIQUE (quote_id);
ALTER TABLE ONLY public.claims_mention
    ADD CONSTRAINT claims_mention_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_mergesuggestion
    ADD CONSTRAINT claims_mergesuggestion_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_operation
    ADD CONSTRAINT claims_operation_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_operation
    ADD CONSTRAINT claims_operation_undoes_id_key UNIQUE (undoes_id);
ALTER TABLE ONLY public.claims_position
    ADD CONSTRAINT claims_position_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_quote
    ADD CONSTRAINT claims_quote_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_quote_words
    ADD CONSTRAINT claims_quote_words_pkey PRIMARY KEY (rowid);
ALTER TABLE ONLY public.claims_quote_words
    ADD CONSTRAINT claims_quote_words_row_id_key UNIQUE (row_id);
ALTER TABLE ONLY public.claims_rating
    ADD CONSTRAINT claims_rating_name_key UNIQUE (name);
ALTER TABLE ONLY public.claims_rating
    ADD CONSTRAINT claims_rating_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_rating
    ADD CONSTRAINT claims_rating_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.claims_readerkey
    ADD CONSTRAINT claims_readerkey_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.claims_readerkey
    ADD CONSTRAINT claims_readerkey_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_savedview
    ADD CONSTRAINT claims_savedview_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_snapshot
    ADD CONSTRAINT claims_snapshot_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_source
    ADD CONSTRAINT claims_source_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_source_words
    ADD CONSTRAINT claims_source_words_pkey PRIMARY KEY (rowid);
ALTER TABLE ONLY public.claims_source_words
    ADD CONSTRAINT claims_source_words_row_id_key UNIQUE (row_id);
ALTER TABLE ONLY public.claims_speaker
    ADD CONSTRAINT claims_speaker_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_speaker_words
    ADD CONSTRAINT claims_speaker_words_pkey PRIMARY KEY (rowid);
ALTER TABLE ONLY public.claims_speaker_words
    ADD CONSTRAINT claims_speaker_words_row_id_key UNIQUE (row_id);
ALTER TABLE ONLY public.claims_speakermerge
    ADD CONSTRAINT claims_speakermerge_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_speakername
    ADD CONSTRAINT claims_speakername_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_topic
    ADD CONSTRAINT claims_topic_name_key UNIQUE (name);
ALTER TABLE ONLY public.claims_topic
    ADD CONSTRAINT claims_topic_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_topic
    ADD CONSTRAINT claims_topic_slug_key UNIQUE (slug);
ALTER TABLE ONLY public.claims_topic_words
    ADD CONSTRAINT claims_topic_words_pkey PRIMARY KEY (rowid);
ALTER TABLE ONLY public.claims_topic_words
    ADD CONSTRAINT claims_topic_words_row_id_key UNIQUE (row_id);
ALTER TABLE ONLY public.claims_touched
    ADD CONSTRAINT claims_touched_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_verification
    ADD CONSTRAINT claims_verification_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.claims_verification_words
    ADD CONSTRAINT claims_verification_words_pkey PRIMARY KEY (rowid);
ALTER TABLE ONLY public.claims_verification_words
    ADD CONSTRAINT claims_verification_words_row_id_key UNIQUE (row_id);
ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);
ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);
ALTER TABLE ONLY public.claims_mention
    ADD CONSTRAINT mention_is_unique_per_comment UNIQUE (comment_id, user_id);
ALTER TABLE ONLY public.claims_mergesuggestion
    ADD CONSTRAINT merge_suggestion_is_unique UNIQUE (first_id, second_id);
ALTER TABLE ONLY public.claims_savedview
    ADD CONSTRAINT saved_view_name_is_unique_per_owner UNIQUE (owner_id, name);
ALTER TABLE ONLY public.claims_snapshot
    ADD CONSTRAINT snapshot_is_unique_per_source_and_sha256 UNIQUE (source_id, sha256);
ALTER TABLE ONLY public.claims_speakername
    ADD CONSTRAINT speaker_name_is_unique_per_speaker UNIQUE (speaker_id, key);
CREATE UNIQUE INDEX amendment_one_open_per_claim ON public.claims_claimamendment USING btree (claim_id) WHERE ((state)::text = 'open'::text);
CREATE INDEX anchor_waiting ON public.claims_anchor USING btree (snapshot_id) WHERE ((settled_at IS NULL) AND ((state)::text = ANY ((ARRAY['ambiguous'::character varying, 'orphaned'::character varying])::text[])));
CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);
CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);
CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);
CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);
CREATE INDEX auth_user_groups_group_id_97559544 ON public.auth_user_groups USING btree (group_id);
CREATE INDEX auth_user_groups_user_id_6a12ed8b ON public.auth_user_groups USING btree (user_id);
CREATE INDEX auth_user_user_permissions_permission_id_1fbb5f2c ON public.auth_user_user_permissions USING btree (permission_id);
CREATE INDEX auth_user_user_permissions_user_id_a95ead1b ON public.auth_user_user_permissions USING btree (user_id);
CREATE INDEX auth_user_username_6821ab7c_like ON public.auth_user USING btree (username varchar_pattern_ops);
CREATE INDEX axes_accessattempt_ip_address_10922d9c ON public.axes_accessattempt USING btree (ip_address);
CREATE INDEX axes_accessattempt_user_agent_ad89678b ON public.axes_accessattempt USING btree (user_agent);
CREATE INDEX axes_accessattempt_user_agent_ad89678b_like ON public.axes_accessattempt USING btree (user_agent varchar_pattern_ops);
CREATE INDEX axes_accessattempt_username_3f2d4ca0 ON public.axes_accessattempt USING btree (username);
CREATE INDEX axes_accessattempt_username_3f2d4ca0_like ON public.axes_accessattempt USING btree (username varchar_pattern_ops);
CREATE INDEX axes_accessfailurelog_ip_address_2e9f5a7f ON public.axes_accessfailurelog USING btree (ip_address);
CREATE INDEX axes_accessfailurelog_user_agent_ea145dda ON public.axes_accessfailurelog USING btree (user_agent);
CREATE INDEX axes_accessfailurelog_user_agent_ea145dda_like ON public.axes_accessfailurelog USING btree (user_agent varchar_pattern_ops);
CREATE INDEX axes_accessfailurelog_username_a8b7e8a4 ON public.axes_accessfailurelog USING btree (username);
CREATE INDEX axes_accessfailurelog_username_a8b7e8a4_like ON public.axes_accessfailurelog USING btree (username varchar_pattern_ops);
CREATE INDEX axes_accesslog_ip_address_86b417e5 ON public.axes_accesslog USING btree (ip_address);
CREATE INDEX axes_accesslog_user_agent_0e659004 ON public.axes_accesslog USING btree (user_agent);
CREATE INDEX axes_accesslog_user_agent_0e659004_like ON public.axes_accesslog USING btree (user_agent varchar_pattern_ops);
CREATE INDEX axes_accesslog_username_df93064b ON public.axes_accesslog USING btree (username);
CREATE INDEX axes_accesslog_username_df93064b_like ON public.axes_accesslog USING btree (username varchar_pattern_ops);
CREATE INDEX change_due ON public.claims_change USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX change_in_order ON public.claims_change USING btree (kind, changed_at, id);
CREATE INDEX change_last ON public.claims_change USING btree (changed_at);
CREATE INDEX claim_by_change ON public.claims_claim USING btree (updated_at, id);
CREATE INDEX claim_last_released_first ON public.claims_claim USING btree (released_at DESC, id DESC);
CREATE INDEX claim_newest_first ON public.claims_claim USING btree (created_at DESC, id DESC);
CREATE INDEX claim_newest_of_speaker ON public.claims_claim USING btree (speaker_id, id DESC);
CREATE INDEX claims_anchor_quote_id_bc403d2a ON public.claims_anchor USING btree (quote_id);
CREATE INDEX claims_anchor_settled_by_id_1456cc60 ON public.claims_anchor USING btree (settled_by_id);
CREATE INDEX claims_anchor_snapshot_id_e1ce8f09 ON public.claims_anchor USING btree (snapshot_id);
CREATE INDEX claims_anchor_state_03455aa8 ON public.claims_anchor USING btree (state);
CREATE INDEX claims_anchor_state_03455aa8_like ON public.claims_anchor USING btree (state varchar_pattern_ops);
CREATE INDEX claims_claim_merged_into_id_d79e2df0 ON public.claims_claim USING btree (merged_into_id);
CREATE INDEX claims_claim_speaker_id_e031226b ON public.claims_claim USING btree (speaker_id);
CREATE INDEX claims_claim_topics_claim_id_3ad1a16c ON public.claims_claim_topics USING btree (claim_id);
CREATE INDEX claims_claim_topics_topic_id_6de46e65 ON public.claims_claim_topics USING btree (topic_id);
CREATE INDEX claims_claim_trigrams ON public.claims_claim USING gin (upper(text) public.gin_trgm_ops);
CREATE INDEX claims_claim_words_gin ON public.claims_claim_words USING gin (words);
CREATE INDEX claims_claimamendment_author_id_899a027f ON public.claims_claimamendment USING btree (author_id);
CREATE INDEX claims_claimamendment_claim_id_67795642 ON public.claims_claimamendment USING btree (claim_id);
CREATE INDEX claims_claimamendment_decided_by_id_f080c531 ON public.claims_claimamendment USING btree (decided_by_id);
CREATE INDEX claims_claimamendment_speaker_id_7051267c ON public.claims_claimamendment USING btree (speaker_id);
CREATE INDEX claims_claimamendment_state_e1c0d984 ON public.claims_claimamendment USING btree (state);
CREATE INDEX claims_claimamendment_state_e1c0d984_like ON public.claims_claimamendment USING btree (state varchar_pattern_ops);
CREATE INDEX claims_claimamendment_was_speaker_id_4c426858 ON public.claims_claimamendment USING btree (was_speaker_id);
CREATE INDEX claims_claimrelation_decided_by_id_c964519c ON public.claims_claimrelation USING btree (decided_by_id);
CREATE INDEX claims_claimrelation_first_id_d96f9d64 ON public.claims_claimrelation USING btree (first_id);
CREATE INDEX claims_claimrelation_second_id_0c2bf68d ON public.claims_claimrelation USING btree (second_id);
CREATE INDEX claims_claimrelation_state_a1643187 ON public.claims_claimrelation USING btree (state);
CREATE INDEX claims_claimrelation_state_a1643187_like ON public.claims_claimrelation USING btree (state varchar_pattern_ops);
CREATE INDEX claims_comment_author_id_267dec63 ON public.claims_comment USING btree (author_id);
CREATE INDEX claims_comment_claim_id_43fe40e1 ON public.claims_comment USING btree (claim_id);
CREATE INDEX claims_comment_quote_id_ef101974 ON public.claims_comment USING btree (quote_id);
CREATE INDEX claims_comment_verification_id_3384f8c1 ON public.claims_comment USING btree (verification_id);
CREATE INDEX claims_correction_claim_id_5ad73c00 ON public.claims_correction USING btree (claim_id);
CREATE INDEX claims_correction_made_by_id_59556f58 ON public.claims_correction USING btree (made_by_id);
CREATE INDEX claims_evidence_source_id_23003ee9 ON public.claims_evidence USING btree (source_id);
CREATE INDEX claims_evidence_verification_id_ca86a910 ON public.claims_evidence USING btree (verification_id);
CREATE INDEX claims_historicalanchor_history_date_a4211d2c ON public.claims_historicalanchor USING btree (history_date);
CREATE INDEX claims_historicalanchor_history_user_id_4b2d1d6c ON public.claims_historicalanchor USING btree (history_user_id);
CREATE INDEX claims_historicalanchor_id_6ab85697 ON public.claims_historicalanchor USING btree (id);
CREATE INDEX claims_historicalanchor_quote_id_2bae9b75 ON public.claims_historicalanchor USING btree (quote_id);
CREATE INDEX claims_historicalanchor_settled_by_id_cc57a1d5 ON public.claims_historicalanchor USING btree (settled_by_id);
CREATE INDEX claims_historicalanchor_snapshot_id_9534ed6c ON public.claims_historicalanchor USING btree (snapshot_id);
CREATE INDEX claims_historicalanchor_state_8ca3d5b8 ON public.claims_historicalanchor USING btree (state);
CREATE INDEX claims_historicalanchor_state_8ca3d5b8_like ON public.claims_historicalanchor USING btree (state varchar_pattern_ops);
CREATE INDEX claims_historicalclaim_history_date_2c14ec26 ON public.claims_historicalclaim USING btree (history_date);
CREATE INDEX claims_historicalclaim_history_user_id_800355f2 ON public.claims_historicalclaim USING btree (history_user_id);
CREATE INDEX claims_historicalclaim_id_a3358750 ON public.claims_historicalclaim USING btree (id);
CREATE INDEX claims_historicalclaim_merged_into_id_21c88dd9 ON public.claims_historicalclaim USING btree (merged_into_id);
CREATE INDEX claims_historicalclaim_speaker_id_9ac7e88b ON public.claims_historicalclaim USING btree (speaker_id);
CREATE INDEX claims_historicalclaim_topics_claim_id_49278cae ON public.claims_historicalclaim_topics USING btree (claim_id);
CREATE INDEX claims_historicalclaim_topics_history_id_169ec780 ON public.claims_historicalclaim_topics USING btree (history_id);
CREATE INDEX claims_historicalclaim_topics_id_a0a70e17 ON public.claims_historicalclaim_topics USING btree (id);
CREATE INDEX claims_historicalclaim_topics_topic_id_48e80ceb ON public.claims_historicalclaim_topics USING btree (topic_id);
CREATE INDEX claims_historicalclaimamendment_author_id_80925fdd ON public.claims_historicalclaimamendment USING btree (author_id);
CREATE INDEX claims_historicalclaimamendment_claim_id_a95dddae ON public.claims_historicalclaimamendment USING btree (claim_id);
CREATE INDEX claims_historicalclaimamendment_decided_by_id_34621bd7 ON public.claims_historicalclaimamendment USING btree (decided_by_id);
CREATE INDEX claims_historicalclaimamendment_history_date_4bef9459 ON public.claims_historicalclaimamendment USING btree (history_date);
CREATE INDEX claims_historicalclaimamendment_history_user_id_75211fb6 ON public.claims_historicalclaimamendment USING btree (history_user_id);
CREATE INDEX claims_historicalclaimamendment_id_320d61c0 ON public.claims_historicalclaimamendment USING btree (id);
CREATE INDEX claims_historicalclaimamendment_speaker_id_341036fa ON public.claims_historicalclaimamendment USING btree (speaker_id);
CREATE INDEX claims_historicalclaimamendment_state_20dd9e87 ON public.claims_historicalclaimamendment USING btree (state);
CREATE INDEX claims_historicalclaimamendment_state_20dd9e87_like ON public.claims_historicalclaimamendment USING btree (state varchar_pattern_ops);
CREATE INDEX claims_historicalclaimamendment_was_speaker_id_96295e50 ON public.claims_historicalclaimamendment USING btree (was_speaker_id);
CREATE INDEX claims_historicalclaimrelation_decided_by_id_48d2402e ON public.claims_historicalclaimrelation USING btree (decided_by_id);
CREATE INDEX claims_historicalclaimrelation_first_id_ced2fe05 ON public.claims_historicalclaimrelation USING btree (first_id);
CREATE INDEX claims_historicalclaimrelation_history_date_8b5acc72 ON public.claims_historicalclaimrelation USING btree (history_date);
CREATE INDEX claims_historicalclaimrelation_history_user_id_aaf4bc7d ON public.claims_historicalclaimrelation USING btree (history_user_id);
CREATE INDEX claims_historicalclaimrelation_id_297c1b05 ON public.claims_historicalclaimrelation USING btree (id);
CREATE INDEX claims_historicalclaimrelation_second_id_6d23248a ON public.claims_historicalclaimrelation USING btree (second_id);
CREATE INDEX claims_historicalclaimrelation_state_2dd392e2 ON public.claims_historicalclaimrelation USING btree (state);
CREATE INDEX claims_historicalclaimrelation_state_2dd392e2_like ON public.claims_historicalclaimrelation USING btree (state varchar_pattern_ops);
CREATE INDEX claims_historicalevidence_history_date_6c2d7c7c ON public.claims_historicalevidence USING btree (history_date);
CREATE INDEX claims_historicalevidence_history_user_id_1a8c5dbb ON public.claims_historicalevidence USING btree (history_user_id);
CREATE INDEX claims_historicalevidence_id_3caa2c15 ON public.claims_historicalevidence USING btree (id);
CREATE INDEX claims_historicalevidence_source_id_d9869c5b ON public.claims_historicalevidence USING btree (source_id);
CREATE INDEX claims_historicalevidence_verification_id_5a01fc1f ON public.claims_historicalevidence USING btree (verification_id);
CREATE INDEX claims_historicalmergesuggestion_decided_by_id_82c44cf2 ON public.claims_historicalmergesuggestion USING btree (decided_by_id);
CREATE INDEX claims_historicalmergesuggestion_first_id_ae61aa66 ON public.claims_historicalmergesuggestion USING btree (first_id);
CREATE INDEX claims_historicalmergesuggestion_history_date_ea2a312f ON public.claims_historicalmergesuggestion USING btree (history_date);
CREATE INDEX claims_historicalmergesuggestion_history_user_id_93474fd3 ON public.claims_historicalmergesuggestion USING btree (history_user_id);
CREATE INDEX claims_historicalmergesuggestion_id_f7b1b764 ON public.claims_historicalmergesuggestion USING btree (id);
CREATE INDEX claims_historicalmergesuggestion_second_id_f561fccd ON public.claims_historicalmergesuggestion USING btree (second_id);
CREATE INDEX claims_historicalmergesuggestion_state_48ad425f ON public.claims_historicalmergesuggestion USING btree (state);
CREATE INDEX claims_historicalmergesuggestion_state_48ad425f_like ON public.claims_historicalmergesuggestion USING btree (state varchar_pattern_ops);
CREATE INDEX claims_historicalposition_history_date_dd6c3ffc ON public.claims_historicalposition USING btree (history_date);
CREATE INDEX claims_historicalposition_history_user_id_4553666e ON public.claims_historicalposition USING btree (history_user_id);
CREATE INDEX claims_historicalposition_id_b644d467 ON public.claims_historicalposition USING btree (id);
CREATE INDEX claims_historicalposition_speaker_id_37e05d2d ON public.claims_historicalposition USING btree (speaker_id);
CREATE INDEX claims_historicalquote_claim_id_9c9e6c42 ON public.claims_historicalquote USING btree (claim_id);
CREATE INDEX claims_historicalquote_decided_by_id_14cadbb9 ON public.claims_historicalquote USING btree (decided_by_id);
CREATE INDEX claims_historicalquote_history_date_9d8c711a ON public.claims_historicalquote USING btree (history_date);
CREATE INDEX claims_historicalquote_history_user_id_4144f400 ON public.claims_historicalquote USING btree (history_user_id);
CREATE INDEX claims_historicalquote_id_fff63b6d ON public.claims_historicalquote USING btree (id);
CREATE INDEX claims_historicalquote_snapshot_id_03aa682f ON public.claims_historicalquote USING btree (snapshot_id);
CREATE INDEX claims_historicalquote_speaker_id_9884c55c ON public.claims_historicalquote USING btree (speaker_id);
CREATE INDEX claims_historicalrating_history_date_fe6b08ca ON public.claims_historicalrating USING btree (history_date);
CREATE INDEX claims_historicalrating_history_user_id_5584b1a3 ON public.claims_historicalrating USING btree (history_user_id);
CREATE INDEX claims_historicalrating_id_e7dfe6e6 ON public.claims_historicalrating USING btree (id);
CREATE INDEX claims_historicalrating_name_60422dfb ON public.claims_historicalrating USING btree (name);
CREATE INDEX claims_historicalrating_name_60422dfb_like ON public.claims_historicalrating USING btree (name varchar_pattern_ops);
CREATE INDEX claims_historicalrating_slug_e30d2bfb ON public.claims_historicalrating USING btree (slug);
CREATE INDEX claims_historicalrating_slug_e30d2bfb_like ON public.claims_historicalrating USING btree (slug varchar_pattern_ops);
CREATE INDEX claims_historicalsource_history_date_b809c2fa ON public.claims_historicalsource USING btree (history_date);
CREATE INDEX claims_historicalsource_history_user_id_a91ee419 ON public.claims_historicalsource USING btree (history_user_id);
CREATE INDEX claims_historicalsource_id_3b34fe1b ON public.claims_historicalsource USING btree (id);
CREATE INDEX claims_historicalsource_publisher_1f708e7c ON public.claims_historicalsource USING btree (publisher);
CREATE INDEX claims_historicalsource_publisher_1f708e7c_like ON public.claims_historicalsource USING btree (publisher varchar_pattern_ops);
CREATE INDEX claims_historicalspeaker_history_date_6069f9b2 ON public.claims_historicalspeaker USING btree (history_date);
CREATE INDEX claims_historicalspeaker_history_user_id_4f4782e1 ON public.claims_historicalspeaker USING btree (history_user_id);
CREATE INDEX claims_historicalspeaker_id_20bb794b ON public.claims_historicalspeaker USING btree (id);
CREATE INDEX claims_historicalspeaker_merged_into_id_1322e6c4 ON public.claims_historicalspeaker USING btree (merged_into_id);
CREATE INDEX claims_historicalspeaker_name_b854ed61 ON public.claims_historicalspeaker USING btree (name);
CREATE INDEX claims_historicalspeaker_name_b854ed61_like ON public.claims_historicalspeaker USING btree (name varchar_pattern_ops);
CREATE INDEX claims_historicalspeakermerge_history_date_ae2d87d2 ON public.claims_historicalspeakermerge USING btree (history_date);
CREATE INDEX claims_historicalspeakermerge_history_user_id_a2fed22c ON public.claims_historicalspeakermerge USING btree (history_user_id);
CREATE INDEX claims_historicalspeakermerge_id_c473f35a ON public.claims_historicalspeakermerge USING btree (id);
CREATE INDEX claims_historicalspeakermerge_kept_id_4314b67f ON public.claims_historicalspeakermerge USING btree (kept_id);
CREATE INDEX claims_historicalspeakermerge_merged_by_id_fb392543 ON public.claims_historicalspeakermerge USING btree (merged_by_id);
CREATE INDEX claims_historicalspeakermerge_merged_id_f70a15ff ON public.claims_historicalspeakermerge USING btree (merged_id);
CREATE INDEX claims_historicalspeakermerge_undone_by_id_44db7692 ON public.claims_historicalspeakermerge USING btree (undone_by_id);
CREATE INDEX claims_historicalspeakername_family_key_d7489797 ON public.claims_historicalspeakername USING btree (family_key);
CREATE INDEX claims_historicalspeakername_family_key_d7489797_like ON public.claims_historicalspeakername USING btree (family_key varchar_pattern_ops);
CREATE INDEX claims_historicalspeakername_history_date_aa0f2668 ON public.claims_historicalspeakername USING btree (history_date);
CREATE INDEX claims_historicalspeakername_history_user_id_c955e89c ON public.claims_historicalspeakername USING btree (history_user_id);
CREATE INDEX claims_historicalspeakername_id_34b54e69 ON public.claims_historicalspeakername USING btree (id);
CREATE INDEX claims_historicalspeakername_key_aae613e7 ON public.claims_historicalspeakername USING btree (key);
CREATE INDEX claims_historicalspeakername_key_aae613e7_like ON public.claims_historicalspeakername USING btree (key varchar_pattern_ops);
CREATE INDEX claims_historicalspeakername_speaker_id_2df94bdc ON public.claims_historicalspeakername USING btree (speaker_id);
CREATE INDEX claims_historicaltopic_history_date_3025e87a ON public.claims_historicaltopic USING btree (history_date);
CREATE INDEX claims_historicaltopic_history_user_id_87aad7e3 ON public.claims_historicaltopic USING btree (history_user_id);
CREATE INDEX claims_historicaltopic_id_96c34fc1 ON public.claims_historicaltopic USING btree (id);
CREATE INDEX claims_historicaltopic_name_0fec680b ON public.claims_historicaltopic USING btree (name);
CREATE INDEX claims_historicaltopic_name_0fec680b_like ON public.claims_historicaltopic USING btree (name varchar_pattern_ops);
CREATE INDEX claims_historicaltopic_slug_90f0fa8f ON public.claims_historicaltopic USING btree (slug);
CREATE INDEX claims_historicaltopic_slug_90f0fa8f_like ON public.claims_historicaltopic USING btree (slug varchar_pattern_ops);
CREATE INDEX claims_historicalverification_approver_id_31e53127 ON public.claims_historicalverification USING btree (approver_id);
CREATE INDEX claims_historicalverification_author_id_28fdadbc ON public.claims_historicalverification USING btree (author_id);
CREATE INDEX claims_historicalverification_claim_id_13069aa7 ON public.claims_historicalverification USING btree (claim_id);
CREATE INDEX claims_historicalverification_history_date_e2300917 ON public.claims_historicalverification USING btree (history_date);
CREATE INDEX claims_historicalverification_history_user_id_27e44996 ON public.claims_historicalverification USING btree (history_user_id);
CREATE INDEX claims_historicalverification_id_4b09698a ON public.claims_historicalverification USING btree (id);
CREATE INDEX claims_historicalverification_rating_id_02a5bdf9 ON public.claims_historicalverification USING btree (rating_id);
CREATE INDEX claims_historicalverification_reopened_from_id_a00d58c8 ON public.claims_historicalverification USING btree (reopened_from_id);
CREATE INDEX claims_historicalverification_state_ad1b81b3 ON public.claims_historicalverification USING btree (state);
CREATE INDEX claims_historicalverification_state_ad1b81b3_like ON public.claims_historicalverification USING btree (state varchar_pattern_ops);
CREATE INDEX claims_mention_comment_id_0de97e10 ON public.claims_mention USING btree (comment_id);
CREATE INDEX claims_mention_user_id_8ec5b105 ON public.claims_mention USING btree (user_id);
CREATE INDEX claims_mergesuggestion_decided_by_id_4bdc55a8 ON public.claims_mergesuggestion USING btree (decided_by_id);
CREATE INDEX claims_mergesuggestion_first_id_9dfa1e26 ON public.claims_mergesuggestion USING btree (first_id);
CREATE INDEX claims_mergesuggestion_second_id_44bf9f9b ON public.claims_mergesuggestion USING btree (second_id);
CREATE INDEX claims_mergesuggestion_state_2580d6b2 ON public.claims_mergesuggestion USING btree (state);
CREATE INDEX claims_mergesuggestion_state_2580d6b2_like ON public.claims_mergesuggestion USING btree (state varchar_pattern_ops);
CREATE INDEX claims_operation_editor_id_b825967b ON public.claims_operation USING btree (editor_id);
CREATE INDEX claims_position_speaker_id_4227c8c2 ON public.claims_position USING btree (speaker_id);
CREATE INDEX claims_quote_claim_id_ea69ea67 ON public.claims_quote USING btree (claim_id);
CREATE INDEX claims_quote_decided_by_id_b6a2f14b ON public.claims_quote USING btree (decided_by_id);
CREATE INDEX claims_quote_snapshot_id_24f36f7e ON public.claims_quote USING btree (snapshot_id);
CREATE INDEX claims_quote_speaker_id_baa9d2b0 ON public.claims_quote USING btree (speaker_id);
CREATE INDEX claims_quote_trigrams ON public.claims_quote USING gin (upper(exact) public.gin_trgm_ops, upper(mention) public.gin_trgm_ops);
CREATE INDEX claims_quote_words_gin ON public.claims_quote_words USING gin (words);
CREATE INDEX claims_rating_name_421f5e9d_like ON public.claims_rating USING btree (name varchar_pattern_ops);
CREATE INDEX claims_rating_slug_6dc87c4d_like ON public.claims_rating USING btree (slug varchar_pattern_ops);
CREATE INDEX claims_readerkey_digest_e3ada177_like ON public.claims_readerkey USING btree (digest varchar_pattern_ops);
CREATE INDEX claims_readerkey_made_by_id_3dbc74de ON public.claims_readerkey USING btree (made_by_id);
CREATE INDEX claims_readerkey_revoked_by_id_82f68661 ON public.claims_readerkey USING btree (revoked_by_id);
CREATE INDEX claims_savedview_owner_id_3ff0874b ON public.claims_savedview USING btree (owner_id);
CREATE INDEX claims_snapshot_sha256_bdc5941b ON public.claims_snapshot USING btree (sha256);
CREATE INDEX claims_snapshot_sha256_bdc5941b_like ON public.claims_snapshot USING btree (sha256 varchar_pattern_ops);
CREATE INDEX claims_snapshot_source_id_9fc856f1 ON public.claims_snapshot USING btree (source_id);
CREATE INDEX claims_source_publisher_0ef0a8b0 ON public.claims_source USING btree (publisher);
CREATE INDEX claims_source_publisher_0ef0a8b0_like ON public.claims_source USING btree (publisher varchar_pattern_ops);
CREATE INDEX claims_source_trigrams ON public.claims_source USING gin (upper((title)::text) public.gin_trgm_ops, upper((publisher)::text) public.gin_trgm_ops, upper((authors)::text) public.gin_trgm_ops, upper((url)::text) public.gin_trgm_ops);
CREATE INDEX claims_source_words_gin ON public.claims_source_words USING gin (words);
CREATE INDEX claims_speaker_merged_into_id_07020b03 ON public.claims_speaker USING btree (merged_into_id);
CREATE INDEX claims_speaker_name_e20eacbe ON public.claims_speaker USING btree (name);
CREATE INDEX claims_speaker_name_e20eacbe_like ON public.claims_speaker USING btree (name varchar_pattern_ops);
CREATE INDEX claims_speaker_words_gin ON public.claims_speaker_words USING gin (words);
CREATE INDEX claims_speakermerge_kept_id_471ea1f5 ON public.claims_speakermerge USING btree (kept_id);
CREATE INDEX claims_speakermerge_merged_by_id_0a3510a0 ON public.claims_speakermerge USING btree (merged_by_id);
CREATE INDEX claims_speakermerge_merged_id_65267e98 ON public.claims_speakermerge USING btree (merged_id);
CREATE INDEX claims_speakermerge_undone_by_id_6bf5b12d ON public.claims_speakermerge USING btree (undone_by_id);
CREATE INDEX claims_speakername_family_key_cd963c83 ON public.claims_speakername USING btree (family_key);
CREATE INDEX claims_speakername_family_key_cd963c83_like ON public.claims_speakername USING btree (family_key varchar_pattern_ops);
CREATE INDEX claims_speakername_key_8dd8c132 ON public.claims_speakername USING btree (key);
CREATE INDEX claims_speakername_key_8dd8c132_like ON public.claims_speakername USING btree (key varchar_pattern_ops);
CREATE INDEX claims_speakername_speaker_id_0f410bca ON public.claims_speakername USING btree (speaker_id);
CREATE INDEX claims_speakername_trigrams ON public.claims_speakername USING gin (upper((name)::text) public.gin_trgm_ops);
CREATE INDEX claims_topic_name_9d8420df_like ON public.claims_topic USING btree (name varchar_pattern_ops);
CREATE INDEX claims_topic_slug_b06ef346_like ON public.claims_topic USING btree (slug varchar_pattern_ops);
CREATE INDEX claims_topic_words_gin ON public.claims_topic_words USING gin (words);
CREATE INDEX claims_verification_approver_id_e2bbd48c ON public.claims_verification USING btree (approver_id);
CREATE INDEX claims_verification_author_id_2863387b ON public.claims_verification USING btree (author_id);
CREATE INDEX claims_verification_claim_id_68d6f1c4 ON public.claims_verification USING btree (claim_id);
CREATE INDEX claims_verification_rating_id_cc22ba82 ON public.claims_verification USING btree (rating_id);
CREATE INDEX claims_verification_reopened_from_id_fd1438d8 ON public.claims_verification USING btree (reopened_from_id);
CREATE INDEX claims_verification_state_5a2525f6 ON public.claims_verification USING btree (state);
CREATE INDEX claims_verification_state_5a2525f6_like ON public.claims_verification USING btree (state varchar_pattern_ops);
CREATE INDEX claims_verification_trigrams ON public.claims_verification USING gin (upper(explanation) public.gin_trgm_ops);
CREATE INDEX claims_verification_words_gin ON public.claims_verification_words USING gin (words);
CREATE INDEX comment_newest_first ON public.claims_comment USING btree (created_at DESC, id DESC);
CREATE INDEX django_admin_log_content_type_id_c4bce8eb ON public.django_admin_log USING btree (content_type_id);
CREATE INDEX django_admin_log_user_id_c564eba6 ON public.django_admin_log USING btree (user_id);
CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);
CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);
CREATE INDEX mention_waiting ON public.claims_mention USING btree (user_id, id DESC) WHERE (done_at IS NULL);
CREATE INDEX operation_of_editor ON public.claims_operation USING btree (editor_id, id DESC);
CREATE INDEX quote_decisions_by_day ON public.claims_quote USING btree (decided_at, decision, kind, extractor, confidence) WHERE (decided_at IS NOT NULL);
CREATE INDEX quote_in_reading_order ON public.claims_quote USING btree (snapshot_id, start, id);
CREATE INDEX quote_last_decided_first ON public.claims_quote USING btree (decided_at DESC, id DESC);
CREATE INDEX quote_of_claim ON public.claims_quote USING btree (claim_id, decision);
CREATE INDEX quote_of_speaker ON public.claims_quote USING btree (speaker_id, decision);
CREATE INDEX quote_queue ON public.claims_quote USING btree (decision, snapshot_id, start, id);
CREATE INDEX quote_queue_of_nobody_known ON public.claims_quote USING btree (decision, snapshot_id, start, id) WHERE (speaker_id IS NULL);
CREATE INDEX quote_waiting_by_age ON public.claims_quote USING btree (decision, created_at);
CREATE UNIQUE INDEX relation_is_unique ON public.claims_claimrelation USING btree (LEAST(first_id, second_id), GREATEST(first_id, second_id));
CREATE INDEX saved_view_by_name ON public.claims_savedview USING btree (name, id);
CREATE INDEX source_by_language ON public.claims_source USING btree (language);
CREATE INDEX source_newest_first ON public.claims_source USING btree (created_at DESC, id DESC);
CREATE UNIQUE INDEX source_url_is_unique ON public.claims_source USING btree (url) WHERE (NOT ((url)::text = ''::text));
CREATE INDEX speaker_by_name ON public.claims_speaker USING btree (name, id);
CREATE UNIQUE INDEX speaker_is_merged_once_at_a_time ON public.claims_speakermerge USING btree (merged_id) WHERE (undone_at IS NULL);
CREATE UNIQUE INDEX speaker_wikidata_id_is_unique ON public.claims_speaker USING btree (wikidata_id) WHERE (NOT ((wikidata_id)::text = ''::text));
CREATE INDEX topic_by_name ON public.claims_topic USING btree (name, id);
CREATE INDEX touched_by_step ON public.claims_touched USING btree (step, kind, object_id);
CREATE INDEX verification_by_rating ON public.claims_verification USING btree (state, rating_id);
CREATE INDEX verification_last_published ON public.claims_verification USING btree (published_at DESC, id DESC);
CREATE INDEX verification_newest_first ON public.claims_verification USING btree (created_at DESC, id DESC);
CREATE UNIQUE INDEX verification_one_current_per_claim ON public.claims_verification USING btree (claim_id) WHERE ((state)::text = 'published'::text);
CREATE TRIGGER anchor_is_slice BEFORE INSERT OR UPDATE OF snapshot_id, spans, quote_id ON public.claims_anchor FOR EACH ROW EXECUTE FUNCTION public.anchor_is_slice();
CREATE TRIGGER claims_claim_text_words_update AFTER UPDATE ON public.claims_claim REFERENCING OLD TABLE AS older NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION public.claims_claim_text_words_update();
CREATE TRIGGER claims_claim_topics_touched_delete AFTER DELETE ON public.claims_claim_topics FOR EACH ROW EXECUTE FUNCTION public.claims_claim_topics_touched_delete();
CREATE TRIGGER claims_claim_topics_touched_insert AFTER INSERT ON public.claims_claim_topics FOR EACH ROW EXECUTE FUNCTION public.claims_claim_topics_touched_insert();
CREATE TRIGGER claims_claim_touched_delete AFTER DELETE ON public.claims_claim FOR EACH ROW EXECUTE FUNCTION public.claims_claim_touched_delete();
CREATE TRIGGER claims_claim_touched_update AFTER UPDATE ON public.claims_claim FOR EACH ROW EXECUTE FUNCTION public.claims_claim_touched_update();
CREATE TRIGGER claims_claim_words_delete AFTER DELETE ON public.claims_claim REFERENCING OLD TABLE AS older FOR EACH STATEMENT EXECUTE FUNCTION public.claims_claim_words_delete();
CREATE TRIGGER claims_claim_words_insert AFTER INSERT ON public.claims_claim REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION public.claims_claim_words_insert();
CREATE TRIGGER claims_claim_words_truncate AFTER TRUNCATE ON public.claims_claim FOR EACH STATEMENT EXECUTE FUNCTION public.claims_claim_words_truncate();
CREATE TRIGGER claims_claim_words_update AFTER UPDATE ON public.claims_claim REFERENCING OLD TABLE AS older NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION public.claims_claim_words_update();
CREATE TRIGGER claims_correction_touched_delete AFTER DELETE ON public.claims_correction FOR EACH ROW EXECUTE FUNCTION public.claims_correction_touched_delete();
CREATE TRIGGER claims_correction_touched_insert AFTER INSERT ON public.claims_correction FOR EACH ROW EXECUTE FUNCTION public.claims_correction_touched_insert();
CREATE TRIGGER claims_correction_touched_update AFTER UPDATE ON public.claims_correction FOR EACH ROW EXECUTE FUNCTION public.claims_correction_touched_update();
CREATE TRIGGER claims_evidence_touched_delete AFTER DELETE ON public.claims_evidence FOR EACH ROW EXECUTE FUNCTION public.claims_evidence_touched_delete();
CREATE TRIGGER claims_evidence_touched_insert AFTER INSERT ON public.claims_evidence FOR EACH ROW EXECUTE FUNCTION public.claims_evidence_touched_insert();
CREATE TRIGGER claims_evidence_touched_update AFTER UPDATE ON public.claims_evidence FOR EACH ROW EXECUTE FUNCTION public.claims_evidence_touched_update();
CREATE TRIGGER claims_position_touched_delete AFTER DELETE ON public.claims_position FOR EACH ROW EXECUTE FUNCTION public.claims_position_touched_delete();
CREATE TRIGGER claims_position_touched_insert AFTER INSERT ON public.claims_position FOR EACH ROW EXECUTE FUNCTION public.claims_position_touched_insert();
CREATE TRIGGER claims_position_touched_update AFTER UPDATE ON public.claims_position FOR EACH ROW EXECUTE FUNCTION public.claims_position_touched_update();
CREATE TRIGGER claims_quote_touched_delete AFTER DELETE ON public.claims_quote FOR EACH ROW EXECUTE FUNCTION public.claims_quote_touched_delete();
CREATE TRIGGER claims_quote_touched_insert AFTER INSERT ON public.claims_quote FOR EACH ROW EXECUTE FUNCTION public.claims_quote_touched_insert();
CREATE TRIGGER claims_quote_touched_update AFTER UPDATE ON public.claims_quote FOR EACH ROW EXECUTE FUNCTION public.claims_quote_touched_update();
CREATE TRIGGER claims_quote_words_delete AFTER DELETE ON public.claims_quote REFERENCING OLD TABLE AS older FOR EACH STATEMENT EXECUTE FUNCTION public.claims_quote_words_delete();
CREATE TRIGGER claims_quote_words_insert AFTER INSERT ON public.claims_quote REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION public.claims_quote_words_insert();
CREATE TRIGGER claims_quote_words_truncate AFTER TRUNCATE ON public.claims_quote FOR EACH STATEMENT EXECUTE FUNCTION public.claims_quote_words_truncate();
CREATE TRIGGER claims_quote_words_update AFTER UPDATE ON public.claims_quote REFERENCING OLD TABLE AS older NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION public.claims_quote_words_update();
CREATE TRIGGER claims_rating_touched_delete AFTER DELETE ON public.claims_rating FOR EACH ROW EXECUTE FUNCTION public.claims_rating_touched_delete();
CREATE TRIGGER claims_rating_touched_insert AFTER INSERT ON public.claims_rating FOR EACH ROW EXECUTE FUNCTION public.claims_rating_touched_insert();
CREATE TRIGGER claims_rating_touched_update AFTER UPDATE ON public.claims_rating FOR EACH ROW EXECUTE FUNCTION public.claims_rating_touched_update();
CREATE TRIGGER claims_snapshot_touched_update AFTER UPDATE ON public.claims_snapshot FOR EACH ROW EXECUTE FUNCTION public.claims_snapshot_touched_update();
CREATE TRIGGER claims_source_title_words_update AFTER UPDATE ON public.claims_source REFERENCING OLD TABLE AS older NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION public.claims_source_title_words_update();
CREATE TRIGGER claims_source_touched_delete AFTER DELETE ON public.claims_source FOR EACH ROW EXECUTE FUNCTION public.claims_source_touched_delete();
CREATE TRIGGER claims_source_touched_update AFTER UPDATE ON public.claims_source FOR EACH ROW EXECUTE FUNCTION public.claims_source_touched_update();
CREATE TRIGGER claims_source_words_delete AFTER DELETE ON public.claims_source REFERENCING OLD TABLE AS older FOR EACH STATEMENT EXECUTE FUNCTION public.claims_source_words_delete();
CREATE TRIGGER claims_source_words_insert AFTER INSERT ON public.claims_source REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION public.claims_source_words_insert();
CREATE TRIGGER claims_source_words_truncate AFTER TRUNCATE ON public.claims_source FOR EACH STATEMENT EXECUTE FUNCTION public.claims_source_words_truncate();
CREATE TRIGGER claims_source_words_update AFTER UPDATE ON public.claims_source REFERENCING OLD TABLE AS older NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION public.claims_source_words_update();
CREATE TRIGGER claims_speaker_touched_delete AFTER DELETE ON public.claims_speaker FOR EACH ROW EXECUTE FUNCTION public.claims_speaker_touched_delete();
CREATE TRIGGER claims_speaker_touched_update AFTER UPDATE ON public.claims_speaker FOR EACH ROW EXECUTE FUNCTION public.claims_speaker_touched_update();
CREATE TRIGGER claims_speaker_words_delete AFTER DELETE ON public.claims_speaker REFERENCING OLD TABLE AS older FOR EACH STATEMENT EXECUTE FUNCTION public.claims_speaker_words_delete();
CREATE TRIGGER claims_speaker_words_insert AFTER INSERT ON public.claims_speaker REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION public.claims_speaker_words_insert();
CREATE TRIGGER claims_speaker_words_truncate AFTER TRUNCATE ON public.claims_speaker FOR EACH STATEMENT EXECUTE FUNCTION public.claims_speaker_words_truncate();
CREATE TRIGGER claims_speaker_words_update AFTER UPDATE ON public.claims_speaker REFERENCING OLD TABLE AS older NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION public.claims_speaker_words_update();
CREATE TRIGGER claims_speakername_touched_delete AFTER DELETE ON public.claims_speakername FOR EACH ROW EXECUTE FUNCTION public.claims_speakername_touched_delete();
CREATE TRIGGER claims_speakername_touched_insert AFTER INSERT ON public.claims_speakername FOR EACH ROW EXECUTE FUNCTION public.claims_speakername_touched_insert();
CREATE TRIGGER claims_speakername_touched_update AFTER UPDATE ON public.claims_speakername FOR EACH ROW EXECUTE FUNCTION public.claims_speakername_touched_update();
CREATE TRIGGER claims_speakername_words_delete AFTER DELETE ON public.claims_speakername REFERENCING OLD TABLE AS older FOR EACH STATEMENT EXECUTE FUNCTION public.claims_speakername_words_delete();
CREATE TRIGGER claims_speakername_words_insert AFTER INSERT ON public.claims_speakername REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION public.claims_speakername_words_insert();
CREATE TRIGGER claims_speakername_words_update AFTER UPDATE ON public.claims_speakername REFERENCING OLD TABLE AS older NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION public.claims_speakername_words_update();
CREATE TRIGGER claims_topic_touched_delete AFTER DELETE ON public.claims_topic FOR EACH ROW EXECUTE FUNCTION public.claims_topic_touched_delete();
CREATE TRIGGER claims_topic_touched_update AFTER UPDATE ON public.claims_topic FOR EACH ROW EXECUTE FUNCTION public.claims_topic_touched_update();
CREATE TRIGGER claims_topic_words_delete AFTER DELETE ON public.claims_topic REFERENCING OLD TABLE AS older FOR EACH STATEMENT EXECUTE FUNCTION public.claims_topic_words_delete();
CREATE TRIGGER claims_topic_words_insert AFTER INSERT ON public.claims_topic REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION public.claims_topic_words_insert();
CREATE TRIGGER claims_topic_words_truncate AFTER TRUNCATE ON public.claims_topic FOR EACH STATEMENT EXECUTE FUNCTION public.claims_topic_words_truncate();
CREATE TRIGGER claims_topic_words_update AFTER UPDATE ON public.claims_topic REFERENCING OLD TABLE AS older NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION public.claims_topic_words_update();
CREATE TRIGGER claims_verification_touched_delete AFTER DELETE ON public.claims_verification FOR EACH ROW EXECUTE FUNCTION public.claims_verification_touched_delete();
CREATE TRIGGER claims_verification_touched_insert AFTER INSERT ON public.claims_verification FOR EACH ROW EXECUTE FUNCTION public.claims_verification_touched_insert();
CREATE TRIGGER claims_verification_touched_update AFTER UPDATE ON public.claims_verification FOR EACH ROW EXECUTE FUNCTION public.claims_verification_touched_update();
CREATE TRIGGER claims_verification_words_delete AFTER DELETE ON public.claims_verification REFERENCING OLD TABLE AS older FOR EACH STATEMENT EXECUTE FUNCTION public.claims_verification_words_delete();
CREATE TRIGGER claims_verification_words_insert AFTER INSERT ON public.claims_verification REFERENCING NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION public.claims_verification_words_insert();
CREATE TRIGGER claims_verification_words_truncate AFTER TRUNCATE ON public.claims_verification FOR EACH STATEMENT EXECUTE FUNCTION public.claims_verification_words_truncate();
CREATE TRIGGER claims_verification_words_update AFTER UPDATE ON public.claims_verification REFERENCING OLD TABLE AS older NEW TABLE AS newer FOR EACH STATEMENT EXECUTE FUNCTION public.claims_verification_words_update();
CREATE TRIGGER comment_is_not_edited BEFORE UPDATE ON public.claims_comment FOR EACH ROW EXECUTE FUNCTION public.comment_is_not_edited();
CREATE TRIGGER evidence_is_append_only BEFORE UPDATE ON public.claims_evidence FOR EACH ROW EXECUTE FUNCTION public.evidence_is_append_only();
CREATE TRIGGER quote_exact_is_slice BEFORE INSERT OR UPDATE OF snapshot_id, spans, cue_spans, mention_spans, exact, cue, mention, start, "end" ON public.claims_quote FOR EACH ROW EXECUTE FUNCTION public.quote_exact_is_slice();
CREATE TRIGGER snapshot_is_immutable BEFORE UPDATE ON public.claims_snapshot FOR EACH ROW EXECUTE FUNCTION public.snapshot_is_immutable();
CREATE TRIGGER verification_ends_for_good BEFORE UPDATE ON public.claims_verification FOR EACH ROW EXECUTE FUNCTION public.verification_ends_for_good();
CREATE TRIGGER verification_is_append_only BEFORE UPDATE ON public.claims_verification FOR EACH ROW EXECUTE FUNCTION public.verification_is_append_only();
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_group_id_97559544_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_user_groups
    ADD CONSTRAINT auth_user_groups_user_id_6a12ed8b_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permi_permission_id_1fbb5f2c_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.auth_user_user_permissions
    ADD CONSTRAINT auth_user_user_permissions_user_id_a95ead1b_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.axes_accessattemptexpiration
    ADD CONSTRAINT axes_accessattemptex_access_attempt_id_6b73a47a_fk_axes_acce FOREIGN KEY (access_attempt_id) REFERENCES public.axes_accessattempt(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_anchor
    ADD CONSTRAINT claims_anchor_quote_id_bc403d2a_fk_claims_quote_id FOREIGN KEY (quote_id) REFERENCES public.claims_quote(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_anchor
    ADD CONSTRAINT claims_anchor_settled_by_id_1456cc60_fk_auth_user_id FOREIGN KEY (settled_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_anchor
    ADD CONSTRAINT claims_anchor_snapshot_id_e1ce8f09_fk_claims_snapshot_id FOREIGN KEY (snapshot_id) REFERENCES public.claims_snapshot(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_claim
    ADD CONSTRAINT claims_claim_merged_into_id_d79e2df0_fk_claims_claim_id FOREIGN KEY (merged_into_id) REFERENCES public.claims_claim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_claim
    ADD CONSTRAINT claims_claim_speaker_id_e031226b_fk_claims_speaker_id FOREIGN KEY (speaker_id) REFERENCES public.claims_speaker(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_claim_topics
    ADD CONSTRAINT claims_claim_topics_claim_id_3ad1a16c_fk_claims_claim_id FOREIGN KEY (claim_id) REFERENCES public.claims_claim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_claim_topics
    ADD CONSTRAINT claims_claim_topics_topic_id_6de46e65_fk_claims_topic_id FOREIGN KEY (topic_id) REFERENCES public.claims_topic(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_claimamendment
    ADD CONSTRAINT claims_claimamendmen_was_speaker_id_4c426858_fk_claims_sp FOREIGN KEY (was_speaker_id) REFERENCES public.claims_speaker(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_claimamendment
    ADD CONSTRAINT claims_claimamendment_author_id_899a027f_fk_auth_user_id FOREIGN KEY (author_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_claimamendment
    ADD CONSTRAINT claims_claimamendment_claim_id_67795642_fk_claims_claim_id FOREIGN KEY (claim_id) REFERENCES public.claims_claim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_claimamendment
    ADD CONSTRAINT claims_claimamendment_decided_by_id_f080c531_fk_auth_user_id FOREIGN KEY (decided_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_claimamendment
    ADD CONSTRAINT claims_claimamendment_speaker_id_7051267c_fk_claims_speaker_id FOREIGN KEY (speaker_id) REFERENCES public.claims_speaker(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_claimrelation
    ADD CONSTRAINT claims_claimrelation_decided_by_id_c964519c_fk_auth_user_id FOREIGN KEY (decided_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_claimrelation
    ADD CONSTRAINT claims_claimrelation_first_id_d96f9d64_fk_claims_claim_id FOREIGN KEY (first_id) REFERENCES public.claims_claim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_claimrelation
    ADD CONSTRAINT claims_claimrelation_second_id_0c2bf68d_fk_claims_claim_id FOREIGN KEY (second_id) REFERENCES public.claims_claim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_comment
    ADD CONSTRAINT claims_comment_author_id_267dec63_fk_auth_user_id FOREIGN KEY (author_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_comment
    ADD CONSTRAINT claims_comment_claim_id_43fe40e1_fk_claims_claim_id FOREIGN KEY (claim_id) REFERENCES public.claims_claim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_comment
    ADD CONSTRAINT claims_comment_quote_id_ef101974_fk_claims_quote_id FOREIGN KEY (quote_id) REFERENCES public.claims_quote(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_comment
    ADD CONSTRAINT claims_comment_verification_id_3384f8c1_fk_claims_ve FOREIGN KEY (verification_id) REFERENCES public.claims_verification(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_correction
    ADD CONSTRAINT claims_correction_claim_id_5ad73c00_fk_claims_claim_id FOREIGN KEY (claim_id) REFERENCES public.claims_claim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_correction
    ADD CONSTRAINT claims_correction_made_by_id_59556f58_fk_auth_user_id FOREIGN KEY (made_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_evidence
    ADD CONSTRAINT claims_evidence_source_id_23003ee9_fk_claims_source_id FOREIGN KEY (source_id) REFERENCES public.claims_source(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_evidence
    ADD CONSTRAINT claims_evidence_verification_id_ca86a910_fk_claims_ve FOREIGN KEY (verification_id) REFERENCES public.claims_verification(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_historicalanchor
    ADD CONSTRAINT claims_historicalanc_history_user_id_4b2d1d6c_fk_auth_user FOREIGN KEY (history_user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_historicalclaimamendment
    ADD CONSTRAINT claims_historicalcla_history_user_id_75211fb6_fk_auth_user FOREIGN KEY (history_user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_historicalclaimrelation
    ADD CONSTRAINT claims_historicalcla_history_user_id_aaf4bc7d_fk_auth_user FOREIGN KEY (history_user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_historicalclaim
    ADD CONSTRAINT claims_historicalclaim_history_user_id_800355f2_fk_auth_user_id FOREIGN KEY (history_user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_historicalevidence
    ADD CONSTRAINT claims_historicalevi_history_user_id_1a8c5dbb_fk_auth_user FOREIGN KEY (history_user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_historicalmergesuggestion
    ADD CONSTRAINT claims_historicalmer_history_user_id_93474fd3_fk_auth_user FOREIGN KEY (history_user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_historicalposition
    ADD CONSTRAINT claims_historicalpos_history_user_id_4553666e_fk_auth_user FOREIGN KEY (history_user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_historicalquote
    ADD CONSTRAINT claims_historicalquote_history_user_id_4144f400_fk_auth_user_id FOREIGN KEY (history_user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_historicalrating
    ADD CONSTRAINT claims_historicalrat_history_user_id_5584b1a3_fk_auth_user FOREIGN KEY (history_user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_historicalsource
    ADD CONSTRAINT claims_historicalsou_history_user_id_a91ee419_fk_auth_user FOREIGN KEY (history_user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_historicalspeaker
    ADD CONSTRAINT claims_historicalspe_history_user_id_4f4782e1_fk_auth_user FOREIGN KEY (history_user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_historicalspeakermerge
    ADD CONSTRAINT claims_historicalspe_history_user_id_a2fed22c_fk_auth_user FOREIGN KEY (history_user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_historicalspeakername
    ADD CONSTRAINT claims_historicalspe_history_user_id_c955e89c_fk_auth_user FOREIGN KEY (history_user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_historicaltopic
    ADD CONSTRAINT claims_historicaltopic_history_user_id_87aad7e3_fk_auth_user_id FOREIGN KEY (history_user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_historicalverification
    ADD CONSTRAINT claims_historicalver_history_user_id_27e44996_fk_auth_user FOREIGN KEY (history_user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_hold
    ADD CONSTRAINT claims_hold_editor_id_12daaf4f_fk_auth_user_id FOREIGN KEY (editor_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_hold
    ADD CONSTRAINT claims_hold_quote_id_8858dc86_fk_claims_quote_id FOREIGN KEY (quote_id) REFERENCES public.claims_quote(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_mention
    ADD CONSTRAINT claims_mention_comment_id_0de97e10_fk_claims_comment_id FOREIGN KEY (comment_id) REFERENCES public.claims_comment(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_mention
    ADD CONSTRAINT claims_mention_user_id_8ec5b105_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_mergesuggestion
    ADD CONSTRAINT claims_mergesuggestion_decided_by_id_4bdc55a8_fk_auth_user_id FOREIGN KEY (decided_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_mergesuggestion
    ADD CONSTRAINT claims_mergesuggestion_first_id_9dfa1e26_fk_claims_speaker_id FOREIGN KEY (first_id) REFERENCES public.claims_speaker(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_mergesuggestion
    ADD CONSTRAINT claims_mergesuggestion_second_id_44bf9f9b_fk_claims_speaker_id FOREIGN KEY (second_id) REFERENCES public.claims_speaker(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_operation
    ADD CONSTRAINT claims_operation_editor_id_b825967b_fk_auth_user_id FOREIGN KEY (editor_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_operation
    ADD CONSTRAINT claims_operation_undoes_id_c001bf59_fk_claims_operation_id FOREIGN KEY (undoes_id) REFERENCES public.claims_operation(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_position
    ADD CONSTRAINT claims_position_speaker_id_4227c8c2_fk_claims_speaker_id FOREIGN KEY (speaker_id) REFERENCES public.claims_speaker(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_quote
    ADD CONSTRAINT claims_quote_claim_id_ea69ea67_fk_claims_claim_id FOREIGN KEY (claim_id) REFERENCES public.claims_claim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_quote
    ADD CONSTRAINT claims_quote_decided_by_id_b6a2f14b_fk_auth_user_id FOREIGN KEY (decided_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_quote
    ADD CONSTRAINT claims_quote_snapshot_id_24f36f7e_fk_claims_snapshot_id FOREIGN KEY (snapshot_id) REFERENCES public.claims_snapshot(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_quote
    ADD CONSTRAINT claims_quote_speaker_id_baa9d2b0_fk_claims_speaker_id FOREIGN KEY (speaker_id) REFERENCES public.claims_speaker(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_readerkey
    ADD CONSTRAINT claims_readerkey_made_by_id_3dbc74de_fk_auth_user_id FOREIGN KEY (made_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_readerkey
    ADD CONSTRAINT claims_readerkey_revoked_by_id_82f68661_fk_auth_user_id FOREIGN KEY (revoked_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_savedview
    ADD CONSTRAINT claims_savedview_owner_id_3ff0874b_fk_auth_user_id FOREIGN KEY (owner_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_snapshot
    ADD CONSTRAINT claims_snapshot_source_id_9fc856f1_fk_claims_source_id FOREIGN KEY (source_id) REFERENCES public.claims_source(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_speaker
    ADD CONSTRAINT claims_speaker_merged_into_id_07020b03_fk_claims_speaker_id FOREIGN KEY (merged_into_id) REFERENCES public.claims_speaker(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_speakermerge
    ADD CONSTRAINT claims_speakermerge_kept_id_471ea1f5_fk_claims_speaker_id FOREIGN KEY (kept_id) REFERENCES public.claims_speaker(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_speakermerge
    ADD CONSTRAINT claims_speakermerge_merged_by_id_0a3510a0_fk_auth_user_id FOREIGN KEY (merged_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_speakermerge
    ADD CONSTRAINT claims_speakermerge_merged_id_65267e98_fk_claims_speaker_id FOREIGN KEY (merged_id) REFERENCES public.claims_speaker(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_speakermerge
    ADD CONSTRAINT claims_speakermerge_undone_by_id_6bf5b12d_fk_auth_user_id FOREIGN KEY (undone_by_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_speakername
    ADD CONSTRAINT claims_speakername_speaker_id_0f410bca_fk_claims_speaker_id FOREIGN KEY (speaker_id) REFERENCES public.claims_speaker(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_verification
    ADD CONSTRAINT claims_verification_approver_id_e2bbd48c_fk_auth_user_id FOREIGN KEY (approver_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_verification
    ADD CONSTRAINT claims_verification_author_id_2863387b_fk_auth_user_id FOREIGN KEY (author_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_verification
    ADD CONSTRAINT claims_verification_claim_id_68d6f1c4_fk_claims_claim_id FOREIGN KEY (claim_id) REFERENCES public.claims_claim(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_verification
    ADD CONSTRAINT claims_verification_rating_id_cc22ba82_fk_claims_rating_id FOREIGN KEY (rating_id) REFERENCES public.claims_rating(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.claims_verification
    ADD CONSTRAINT claims_verification_reopened_from_id_fd1438d8_fk_claims_ve FOREIGN KEY (reopened_from_id) REFERENCES public.claims_verification(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_content_type_id_c4bce8eb_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_user_id_c564eba6_fk_auth_user_id FOREIGN KEY (user_id) REFERENCES public.auth_user(id) DEFERRABLE INITIALLY DEFERRED;
