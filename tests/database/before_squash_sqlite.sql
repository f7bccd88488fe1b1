PRAGMA foreign_keys = OFF;
BEGIN;
CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);
CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "auth_user_user_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "django_admin_log" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "object_id" text NULL, "object_repr" varchar(200) NOT NULL, "action_flag" smallint unsigned NOT NULL CHECK ("action_flag" >= 0), "change_message" text NOT NULL, "content_type_id" integer NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "action_time" datetime NOT NULL);
CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);
CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);
CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
CREATE TABLE "auth_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "last_name" varchar(150) NOT NULL, "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "first_name" varchar(150) NOT NULL);
CREATE TABLE "axes_accessattempt" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "get_data" text NOT NULL, "post_data" text NOT NULL, "failures_since_start" integer unsigned NOT NULL CHECK ("failures_since_start" >= 0));
CREATE TABLE "axes_accessfailurelog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "locked_out" bool NOT NULL);
CREATE TABLE "axes_accesslog" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_agent" varchar(255) NOT NULL, "ip_address" char(39) NULL, "username" varchar(255) NULL, "http_accept" varchar(1025) NOT NULL, "path_info" varchar(255) NOT NULL, "attempt_time" datetime NOT NULL, "logout_time" datetime NULL, "session_hash" varchar(64) NOT NULL);
CREATE TABLE "axes_accessattemptexpiration" ("access_attempt_id" integer NOT NULL PRIMARY KEY REFERENCES "axes_accessattempt" ("id") DEFERRABLE INITIALLY DEFERRED, "expires_at" datetime NOT NULL);
CREATE TABLE "claims_historicalrating" ("id" bigint NOT NULL, "name" varchar(50) NOT NULL, "slug" varchar(50) NOT NULL, "value" integer NULL, "worst" integer NOT NULL, "best" integer NOT NULL, "explanation" text NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "claims_historicalsource" ("id" bigint NOT NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "publisher" varchar(200) NOT NULL, "title" varchar(500) NOT NULL, "authors" varchar(500) NOT NULL, "url" varchar(2000) NOT NULL, "kind" varchar(20) NOT NULL, "published_on" date NULL, "language" varchar(35) NOT NULL, "translated_from" varchar(35) NOT NULL, "translator" varchar(200) NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "claims_historicaltopic" ("id" bigint NOT NULL, "name" varchar(100) NOT NULL, "slug" varchar(100) NOT NULL, "description" text NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "claims_rating" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(50) NOT NULL UNIQUE, "slug" varchar(50) NOT NULL UNIQUE, "value" integer NULL, "worst" integer NOT NULL, "best" integer NOT NULL, "explanation" text NOT NULL, CONSTRAINT "rating_value_is_on_its_scale" CHECK (("worst" < ("best") AND ("value" IS NULL OR ("value" >= ("worst") AND "value" <= ("best"))))), CONSTRAINT "rating_slug_is_not_a_status" CHECK (NOT ("slug" IN ('unreviewed', 'in-review'))));
CREATE TABLE "claims_source" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "publisher" varchar(200) NOT NULL, "title" varchar(500) NOT NULL, "authors" varchar(500) NOT NULL, "url" varchar(2000) NOT NULL, "kind" varchar(20) NOT NULL, "published_on" date NULL, "language" varchar(35) NOT NULL, "translated_from" varchar(35) NOT NULL, "translator" varchar(200) NOT NULL, CONSTRAINT "source_kind_is_known" CHECK ("kind" IN ('article', 'broadcast', 'transcript', 'press-release', 'post', 'other')), CONSTRAINT "source_is_not_translated_from_its_own_language" CHECK (("translated_from" = '' OR NOT ("translated_from" = ("language")))));
CREATE TABLE "claims_historicalspeakername" ("id" bigint NOT NULL, "name" varchar(200) NOT NULL, "key" varchar(200) NOT NULL, "family_key" varchar(200) NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "speaker_id" bigint NULL);
CREATE TABLE "claims_historicalspeaker" ("id" bigint NOT NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "kind" varchar(20) NOT NULL, "name" varchar(200) NOT NULL, "description" text NOT NULL, "wikidata_id" varchar(20) NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "merged_into_id" bigint NULL);
CREATE TABLE "claims_historicalposition" ("id" bigint NOT NULL, "title" varchar(300) NOT NULL, "organization" varchar(300) NOT NULL, "held_from" date NULL, "held_to" date NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "speaker_id" bigint NULL);
CREATE TABLE "claims_historicalclaim" ("id" bigint NOT NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "text" text NOT NULL, "said_on" date NULL, "released_at" datetime NULL, "retracted_at" datetime NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "speaker_id" bigint NULL, "merged_into_id" bigint NULL);
CREATE TABLE "claims_topic" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(100) NOT NULL UNIQUE, "slug" varchar(100) NOT NULL UNIQUE, "description" text NOT NULL);
CREATE TABLE "claims_historicalclaim_topics" ("id" bigint NOT NULL, "m2m_history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "claim_id" bigint NULL, "history_id" integer NOT NULL, "topic_id" bigint NULL);
CREATE TABLE "claims_claim_topics" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "claim_id" bigint NOT NULL REFERENCES "claims_claim" ("id") DEFERRABLE INITIALLY DEFERRED, "topic_id" bigint NOT NULL REFERENCES "claims_topic" ("id") DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE "claims_historicalverification" ("id" bigint NOT NULL, "updated_at" datetime NOT NULL, "state" varchar(12) NOT NULL, "explanation" text NOT NULL, "fingerprint" varchar(64) NOT NULL, "comment" text NOT NULL, "created_at" datetime NOT NULL, "submitted_at" datetime NULL, "published_at" datetime NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "approver_id" integer NULL, "author_id" integer NULL, "claim_id" bigint NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "rating_id" bigint NULL, "reopened_from_id" bigint NULL);
CREATE TABLE "claims_historicalevidence" ("id" bigint NOT NULL, "url" varchar(2000) NOT NULL, "archive_url" varchar(2000) NOT NULL, "stance" varchar(10) NOT NULL, "excerpt" text NOT NULL, "note" text NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" bigint NULL, "verification_id" bigint NULL);
CREATE TABLE "claims_correction" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(12) NOT NULL, "text" text NOT NULL, "reason" text NOT NULL, "made_at" datetime NOT NULL, "claim_id" bigint NOT NULL REFERENCES "claims_claim" ("id") DEFERRABLE INITIALLY DEFERRED, "made_by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "correction_kind_is_known" CHECK ("kind" IN ('correction', 'retraction')), CONSTRAINT "correction_says_what_and_why" CHECK ((NOT ("text" = '') AND NOT ("reason" = ''))));
CREATE TABLE "claims_snapshot" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "text" text NOT NULL, "sha256" varchar(64) NOT NULL, "retrieved_at" datetime NOT NULL, "reader" varchar(50) NOT NULL, "reader_version" varchar(50) NOT NULL, "source_id" bigint NOT NULL REFERENCES "claims_source" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "snapshot_is_unique_per_source_and_sha256" UNIQUE ("source_id", "sha256"), CONSTRAINT "snapshot_sha256_is_lowercase_hex" CHECK ("sha256" REGEXP '^[0-9a-f]{64}$'), CONSTRAINT "snapshot_text_is_not_empty" CHECK (NOT ("text" = '')));
CREATE TABLE "claims_speaker" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "kind" varchar(20) NOT NULL, "name" varchar(200) NOT NULL, "description" text NOT NULL, "wikidata_id" varchar(20) NOT NULL, "merged_into_id" bigint NULL REFERENCES "claims_speaker" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "speaker_kind_is_known" CHECK ("kind" IN ('person', 'organization', 'group', 'unnamed')), CONSTRAINT "speaker_name_is_not_empty" CHECK (NOT ("name" = '')), CONSTRAINT "speaker_is_not_merged_into_itself" CHECK (("merged_into_id" IS NULL OR NOT ("merged_into_id" = ("id") AND "merged_into_id" IS NOT NULL))));
CREATE TABLE "claims_position" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "title" varchar(300) NOT NULL, "organization" varchar(300) NOT NULL, "held_from" date NULL, "held_to" date NULL, "speaker_id" bigint NOT NULL REFERENCES "claims_speaker" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "position_starts_before_it_ends" CHECK (("held_from" IS NULL OR "held_to" IS NULL OR "held_from" <= ("held_to"))));
CREATE TABLE "claims_mergesuggestion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "reason" varchar(200) NOT NULL, "score" real NOT NULL, "state" varchar(20) NOT NULL, "created_at" datetime NOT NULL, "decided_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "first_id" bigint NOT NULL REFERENCES "claims_speaker" ("id") DEFERRABLE INITIALLY DEFERRED, "second_id" bigint NOT NULL REFERENCES "claims_speaker" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "merge_suggestion_is_unique" UNIQUE ("first_id", "second_id"), CONSTRAINT "merge_suggestion_is_in_order" CHECK ("first_id" < ("second_id")), CONSTRAINT "merge_suggestion_score_is_a_share" CHECK (("score" >= 0.0 AND "score" <= 1.0)), CONSTRAINT "merge_suggestion_state_is_known" CHECK ("state" IN ('open', 'merged', 'dismissed')));
CREATE TABLE "claims_speakermerge" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "moved" text NOT NULL CHECK ((JSON_VALID("moved") OR "moved" IS NULL)), "merged_at" datetime NOT NULL, "undone_at" datetime NULL, "kept_id" bigint NOT NULL REFERENCES "claims_speaker" ("id") DEFERRABLE INITIALLY DEFERRED, "merged_id" bigint NOT NULL REFERENCES "claims_speaker" ("id") DEFERRABLE INITIALLY DEFERRED, "merged_by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "undone_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "merge_is_of_two_speakers" CHECK (NOT ("kept_id" = ("merged_id"))));
CREATE TABLE "claims_speakername" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(200) NOT NULL, "key" varchar(200) NOT NULL, "family_key" varchar(200) NOT NULL, "speaker_id" bigint NOT NULL REFERENCES "claims_speaker" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "speaker_name_is_unique_per_speaker" UNIQUE ("speaker_id", "key"), CONSTRAINT "speaker_name_has_a_key" CHECK (NOT ("key" = '')));
CREATE TABLE "claims_verification" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "updated_at" datetime NOT NULL, "state" varchar(12) NOT NULL, "explanation" text NOT NULL, "fingerprint" varchar(64) NOT NULL, "comment" text NOT NULL, "created_at" datetime NOT NULL, "submitted_at" datetime NULL, "published_at" datetime NULL, "approver_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "author_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "claim_id" bigint NOT NULL REFERENCES "claims_claim" ("id") DEFERRABLE INITIALLY DEFERRED, "rating_id" bigint NULL REFERENCES "claims_rating" ("id") DEFERRABLE INITIALLY DEFERRED, "reopened_from_id" bigint NULL REFERENCES "claims_verification" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "verification_state_is_known" CHECK ("state" IN ('draft', 'submitted', 'published', 'superseded', 'withdrawn')), CONSTRAINT "verification_approver_is_not_author" CHECK (("approver_id" IS NULL OR NOT ("approver_id" = ("author_id") AND "approver_id" IS NOT NULL))), CONSTRAINT "verification_rating_needed_once_submitted" CHECK (("state" = 'draft' OR ("rating_id" IS NOT NULL AND "submitted_at" IS NOT NULL AND NOT ("explanation" = '') AND NOT ("fingerprint" = '')))), CONSTRAINT "verification_published_has_approver_and_moment" CHECK ((NOT ("state" IN ('published', 'superseded')) OR ("approver_id" IS NOT NULL AND "published_at" IS NOT NULL))));
CREATE TABLE "claims_evidence" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "url" varchar(2000) NOT NULL, "archive_url" varchar(2000) NOT NULL, "stance" varchar(10) NOT NULL, "excerpt" text NOT NULL, "note" text NOT NULL, "source_id" bigint NULL REFERENCES "claims_source" ("id") DEFERRABLE INITIALLY DEFERRED, "verification_id" bigint NOT NULL REFERENCES "claims_verification" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "evidence_stance_is_known" CHECK ("stance" IN ('supports', 'refutes', 'context')), CONSTRAINT "evidence_has_a_url_or_a_source" CHECK ((NOT ("url" = '') OR "source_id" IS NOT NULL)));
CREATE TABLE "claims_historicalquote" ("id" bigint NOT NULL, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "kind" varchar(10) NOT NULL, "spans" text NOT NULL CHECK ((JSON_VALID("spans") OR "spans" IS NULL)), "start" integer unsigned NOT NULL CHECK ("start" >= 0), "end" integer unsigned NOT NULL CHECK ("end" >= 0), "exact" text NOT NULL, "prefix" text NOT NULL, "suffix" text NOT NULL, "cue" text NOT NULL, "cue_spans" text NOT NULL CHECK ((JSON_VALID("cue_spans") OR "cue_spans" IS NULL)), "mention" text NOT NULL, "mention_spans" text NOT NULL CHECK ((JSON_VALID("mention_spans") OR "mention_spans" IS NULL)), "candidates" text NOT NULL CHECK ((JSON_VALID("candidates") OR "candidates" IS NULL)), "role" text NOT NULL, "outlet" text NOT NULL, "confidence" real NOT NULL, "extractor" varchar(50) NOT NULL, "extractor_version" varchar(50) NOT NULL, "decision" varchar(10) NOT NULL, "decided_at" datetime NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "claim_id" bigint NULL, "decided_by_id" integer NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "snapshot_id" bigint NULL, "speaker_id" bigint NULL, "act" varchar(10) NOT NULL, "repaired" text NOT NULL CHECK ((JSON_VALID("repaired") OR "repaired" IS NULL)));
CREATE TABLE "claims_quote" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "kind" varchar(10) NOT NULL, "spans" text NOT NULL CHECK ((JSON_VALID("spans") OR "spans" IS NULL)), "start" integer unsigned NOT NULL CHECK ("start" >= 0), "end" integer unsigned NOT NULL CHECK ("end" >= 0), "exact" text NOT NULL, "prefix" text NOT NULL, "suffix" text NOT NULL, "cue" text NOT NULL, "cue_spans" text NOT NULL CHECK ((JSON_VALID("cue_spans") OR "cue_spans" IS NULL)), "mention" text NOT NULL, "mention_spans" text NOT NULL CHECK ((JSON_VALID("mention_spans") OR "mention_spans" IS NULL)), "candidates" text NOT NULL CHECK ((JSON_VALID("candidates") OR "candidates" IS NULL)), "role" text NOT NULL, "outlet" text NOT NULL, "confidence" real NOT NULL, "extractor" varchar(50) NOT NULL, "extractor_version" varchar(50) NOT NULL, "decision" varchar(10) NOT NULL, "decided_at" datetime NULL, "claim_id" bigint NULL REFERENCES "claims_claim" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "snapshot_id" bigint NOT NULL REFERENCES "claims_snapshot" ("id") DEFERRABLE INITIALLY DEFERRED, "speaker_id" bigint NULL REFERENCES "claims_speaker" ("id") DEFERRABLE INITIALLY DEFERRED, "act" varchar(10) NOT NULL, "repaired" text NOT NULL CHECK ((JSON_VALID("repaired") OR "repaired" IS NULL)), CONSTRAINT "quote_kind_is_known" CHECK ("kind" IN ('direct', 'indirect', 'mixed')), CONSTRAINT "quote_decision_is_known" CHECK ("decision" IN ('pending', 'accepted', 'rejected')), CONSTRAINT "quote_confidence_is_a_share" CHECK (("confidence" >= 0.0 AND "confidence" <= 1.0)), CONSTRAINT "quote_decision_has_its_editor_and_moment" CHECK ((("decided_at" IS NULL AND "decided_by_id" IS NULL AND "decision" = 'pending') OR (NOT ("decision" = 'pending') AND "decided_at" IS NOT NULL AND "decided_by_id" IS NOT NULL))), CONSTRAINT "quote_accepted_has_a_speaker" CHECK ((NOT ("decision" = 'accepted') OR "speaker_id" IS NOT NULL)), CONSTRAINT "quote_act_is_known" CHECK ("act" IN ('speech', 'thought', 'other')));
CREATE TABLE "claims_operation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "verb" varchar(40) NOT NULL, "summary" varchar(300) NOT NULL, "at" datetime NOT NULL, "rows" text NOT NULL CHECK ((JSON_VALID("rows") OR "rows" IS NULL)), "editor_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "undoes_id" bigint NULL UNIQUE REFERENCES "claims_operation" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "operation_has_a_verb" CHECK (NOT ("verb" = '')), CONSTRAINT "operation_does_not_undo_itself" CHECK (("undoes_id" IS NULL OR NOT ("undoes_id" = ("id") AND "undoes_id" IS NOT NULL))));
CREATE TABLE "claims_hold" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "quote_id" bigint NOT NULL UNIQUE REFERENCES "claims_quote" ("id") DEFERRABLE INITIALLY DEFERRED, "editor_id" integer NOT NULL UNIQUE REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "until" datetime NOT NULL);
CREATE TABLE "claims_historicalclaimamendment" ("id" bigint NOT NULL, "state" varchar(10) NOT NULL, "text" text NOT NULL, "said_on" date NULL, "was_text" text NOT NULL, "was_said_on" date NULL, "what" text NOT NULL, "why" text NOT NULL, "comment" text NOT NULL, "created_at" datetime NOT NULL, "decided_at" datetime NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "author_id" integer NULL, "claim_id" bigint NULL, "decided_by_id" integer NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "speaker_id" bigint NULL, "was_speaker_id" bigint NULL);
CREATE TABLE "claims_historicalclaimrelation" ("id" bigint NOT NULL, "kind" varchar(12) NOT NULL, "state" varchar(10) NOT NULL, "score" real NULL, "reason" varchar(200) NOT NULL, "created_at" datetime NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "decided_by_id" integer NULL, "first_id" bigint NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "second_id" bigint NULL);
CREATE TABLE "claims_claim" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "updated_at" datetime NOT NULL, "text" text NOT NULL, "said_on" date NULL, "released_at" datetime NULL, "retracted_at" datetime NULL, "speaker_id" bigint NULL REFERENCES "claims_speaker" ("id") DEFERRABLE INITIALLY DEFERRED, "merged_into_id" bigint NULL REFERENCES "claims_claim" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "claim_text_is_not_empty" CHECK (NOT ("text" = '')), CONSTRAINT "claim_is_released_before_retracted" CHECK (("retracted_at" IS NULL OR "released_at" IS NOT NULL)), CONSTRAINT "claim_is_merged_into_another_or_retracted" CHECK (("merged_into_id" IS NULL OR (NOT ("merged_into_id" = ("id") AND "merged_into_id" IS NOT NULL) AND "retracted_at" IS NULL))));
CREATE TABLE "claims_claimamendment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "state" varchar(10) NOT NULL, "text" text NOT NULL, "said_on" date NULL, "was_text" text NOT NULL, "was_said_on" date NULL, "what" text NOT NULL, "why" text NOT NULL, "comment" text NOT NULL, "created_at" datetime NOT NULL, "decided_at" datetime NULL, "author_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "claim_id" bigint NOT NULL REFERENCES "claims_claim" ("id") DEFERRABLE INITIALLY DEFERRED, "decided_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "speaker_id" bigint NULL REFERENCES "claims_speaker" ("id") DEFERRABLE INITIALLY DEFERRED, "was_speaker_id" bigint NULL REFERENCES "claims_speaker" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "amendment_state_is_known" CHECK ("state" IN ('open', 'published', 'discarded')), CONSTRAINT "amendment_says_text_what_and_why" CHECK ((NOT ("text" = '') AND NOT ("what" = '') AND NOT ("why" = ''))), CONSTRAINT "amendment_is_decided_by_a_person" CHECK ((("decided_at" IS NULL AND "decided_by_id" IS NULL AND "state" = 'open') OR (NOT ("state" = 'open') AND "decided_at" IS NOT NULL AND "decided_by_id" IS NOT NULL))));
CREATE TABLE "claims_claimrelation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(12) NOT NULL, "state" varchar(10) NOT NULL, "score" real NULL, "reason" varchar(200) NOT NULL, "created_at" datetime NOT NULL, "decided_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "first_id" bigint NOT NULL REFERENCES "claims_claim" ("id") DEFERRABLE INITIALLY DEFERRED, "second_id" bigint NOT NULL REFERENCES "claims_claim" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "relation_is_not_to_itself" CHECK (NOT ("first_id" = ("second_id"))), CONSTRAINT "relation_is_in_order" CHECK ((NOT ("kind" IN ('same', 'contradicts')) OR "first_id" < ("second_id"))), CONSTRAINT "relation_kind_is_known" CHECK ("kind" IN ('same', 'repeats', 'contradicts', 'updates')), CONSTRAINT "relation_state_is_known" CHECK ("state" IN ('suggested', 'confirmed', 'dismissed')), CONSTRAINT "relation_score_is_a_share" CHECK (("score" IS NULL OR ("score" >= 0.0 AND "score" <= 1.0))), CONSTRAINT "relation_is_decided_by_a_person" CHECK ((("decided_by_id" IS NULL AND "state" = 'suggested') OR (NOT ("state" = 'suggested') AND "decided_by_id" IS NOT NULL))));
CREATE TABLE "claims_historicalanchor" ("id" bigint NOT NULL, "state" varchar(10) NOT NULL, "spans" text NULL CHECK ((JSON_VALID("spans") OR "spans" IS NULL)), "settled_at" datetime NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "quote_id" bigint NULL, "settled_by_id" integer NULL, "snapshot_id" bigint NULL);
CREATE TABLE "claims_historicalmergesuggestion" ("id" bigint NOT NULL, "reason" varchar(200) NOT NULL, "score" real NOT NULL, "state" varchar(20) NOT NULL, "created_at" datetime NOT NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "decided_by_id" integer NULL, "first_id" bigint NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "second_id" bigint NULL);
CREATE TABLE "claims_historicalspeakermerge" ("id" bigint NOT NULL, "moved" text NOT NULL CHECK ((JSON_VALID("moved") OR "moved" IS NULL)), "merged_at" datetime NOT NULL, "undone_at" datetime NULL, "history_id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "history_date" datetime NOT NULL, "history_change_reason" varchar(100) NULL, "history_type" varchar(1) NOT NULL, "history_user_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "kept_id" bigint NULL, "merged_id" bigint NULL, "merged_by_id" integer NULL, "undone_by_id" integer NULL);
CREATE TABLE "claims_anchor" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "state" varchar(10) NOT NULL, "spans" text NULL CHECK ((JSON_VALID("spans") OR "spans" IS NULL)), "quote_id" bigint NOT NULL REFERENCES "claims_quote" ("id") DEFERRABLE INITIALLY DEFERRED, "snapshot_id" bigint NOT NULL REFERENCES "claims_snapshot" ("id") DEFERRABLE INITIALLY DEFERRED, "settled_at" datetime NULL, "settled_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "anchor_is_unique" UNIQUE ("quote_id", "snapshot_id"), CONSTRAINT "anchor_has_spans_where_it_is_found" CHECK ((("spans" IS NOT NULL AND "state" IN ('exact', 'moved')) OR ("spans" IS NULL AND "state" IN ('ambiguous', 'orphaned')))), CONSTRAINT "anchor_is_settled_by_somebody" CHECK ((("settled_at" IS NULL AND "settled_by_id" IS NULL) OR ("settled_at" IS NOT NULL AND "settled_by_id" IS NOT NULL AND NOT ("state" = 'ambiguous')))));
CREATE TABLE "claims_comment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "text" text NOT NULL, "created_at" datetime NOT NULL, "taken_back_at" datetime NULL, "author_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "claim_id" bigint NULL REFERENCES "claims_claim" ("id") DEFERRABLE INITIALLY DEFERRED, "quote_id" bigint NULL REFERENCES "claims_quote" ("id") DEFERRABLE INITIALLY DEFERRED, "verification_id" bigint NULL REFERENCES "claims_verification" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "comment_is_on_one_thing" CHECK ((("claim_id" IS NULL AND "quote_id" IS NOT NULL AND "verification_id" IS NULL) OR ("claim_id" IS NOT NULL AND "quote_id" IS NULL AND "verification_id" IS NULL) OR ("claim_id" IS NULL AND "quote_id" IS NULL AND "verification_id" IS NOT NULL))), CONSTRAINT "comment_says_something" CHECK (NOT ("text" = '')));
CREATE TABLE "claims_mention" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "done_at" datetime NULL, "comment_id" bigint NOT NULL REFERENCES "claims_comment" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "mention_is_unique_per_comment" UNIQUE ("comment_id", "user_id"));
CREATE TABLE "claims_savedview" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(60) NOT NULL, "listing" varchar(100) NOT NULL, "query" text NOT NULL CHECK ((JSON_VALID("query") OR "query" IS NULL)), "shared" bool NOT NULL, "created_at" datetime NOT NULL, "owner_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "saved_view_name_is_unique_per_owner" UNIQUE ("owner_id", "name"), CONSTRAINT "saved_view_has_a_name" CHECK (NOT ("name" = '')));
CREATE TABLE "claims_change" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(13) NOT NULL, "object_id" bigint NOT NULL, "changed_at" datetime NULL, "gone_at" datetime NULL, "cause" varchar(10) NOT NULL, "merged_into" bigint NULL, "due_at" datetime NULL, CONSTRAINT "change_is_one_a_thing" UNIQUE ("kind", "object_id"), CONSTRAINT "change_kind_is_known" CHECK ("kind" IN ('quotes', 'claims', 'speakers', 'sources', 'verifications', 'corrections', 'topics', 'ratings')), CONSTRAINT "change_says_why_it_is_gone" CHECK ((("cause" = '' AND "gone_at" IS NULL AND "merged_into" IS NULL) OR ("changed_at" IS NOT NULL AND "gone_at" IS NOT NULL AND "cause" IN ('retracted', 'rejected', 'merged', 'superseded', 'withdrawn', 'unused', 'deleted')))), CONSTRAINT "change_has_a_moment" CHECK (("changed_at" IS NOT NULL OR "due_at" IS NOT NULL)));
CREATE TABLE "claims_touched" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(13) NOT NULL, "object_id" bigint NOT NULL, "wide" bool NOT NULL, "by" varchar(13) NOT NULL, "by_id" bigint NULL, "step" smallint NOT NULL);
CREATE TABLE "claims_readerkey" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(100) NOT NULL, "contact" varchar(254) NOT NULL, "hint" varchar(8) NOT NULL, "digest" varchar(64) NOT NULL UNIQUE, "per_minute" integer unsigned NULL CHECK ("per_minute" >= 0), "last_day" date NULL, "made_at" datetime NOT NULL, "revoked_at" datetime NULL, "made_by_id" integer NOT NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, "revoked_by_id" integer NULL REFERENCES "auth_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "reader_key_has_a_name" CHECK (NOT ("name" = '')), CONSTRAINT "reader_key_is_revoked_by_somebody" CHECK ((("revoked_at" IS NULL AND "revoked_by_id" IS NULL) OR ("revoked_at" IS NOT NULL AND "revoked_by_id" IS NOT NULL))), CONSTRAINT "reader_key_rate_is_sound" CHECK (("per_minute" IS NULL OR ("per_minute" >= 1 AND "per_minute" <= 1000000))));
CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);
INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES
(1, 'contenttypes', '0001_initial', '2026-11-28 23:06:58.502843'),
(2, 'auth', '0001_initial', '2026-11-28 23:06:58.564840'),
(3, 'admin', '0001_initial', '2026-11-28 23:06:58.601945'),
(4, 'admin', '0002_logentry_remove_auto_add', '2026-11-28 23:06:58.659710'),
(5, 'admin', '0003_logentry_add_action_flag_choices', '2026-11-28 23:06:58.687333'),
(6, 'contenttypes', '0002_remove_content_type_name', '2026-11-28 23:06:58.772731'),
(7, 'auth', '0002_alter_permission_name_max_length', '2026-11-28 23:06:58.805557'),
(8, 'auth', '0003_alter_user_email_max_length', '2026-11-28 23:06:58.837644'),
(9, 'auth', '0004_alter_user_username_opts', '2026-11-28 23:06:58.866161'),
(10, 'auth', '0005_alter_user_last_login_null', '2026-11-28 23:06:58.894799'),
(11, 'auth', '0006_require_contenttypes_0002', '2026-11-28 23:06:58.895413'),
(12, 'auth', '0007_alter_validators_add_error_messages', '2026-11-28 23:06:58.937249'),
(13, 'auth', '0008_alter_user_username_max_length', '2026-11-28 23:06:58.972462'),
(14, 'auth', '0009_alter_user_last_name_max_length', '2026-11-28 23:06:59.008205'),
(15, 'auth', '0010_alter_group_name_max_length', '2026-11-28 23:06:59.032608'),
(16, 'auth', '0011_update_proxy_permissions', '2026-11-28 23:06:59.065313'),
(17, 'auth', '0012_alter_user_first_name_max_length', '2026-11-28 23:06:59.102127'),
(18, 'axes', '0001_initial', '2026-11-28 23:06:59.118772'),
(19, 'axes', '0002_auto_20151217_2044', '2026-11-28 23:06:59.277205'),
(20, 'axes', '0003_auto_20160322_0929', '2026-11-28 23:06:59.337808'),
(21, 'axes', '0004_auto_20181024_1538', '2026-11-28 23:06:59.716769'),
(22, 'axes', '0005_remove_accessattempt_trusted', '2026-11-28 23:06:59.740211'),
(23, 'axes', '0006_remove_accesslog_trusted', '2026-11-28 23:06:59.750518'),
(24, 'axes', '0007_alter_accessattempt_unique_together', '2026-11-28 23:06:59.793808'),
(25, 'axes', '0008_accessfailurelog', '2026-11-28 23:06:59.801152'),
(26, 'axes', '0009_add_session_hash', '2026-11-28 23:06:59.813606'),
(27, 'axes', '0010_accessattemptexpiration', '2026-11-28 23:06:59.825187'),
(28, 'claims', '0001_initial', '2026-11-28 23:07:07.677415'),
(29, 'claims', '0002_triggers', '2026-11-28 23:07:07.824033'),
(30, 'claims', '0003_default_ratings', '2026-11-28 23:07:08.021941'),
(31, 'claims', '0004_quote_receipts', '2026-11-28 23:07:09.880928'),
(32, 'claims', '0005_operations', '2026-11-28 23:07:10.321265'),
(33, 'claims', '0006_holds', '2026-11-28 23:07:10.555231'),
(34, 'claims', '0007_relations', '2026-11-28 23:07:18.013756'),
(35, 'claims', '0008_people', '2026-11-28 23:07:22.386275'),
(36, 'claims', '0009_conversation', '2026-11-28 23:07:27.635012'),
(37, 'claims', '0010_search_index', '2026-11-28 23:07:27.865235'),
(38, 'claims', '0011_list_indexes', '2026-11-28 23:07:28.238300'),
(39, 'claims', '0012_groups', '2026-11-28 23:07:28.606487'),
(40, 'claims', '0013_full_text', '2026-11-28 23:07:30.986261'),
(41, 'claims', '0014_what_changed_for_readers', '2026-11-28 23:07:31.381224'),
(42, 'claims', '0015_reader_keys', '2026-11-28 23:07:31.776014'),
(43, 'sessions', '0001_initial', '2026-11-28 23:07:31.788781');
INSERT INTO "auth_group_permissions" ("id", "group_id", "permission_id") VALUES
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
INSERT INTO "auth_user_groups" ("id", "user_id", "group_id") VALUES
(1, 1, 2),
(2, 2, 4);
INSERT INTO "django_admin_log" ("id", "object_id", "object_repr", "action_flag", "change_message", "content_type_id", "user_id", "action_time") VALUES
(1, '1', 'ella', 2, 'Set the password for its holder (mark b7c59d96c9e1e498).', 3, 2, '2026-11-28 23:18:33.925229');
INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES
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
INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES
(1, 1, 'add_permission', 'Can add permission'),
(2, 1, 'change_permission', 'Can change permission'),
(3, 1, 'delete_permission', 'Can delete permission'),
(4, 1, 'view_permission', 'Can view permission'),
(5, 2, 'add_group', 'Can add group'),
(6, 2, 'change_group', 'Can change group'),
(7, 2, 'delete_group', 'Can delete group'),
(8, 2, 'view_group', 'Can view group'),
(9, 3, 'add_user', 'Can add user'),
(10, 3, 'change_user', 'Can change user'),
(11, 3, 'delete_user', 'Can delete user'),
(12, 3, 'view_user', 'Can view user'),
(13, 4, 'add_accessattempt', 'Can add access attempt'),
(14, 4, 'change_accessattempt', 'Can change access attempt'),
(15, 4, 'delete_accessattempt', 'Can delete access attempt'),
(16, 4, 'view_accessattempt', 'Can view access attempt'),
(17, 5, 'add_accesslog', 'Can add access log'),
(18, 5, 'change_accesslog', 'Can change access log'),
(19, 5, 'delete_accesslog', 'Can delete access log'),
(20, 5, 'view_accesslog', 'Can view access log'),
(21, 6, 'add_accessfailurelog', 'Can add access failure'),
(22, 6, 'change_accessfailurelog', 'Can change access failure'),
(23, 6, 'delete_accessfailurelog', 'Can delete access failure'),
(24, 6, 'view_accessfailurelog', 'Can view access failure'),
(25, 7, 'add_accessattemptexpiration', 'Can add access attempt expiration'),
(26, 7, 'change_accessattemptexpiration', 'Can change access attempt expiration'),
(27, 7, 'delete_accessattemptexpiration', 'Can delete access attempt expiration'),
(28, 7, 'view_accessattemptexpiration', 'Can view access attempt expiration'),
(29, 8, 'add_claim', 'Can add claim'),
(30, 8, 'change_claim', 'Can change claim'),
(31, 8, 'delete_claim', 'Can delete claim'),
(32, 8, 'view_claim', 'Can view claim'),
(33, 8, 'correct_claim', 'Can change and retract claims that readers see'),
(34, 9, 'add_historicalrating', 'Can add historical rating'),
(35, 9, 'change_historicalrating', 'Can change historical rating'),
(36, 9, 'delete_historicalrating', 'Can delete historical rating'),
(37, 9, 'view_historicalrating', 'Can view historical rating'),
(38, 10, 'add_historicalsource', 'Can add historical source'),
(39, 10, 'change_historicalsource', 'Can change historical source'),
(40, 10, 'delete_historicalsource', 'Can delete historical source'),
(41, 10, 'view_historicalsource', 'Can view historical source'),
(42, 11, 'add_historicaltopic', 'Can add historical topic'),
(43, 11, 'change_historicaltopic', 'Can change historical topic'),
(44, 11, 'delete_historicaltopic', 'Can delete historical topic'),
(45, 11, 'view_historicaltopic', 'Can view historical topic'),
(46, 12, 'add_rating', 'Can add rating'),
(47, 12, 'change_rating', 'Can change rating'),
(48, 12, 'delete_rating', 'Can delete rating'),
(49, 12, 'view_rating', 'Can view rating'),
(50, 13, 'add_source', 'Can add source'),
(51, 13, 'change_source', 'Can change source'),
(52, 13, 'delete_source', 'Can delete source'),
(53, 13, 'view_source', 'Can view source'),
(54, 14, 'add_snapshot', 'Can add snapshot'),
(55, 14, 'change_snapshot', 'Can change snapshot'),
(56, 14, 'delete_snapshot', 'Can delete snapshot'),
(57, 14, 'view_snapshot', 'Can view snapshot'),
(58, 15, 'add_speaker', 'Can add speaker'),
(59, 15, 'change_speaker', 'Can change speaker'),
(60, 15, 'delete_speaker', 'Can delete speaker'),
(61, 15, 'view_speaker', 'Can view speaker'),
(62, 15, 'merge_speaker', 'Can merge speakers, and part them again'),
(63, 16, 'add_quote', 'Can add quote'),
(64, 16, 'change_quote', 'Can change quote'),
(65, 16, 'delete_quote', 'Can delete quote'),
(66, 16, 'view_quote', 'Can view quote'),
(67, 16, 'decide_quote', 'Can accept, reject and correct quotes'),
(68, 17, 'add_position', 'Can add position'),
(69, 17, 'change_position', 'Can change position'),
(70, 17, 'delete_position', 'Can delete position'),
(71, 17, 'view_position', 'Can view position'),
(72, 18, 'add_mergesuggestion', 'Can add merge suggestion'),
(73, 18, 'change_mergesuggestion', 'Can change merge suggestion'),
(74, 18, 'delete_mergesuggestion', 'Can delete merge suggestion'),
(75, 18, 'view_mergesuggestion', 'Can view merge suggestion'),
(76, 19, 'add_historicalspeakername', 'Can add historical speaker name'),
(77, 19, 'change_historicalspeakername', 'Can change historical speaker name'),
(78, 19, 'delete_historicalspeakername', 'Can delete historical speaker name'),
(79, 19, 'view_historicalspeakername', 'Can view historical speaker name'),
(80, 20, 'add_historicalspeaker', 'Can add historical speaker'),
(81, 20, 'change_historicalspeaker', 'Can change historical speaker'),
(82, 20, 'delete_historicalspeaker', 'Can delete historical speaker'),
(83, 20, 'view_historicalspeaker', 'Can view historical speaker'),
(84, 21, 'add_historicalquote', 'Can add historical quote'),
(85, 21, 'change_historicalquote', 'Can change historical quote'),
(86, 21, 'delete_historicalquote', 'Can delete historical quote'),
(87, 21, 'view_historicalquote', 'Can view historical quote'),
(88, 22, 'add_historicalposition', 'Can add historical position'),
(89, 22, 'change_historicalposition', 'Can change historical position'),
(90, 22, 'delete_historicalposition', 'Can delete historical position'),
(91, 22, 'view_historicalposition', 'Can view historical position'),
(92, 23, 'add_historicalclaim', 'Can add historical claim'),
(93, 23, 'change_historicalclaim', 'Can change historical claim'),
(94, 23, 'delete_historicalclaim', 'Can delete historical claim'),
(95, 23, 'view_historicalclaim', 'Can view historical claim'),
(96, 24, 'add_speakermerge', 'Can add speaker merge'),
(97, 24, 'change_speakermerge', 'Can change speaker merge'),
(98, 24, 'delete_speakermerge', 'Can delete speaker merge'),
(99, 24, 'view_speakermerge', 'Can view speaker merge'),
(100, 25, 'add_speakername', 'Can add speaker name'),
(101, 25, 'change_speakername', 'Can change speaker name'),
(102, 25, 'delete_speakername', 'Can delete speaker name'),
(103, 25, 'view_speakername', 'Can view speaker name'),
(104, 26, 'add_topic', 'Can add topic'),
(105, 26, 'change_topic', 'Can change topic'),
(106, 26, 'delete_topic', 'Can delete topic'),
(107, 26, 'view_topic', 'Can view topic'),
(108, 27, 'add_historicalclaim_topics', 'Can add HistoricalClaim_topics'),
(109, 27, 'change_historicalclaim_topics', 'Can change HistoricalClaim_topics'),
(110, 27, 'delete_historicalclaim_topics', 'Can delete HistoricalClaim_topics'),
(111, 27, 'view_historicalclaim_topics', 'Can view HistoricalClaim_topics'),
(112, 28, 'add_verification', 'Can add verification'),
(113, 28, 'change_verification', 'Can change verification'),
(114, 28, 'delete_verification', 'Can delete verification'),
(115, 28, 'view_verification', 'Can view verification'),
(116, 28, 'publish_verification', 'Can approve, send back, publish and withdraw verifications'),
(117, 29, 'add_historicalverification', 'Can add historical verification'),
(118, 29, 'change_historicalverification', 'Can change historical verification'),
(119, 29, 'delete_historicalverification', 'Can delete historical verification'),
(120, 29, 'view_historicalverification', 'Can view historical verification'),
(121, 30, 'add_historicalevidence', 'Can add historical evidence'),
(122, 30, 'change_historicalevidence', 'Can change historical evidence'),
(123, 30, 'delete_historicalevidence', 'Can delete historical evidence'),
(124, 30, 'view_historicalevidence', 'Can view historical evidence'),
(125, 31, 'add_evidence', 'Can add evidence'),
(126, 31, 'change_evidence', 'Can change evidence'),
(127, 31, 'delete_evidence', 'Can delete evidence'),
(128, 31, 'view_evidence', 'Can view evidence'),
(129, 32, 'add_correction', 'Can add correction'),
(130, 32, 'change_correction', 'Can change correction'),
(131, 32, 'delete_correction', 'Can delete correction'),
(132, 32, 'view_correction', 'Can view correction'),
(133, 33, 'add_anchor', 'Can add anchor'),
(134, 33, 'change_anchor', 'Can change anchor'),
(135, 33, 'delete_anchor', 'Can delete anchor'),
(136, 33, 'view_anchor', 'Can view anchor'),
(137, 34, 'add_operation', 'Can add operation'),
(138, 34, 'change_operation', 'Can change operation'),
(139, 34, 'delete_operation', 'Can delete operation'),
(140, 34, 'view_operation', 'Can view operation'),
(141, 35, 'add_hold', 'Can add hold'),
(142, 35, 'change_hold', 'Can change hold'),
(143, 35, 'delete_hold', 'Can delete hold'),
(144, 35, 'view_hold', 'Can view hold'),
(145, 36, 'add_claimamendment', 'Can add draft correction'),
(146, 36, 'change_claimamendment', 'Can change draft correction'),
(147, 36, 'delete_claimamendment', 'Can delete draft correction'),
(148, 36, 'view_claimamendment', 'Can view draft correction'),
(149, 37, 'add_claimrelation', 'Can add relation'),
(150, 37, 'change_claimrelation', 'Can change relation'),
(151, 37, 'delete_claimrelation', 'Can delete relation'),
(152, 37, 'view_claimrelation', 'Can view relation'),
(153, 38, 'add_historicalclaimamendment', 'Can add historical draft correction'),
(154, 38, 'change_historicalclaimamendment', 'Can change historical draft correction'),
(155, 38, 'delete_historicalclaimamendment', 'Can delete historical draft correction'),
(156, 38, 'view_historicalclaimamendment', 'Can view historical draft correction'),
(157, 39, 'add_historicalclaimrelation', 'Can add historical relation'),
(158, 39, 'change_historicalclaimrelation', 'Can change historical relation'),
(159, 39, 'delete_historicalclaimrelation', 'Can delete historical relation'),
(160, 39, 'view_historicalclaimrelation', 'Can view historical relation'),
(161, 40, 'add_historicalanchor', 'Can add historical anchor'),
(162, 40, 'change_historicalanchor', 'Can change historical anchor'),
(163, 40, 'delete_historicalanchor', 'Can delete historical anchor'),
(164, 40, 'view_historicalanchor', 'Can view historical anchor'),
(165, 41, 'add_historicalmergesuggestion', 'Can add historical merge suggestion'),
(166, 41, 'change_historicalmergesuggestion', 'Can change historical merge suggestion'),
(167, 41, 'delete_historicalmergesuggestion', 'Can delete historical merge suggestion'),
(168, 41, 'view_historicalmergesuggestion', 'Can view historical merge suggestion'),
(169, 42, 'add_historicalspeakermerge', 'Can add historical speaker merge'),
(170, 42, 'change_historicalspeakermerge', 'Can change historical speaker merge'),
(171, 42, 'delete_historicalspeakermerge', 'Can delete historical speaker merge'),
(172, 42, 'view_historicalspeakermerge', 'Can view historical speaker merge'),
(173, 43, 'add_comment', 'Can add comment'),
(174, 43, 'change_comment', 'Can change comment'),
(175, 43, 'delete_comment', 'Can delete comment'),
(176, 43, 'view_comment', 'Can view comment'),
(177, 44, 'add_mention', 'Can add mention'),
(178, 44, 'change_mention', 'Can change mention'),
(179, 44, 'delete_mention', 'Can delete mention'),
(180, 44, 'view_mention', 'Can view mention'),
(181, 45, 'add_savedview', 'Can add saved view'),
(182, 45, 'change_savedview', 'Can change saved view'),
(183, 45, 'delete_savedview', 'Can delete saved view'),
(184, 45, 'view_savedview', 'Can view saved view'),
(185, 52, 'add_change', 'Can add change'),
(186, 52, 'change_change', 'Can change change'),
(187, 52, 'delete_change', 'Can delete change'),
(188, 52, 'view_change', 'Can view change'),
(189, 53, 'add_touched', 'Can add touched'),
(190, 53, 'change_touched', 'Can change touched'),
(191, 53, 'delete_touched', 'Can delete touched'),
(192, 53, 'view_touched', 'Can view touched'),
(193, 54, 'add_readerkey', 'Can add API key'),
(194, 54, 'change_readerkey', 'Can change API key'),
(195, 54, 'delete_readerkey', 'Can delete API key'),
(196, 54, 'view_readerkey', 'Can view API key'),
(197, 55, 'add_logentry', 'Can add log entry'),
(198, 55, 'change_logentry', 'Can change log entry'),
(199, 55, 'delete_logentry', 'Can delete log entry'),
(200, 55, 'view_logentry', 'Can view log entry'),
(201, 56, 'add_contenttype', 'Can add content type'),
(202, 56, 'change_contenttype', 'Can change content type'),
(203, 56, 'delete_contenttype', 'Can delete content type'),
(204, 56, 'view_contenttype', 'Can view content type'),
(205, 57, 'add_session', 'Can add session'),
(206, 57, 'change_session', 'Can change session'),
(207, 57, 'delete_session', 'Can delete session'),
(208, 57, 'view_session', 'Can view session');
INSERT INTO "auth_group" ("id", "name") VALUES
(1, 'Reporter'),
(2, 'Editor'),
(3, 'Approver'),
(4, 'Chief');
INSERT INTO "auth_user" ("id", "password", "last_login", "is_superuser", "username", "last_name", "email", "is_staff", "is_active", "date_joined", "first_name") VALUES
(1, 'pbkdf2_sha256$1000000$dZRK4FEQ6WjZb43kuYo5Aq$jXnehQS79zRmn6qsBsEjt+xjhhBpErCKJ8aB4epb0Qk=', NULL, 0, 'ella', '', '', 1, 1, '2026-11-28 23:18:28.769306', ''),
(2, '!tzV7eDOooY0JVSJu85lrotBq4l1mWbjW6ilgSTmz', NULL, 0, 'omar', '', '', 1, 1, '2026-11-28 23:18:28.800296', '');
INSERT INTO "claims_historicalsource" ("id", "created_at", "updated_at", "publisher", "title", "authors", "url", "kind", "published_on", "language", "translated_from", "translator", "history_id", "history_date", "history_change_reason", "history_type", "history_user_id") VALUES
(1, '2026-11-28 23:18:30.921779', '2026-11-28 23:18:31.089041', 'The Daily Example', 'On dykes', '', 'https://example.org/rivers', 'article', NULL, 'en', '', '', 1, '2026-11-28 23:18:31.090652', 'read from rivers.txt', '+', NULL);
INSERT INTO "claims_historicaltopic" ("id", "name", "slug", "description", "history_id", "history_date", "history_change_reason", "history_type", "history_user_id") VALUES
(1, 'Water', 'water', 'Rivers and lakes.', 1, '2026-11-28 23:18:32.152320', NULL, '+', NULL);
INSERT INTO "claims_rating" ("id", "name", "slug", "value", "worst", "best", "explanation") VALUES
(1, 'True', 'true', 5, 1, 5, 'Accurate, with nothing significant left out.'),
(2, 'Mostly true', 'mostly-true', 4, 1, 5, 'Accurate in substance; needs clarification or more information.'),
(3, 'Misleading', 'misleading', 3, 1, 5, 'Has a true core, but leaves a false impression.'),
(4, 'Mostly false', 'mostly-false', 2, 1, 5, 'Has an element of truth, but is wrong in substance.'),
(5, 'False', 'false', 1, 1, 5, 'Not accurate.'),
(6, 'Unverifiable', 'unverifiable', NULL, 1, 5, 'Cannot be confirmed or refuted with what is known now.');
INSERT INTO "claims_source" ("id", "created_at", "updated_at", "publisher", "title", "authors", "url", "kind", "published_on", "language", "translated_from", "translator") VALUES
(1, '2026-11-28 23:18:30.921779', '2026-11-28 23:18:31.089041', 'The Daily Example', 'On dykes', '', 'https://example.org/rivers', 'article', NULL, 'en', '', '');
INSERT INTO "claims_historicalspeakername" ("id", "name", "key", "family_key", "history_id", "history_date", "history_change_reason", "history_type", "history_user_id", "speaker_id") VALUES
(1, 'Lena Ford', 'lena ford', 'ford', 1, '2026-11-28 23:18:31.138721', 'main name', '+', NULL, 1),
(2, 'Tobias Reck', 'tobias reck', 'reck', 2, '2026-11-28 23:18:31.138972', 'main name', '+', NULL, 2),
(3, 'L. Ford', 'l. ford', 'ford', 3, '2026-11-28 23:18:33.594414', NULL, '+', NULL, 3),
(3, 'L. Ford', 'l. ford', 'ford', 4, '2026-11-28 23:18:33.644248', 'speaker is now Lena Ford', '~', 2, 1);
INSERT INTO "claims_historicalspeaker" ("id", "created_at", "updated_at", "kind", "name", "description", "wikidata_id", "history_id", "history_date", "history_change_reason", "history_type", "history_user_id", "merged_into_id") VALUES
(1, '2026-11-28 23:18:31.110277', '2026-11-28 23:18:31.111235', 'person', 'Lena Ford', '', '', 1, '2026-11-28 23:18:31.123818', 'named in an article', '+', NULL, NULL),
(2, '2026-11-28 23:18:31.110333', '2026-11-28 23:18:31.111289', 'person', 'Tobias Reck', '', '', 2, '2026-11-28 23:18:31.124091', 'named in an article', '+', NULL, NULL),
(3, '2026-11-28 23:18:33.586231', '2026-11-28 23:18:33.586473', 'person', 'L. Ford', '', '', 3, '2026-11-28 23:18:33.587322', NULL, '+', NULL, NULL),
(3, '2026-11-28 23:18:33.586231', '2026-11-28 23:18:33.656315', 'person', 'L. Ford', '', '', 4, '2026-11-28 23:18:33.658419', 'L. Ford merged into Lena Ford', '~', 2, 1),
(1, '2026-11-28 23:18:31.110277', '2026-11-28 23:18:33.666509', 'person', 'Lena Ford', '', '', 5, '2026-11-28 23:18:33.670137', 'L. Ford merged into Lena Ford', '~', 2, NULL);
INSERT INTO "claims_historicalclaim" ("id", "created_at", "updated_at", "text", "said_on", "released_at", "retracted_at", "history_id", "history_date", "history_change_reason", "history_type", "history_user_id", "speaker_id", "merged_into_id") VALUES
(1, '2026-11-28 23:18:31.151424', '2026-11-28 23:18:31.161940', 'Rivers are full', NULL, NULL, NULL, 1, '2026-11-28 23:18:31.171643', 'proposed by a quote', '+', NULL, 1, NULL),
(2, '2026-11-28 23:18:31.160307', '2026-11-28 23:18:31.162014', 'Roads are dry', NULL, NULL, NULL, 2, '2026-11-28 23:18:31.171919', 'proposed by a quote', '+', NULL, 2, NULL),
(3, '2026-11-28 23:18:31.160349', '2026-11-28 23:18:31.162050', 'Bridges will hold.', NULL, NULL, NULL, 3, '2026-11-28 23:18:31.171972', 'proposed by a quote', '+', NULL, 1, NULL),
(1, '2026-11-28 23:18:31.151424', '2026-11-28 23:18:31.471764', 'Rivers are full', NULL, '2026-11-28 23:18:31.410225', NULL, 4, '2026-11-28 23:18:31.474614', 'a quote of it was decided', '~', 1, 1, NULL),
(3, '2026-11-28 23:18:31.160349', '2026-11-28 23:18:31.936568', 'Bridges will hold.', NULL, NULL, NULL, 5, '2026-11-28 23:18:31.951516', 'a quote of it was decided', '~', 1, 1, NULL),
(1, '2026-11-28 23:18:31.151424', '2026-11-28 23:18:32.166356', 'The rivers are full.', NULL, '2026-11-28 23:18:31.410225', NULL, 6, '2026-11-28 23:18:32.176074', 'reworded', '~', 1, 1, NULL),
(1, '2026-11-28 23:18:31.151424', '2026-11-28 23:18:32.205595', 'The rivers are full.', NULL, '2026-11-28 23:18:31.410225', NULL, 7, '2026-11-28 23:18:32.207161', 'topics set', '~', 1, 1, NULL),
(1, '2026-11-28 23:18:31.151424', '2026-11-28 23:18:32.788280', 'The rivers are full.', NULL, '2026-11-28 23:18:31.410225', NULL, 8, '2026-11-28 23:18:32.790107', 'a verification was submitted', '~', 1, 1, NULL),
(1, '2026-11-28 23:18:31.151424', '2026-11-28 23:18:33.208040', 'The rivers are full.', NULL, '2026-11-28 23:18:31.410225', NULL, 9, '2026-11-28 23:18:33.209708', 'a verification was published', '~', 2, 1, NULL);
INSERT INTO "claims_topic" ("id", "name", "slug", "description") VALUES
(1, 'Water', 'water', 'Rivers and lakes.');
INSERT INTO "claims_historicalclaim_topics" ("id", "m2m_history_id", "claim_id", "history_id", "topic_id") VALUES
(1, 1, 1, 7, 1),
(1, 2, 1, 8, 1),
(1, 3, 1, 9, 1);
INSERT INTO "claims_claim_topics" ("id", "claim_id", "topic_id") VALUES
(1, 1, 1);
INSERT INTO "claims_historicalverification" ("id", "updated_at", "state", "explanation", "fingerprint", "comment", "created_at", "submitted_at", "published_at", "history_id", "history_date", "history_change_reason", "history_type", "approver_id", "author_id", "claim_id", "history_user_id", "rating_id", "reopened_from_id") VALUES
(1, '2026-11-28 23:18:32.753128', 'draft', 'Two gauges show it.', '', '', '2026-11-28 23:18:32.752763', NULL, NULL, 1, '2026-11-28 23:18:32.754442', NULL, '+', NULL, 1, 1, NULL, 1, NULL),
(1, '2026-11-28 23:18:32.773499', 'submitted', 'Two gauges show it.', 'e4b516bf55530546350ee213faf6a48fe0e6e7c0b8f7aeaa2d87fb0f4205d526', '', '2026-11-28 23:18:32.752763', '2026-11-28 23:18:32.771622', NULL, 2, '2026-11-28 23:18:32.782733', 'submitted', '~', NULL, 1, 1, 1, 1, NULL),
(1, '2026-11-28 23:18:33.193077', 'published', 'Two gauges show it.', 'e4b516bf55530546350ee213faf6a48fe0e6e7c0b8f7aeaa2d87fb0f4205d526', '', '2026-11-28 23:18:32.752763', '2026-11-28 23:18:32.771622', '2026-11-28 23:18:33.193046', 3, '2026-11-28 23:18:33.195067', 'approved and published', '~', 2, 1, 1, 2, 1, NULL);
INSERT INTO "claims_historicalevidence" ("id", "url", "archive_url", "stance", "excerpt", "note", "history_id", "history_date", "history_change_reason", "history_type", "history_user_id", "source_id", "verification_id") VALUES
(1, 'https://example.org/gauges', '', 'supports', '', '', 1, '2026-11-28 23:18:32.757544', NULL, '+', NULL, NULL, 1);
INSERT INTO "claims_correction" ("id", "kind", "text", "reason", "made_at", "claim_id", "made_by_id") VALUES
(1, 'correction', 'The wording.', 'It was unclear.', '2026-11-28 23:18:32.222361', 1, 1);
INSERT INTO "claims_snapshot" ("id", "text", "sha256", "retrieved_at", "reader", "reader_version", "source_id") VALUES
(1, '"Rivers are full," said Lena Ford, head of the Water Board, on Monday.

"Roads are dry," Tobias Reck told reporters.

Ford added: "Bridges will hold."
', 'de6eece054c81640667c455619a90ef71dfebc7a7036836c07ecb1c81dc85ce5', '2026-11-28 23:18:31.096969', 'plain-text', '1', 1),
(2, 'News.

"Rivers are full," said Lena Ford, head of the Water Board, on Monday.

"Roads are dry," Tobias Reck told reporters.

Ford added: "Bridges will hold."
', '9bab014c458fd657d1b88d0c4ecc4902e72b3dda9a6c14fefece8dfcd867b03a', '2026-11-28 23:18:32.055174', 'plain-text', '1', 1);
INSERT INTO "claims_speaker" ("id", "created_at", "updated_at", "kind", "name", "description", "wikidata_id", "merged_into_id") VALUES
(1, '2026-11-28 23:18:31.110277', '2026-11-28 23:18:33.666509', 'person', 'Lena Ford', '', '', NULL),
(2, '2026-11-28 23:18:31.110333', '2026-11-28 23:18:31.111289', 'person', 'Tobias Reck', '', '', NULL),
(3, '2026-11-28 23:18:33.586231', '2026-11-28 23:18:33.656315', 'person', 'L. Ford', '', '', 1);
INSERT INTO "claims_speakermerge" ("id", "moved", "merged_at", "undone_at", "kept_id", "merged_id", "merged_by_id", "undone_by_id") VALUES
(1, '{"quote": [], "claim": [], "position": [], "name": [3], "draft correction": [], "corrected draft": [], "wikidata_id": "", "suggestion": []}', '2026-11-28 23:18:33.601332', NULL, 1, 3, 2, NULL);
INSERT INTO "claims_speakername" ("id", "name", "key", "family_key", "speaker_id") VALUES
(1, 'Lena Ford', 'lena ford', 'ford', 1),
(2, 'Tobias Reck', 'tobias reck', 'reck', 2),
(3, 'L. Ford', 'l. ford', 'ford', 1);
INSERT INTO "claims_verification" ("id", "updated_at", "state", "explanation", "fingerprint", "comment", "created_at", "submitted_at", "published_at", "approver_id", "author_id", "claim_id", "rating_id", "reopened_from_id") VALUES
(1, '2026-11-28 23:18:33.193077', 'published', 'Two gauges show it.', 'e4b516bf55530546350ee213faf6a48fe0e6e7c0b8f7aeaa2d87fb0f4205d526', '', '2026-11-28 23:18:32.752763', '2026-11-28 23:18:32.771622', '2026-11-28 23:18:33.193046', 2, 1, 1, 1, NULL);
INSERT INTO "claims_evidence" ("id", "url", "archive_url", "stance", "excerpt", "note", "source_id", "verification_id") VALUES
(1, 'https://example.org/gauges', '', 'supports', '', '', NULL, 1);
INSERT INTO "claims_historicalquote" ("id", "created_at", "updated_at", "kind", "spans", "start", "end", "exact", "prefix", "suffix", "cue", "cue_spans", "mention", "mention_spans", "candidates", "role", "outlet", "confidence", "extractor", "extractor_version", "decision", "decided_at", "history_id", "history_date", "history_change_reason", "history_type", "claim_id", "decided_by_id", "history_user_id", "snapshot_id", "speaker_id", "act", "repaired") VALUES
(1, '2026-11-28 23:18:31.148816', '2026-11-28 23:18:31.174172', 'direct', '[[1, 17]]', 1, 17, 'Rivers are full,', '"', '" said Lena Ford, head of the Wa', 'said', '[[19, 23]]', 'Lena Ford', '[[24, 33]]', '[]', 'head of the Water Board', '', 0.965, 'tagger', '1', 'pending', NULL, 1, '2026-11-28 23:18:31.193533', 'found in the article', '+', 1, NULL, NULL, 1, 1, 'speech', '[]'),
(2, '2026-11-28 23:18:31.149032', '2026-11-28 23:18:31.174363', 'direct', '[[73, 87]]', 73, 87, 'Roads are dry,', 'f the Water Board, on Monday.

"', '" Tobias Reck told reporters.

F', 'told', '[[101, 105]]', 'Tobias Reck', '[[89, 100]]', '[]', '', '', 0.961, 'tagger', '1', 'pending', NULL, 2, '2026-11-28 23:18:31.193909', 'found in the article', '+', 2, NULL, NULL, 1, 2, 'speech', '[]'),
(3, '2026-11-28 23:18:31.149120', '2026-11-28 23:18:31.174463', 'direct', '[[131, 149]]', 131, 149, 'Bridges will hold.', 'k told reporters.

Ford added: "', '"
', 'added', '[[123, 128]]', 'Ford', '[[118, 122]]', '[]', '', '', 0.959, 'tagger', '1', 'pending', NULL, 3, '2026-11-28 23:18:31.193998', 'found in the article', '+', 3, NULL, NULL, 1, 1, 'speech', '[]'),
(1, '2026-11-28 23:18:31.148816', '2026-11-28 23:18:31.443294', 'direct', '[[1, 17]]', 1, 17, 'Rivers are full,', '"', '" said Lena Ford, head of the Wa', 'said', '[[19, 23]]', 'Lena Ford', '[[24, 33]]', '[]', 'head of the Water Board', '', 0.965, 'tagger', '1', 'accepted', '2026-11-28 23:18:31.410225', 4, '2026-11-28 23:18:31.460212', 'quote accepted', '~', 1, 1, 1, 1, 1, 'speech', '[]'),
(3, '2026-11-28 23:18:31.149120', '2026-11-28 23:18:31.913432', 'direct', '[[131, 149]]', 131, 149, 'Bridges will hold.', 'k told reporters.

Ford added: "', '"
', 'added', '[[123, 128]]', 'Ford', '[[118, 122]]', '[]', '', '', 0.959, 'tagger', '1', 'rejected', '2026-11-28 23:18:31.890208', 5, '2026-11-28 23:18:31.924903', 'said twice', '~', 3, 1, 1, 1, 1, 'speech', '[]');
INSERT INTO "claims_quote" ("id", "created_at", "updated_at", "kind", "spans", "start", "end", "exact", "prefix", "suffix", "cue", "cue_spans", "mention", "mention_spans", "candidates", "role", "outlet", "confidence", "extractor", "extractor_version", "decision", "decided_at", "claim_id", "decided_by_id", "snapshot_id", "speaker_id", "act", "repaired") VALUES
(1, '2026-11-28 23:18:31.148816', '2026-11-28 23:18:31.443294', 'direct', '[[1, 17]]', 1, 17, 'Rivers are full,', '"', '" said Lena Ford, head of the Wa', 'said', '[[19, 23]]', 'Lena Ford', '[[24, 33]]', '[]', 'head of the Water Board', '', 0.965, 'tagger', '1', 'accepted', '2026-11-28 23:18:31.410225', 1, 1, 1, 1, 'speech', '[]'),
(2, '2026-11-28 23:18:31.149032', '2026-11-28 23:18:31.174363', 'direct', '[[73, 87]]', 73, 87, 'Roads are dry,', 'f the Water Board, on Monday.

"', '" Tobias Reck told reporters.

F', 'told', '[[101, 105]]', 'Tobias Reck', '[[89, 100]]', '[]', '', '', 0.961, 'tagger', '1', 'pending', NULL, 2, NULL, 1, 2, 'speech', '[]'),
(3, '2026-11-28 23:18:31.149120', '2026-11-28 23:18:31.913432', 'direct', '[[131, 149]]', 131, 149, 'Bridges will hold.', 'k told reporters.

Ford added: "', '"
', 'added', '[[123, 128]]', 'Ford', '[[118, 122]]', '[]', '', '', 0.959, 'tagger', '1', 'rejected', '2026-11-28 23:18:31.890208', 3, 1, 1, 1, 'speech', '[]');
INSERT INTO "claims_operation" ("id", "verb", "summary", "at", "rows", "editor_id", "undoes_id") VALUES
(1, 'decide', 'Accepted: “Rivers are full,”', '2026-11-28 23:18:31.516597', '[{"model": "quote", "pk": 1, "before": {"decision": "pending", "decided_by": null, "decided_at": null}, "after": {"decision": "accepted", "decided_by": 1, "decided_at": "2026-11-28T23:18:31.410225+00:00"}}, {"model": "claim", "pk": 1, "before": {"released_at": null}, "after": {"released_at": "2026-11-28T23:18:31.410225+00:00"}}]', 1, NULL),
(2, 'decide', 'Rejected: “Bridges will hold.”', '2026-11-28 23:18:31.982672', '[{"model": "quote", "pk": 3, "before": {"decision": "pending", "decided_by": null, "decided_at": null}, "after": {"decision": "rejected", "decided_by": 1, "decided_at": "2026-11-28T23:18:31.890208+00:00"}}]', 1, NULL),
(3, 'edit claim', 'Changed: “Rivers are full”', '2026-11-28 23:18:32.235194', '[{"model": "claim", "pk": 1, "before": {"text": "Rivers are full", "topics": []}, "after": {"text": "The rivers are full.", "topics": [1]}}]', 1, NULL),
(4, 'draft correction', 'Draft correction: “The rivers are full.”', '2026-11-28 23:18:33.568613', '[{"model": "claimamendment", "pk": 1, "before": null, "after": {"claim": 1, "author": 1, "state": "open", "text": "All rivers are full.", "speaker": 1, "said_on": null, "was_text": "The rivers are full.", "was_speaker": 1, "was_said_on": null, "what": "One word.", "why": "It was missing.", "comment": "", "created_at": "2026-11-28T23:18:33.561287+00:00", "decided_by": null, "decided_at": null}}]', 1, NULL),
(5, 'merge', 'Merged “L. Ford” (#3) into “Lena Ford” (#1)', '2026-11-28 23:18:33.697685', '[{"model": "speakername", "pk": 3, "before": {"speaker": 3}, "after": {"speaker": 1}}, {"model": "speaker", "pk": 3, "before": {"merged_into": null}, "after": {"merged_into": 1}}, {"model": "speakermerge", "pk": 1, "before": null, "after": {"kept": 1, "merged": 3, "moved": {"quote": [], "claim": [], "position": [], "name": [3], "draft correction": [], "corrected draft": [], "wikidata_id": "", "suggestion": []}, "merged_by": 2, "merged_at": "2026-11-28T23:18:33.601332+00:00", "undone_by": null, "undone_at": null}}]', 2, NULL);
INSERT INTO "claims_hold" ("id", "quote_id", "editor_id", "until") VALUES
(1, 2, 2, '2026-11-28 23:23:32.124989');
INSERT INTO "claims_historicalclaimamendment" ("id", "state", "text", "said_on", "was_text", "was_said_on", "what", "why", "comment", "created_at", "decided_at", "history_id", "history_date", "history_change_reason", "history_type", "author_id", "claim_id", "decided_by_id", "history_user_id", "speaker_id", "was_speaker_id") VALUES
(1, 'open', 'All rivers are full.', NULL, 'The rivers are full.', NULL, 'One word.', 'It was missing.', '', '2026-11-28 23:18:33.561287', NULL, 1, '2026-11-28 23:18:33.562844', 'kept as a draft', '+', 1, 1, NULL, 1, 1, 1);
INSERT INTO "claims_claim" ("id", "created_at", "updated_at", "text", "said_on", "released_at", "retracted_at", "speaker_id", "merged_into_id") VALUES
(1, '2026-11-28 23:18:31.151424', '2026-11-28 23:18:33.208040', 'The rivers are full.', NULL, '2026-11-28 23:18:31.410225', NULL, 1, NULL),
(2, '2026-11-28 23:18:31.160307', '2026-11-28 23:18:31.162014', 'Roads are dry', NULL, NULL, NULL, 2, NULL),
(3, '2026-11-28 23:18:31.160349', '2026-11-28 23:18:31.936568', 'Bridges will hold.', NULL, NULL, NULL, 1, NULL);
INSERT INTO "claims_claimamendment" ("id", "state", "text", "said_on", "was_text", "was_said_on", "what", "why", "comment", "created_at", "decided_at", "author_id", "claim_id", "decided_by_id", "speaker_id", "was_speaker_id") VALUES
(1, 'open', 'All rivers are full.', NULL, 'The rivers are full.', NULL, 'One word.', 'It was missing.', '', '2026-11-28 23:18:33.561287', NULL, 1, 1, NULL, 1, 1);
INSERT INTO "claims_historicalspeakermerge" ("id", "moved", "merged_at", "undone_at", "history_id", "history_date", "history_change_reason", "history_type", "history_user_id", "kept_id", "merged_id", "merged_by_id", "undone_by_id") VALUES
(1, '{"quote": [], "claim": [], "position": [], "name": [3], "draft correction": [], "corrected draft": [], "wikidata_id": "", "suggestion": []}', '2026-11-28 23:18:33.601332', NULL, 1, '2026-11-28 23:18:33.696641', 'merged', '+', 2, 1, 3, 2, NULL);
INSERT INTO "claims_anchor" ("id", "state", "spans", "quote_id", "snapshot_id", "settled_at", "settled_by_id") VALUES
(1, 'moved', '[[8, 24]]', 1, 2, NULL, NULL),
(2, 'moved', '[[80, 94]]', 2, 2, NULL, NULL),
(3, 'moved', '[[138, 156]]', 3, 2, NULL, NULL);
INSERT INTO "claims_comment" ("id", "text", "created_at", "taken_back_at", "author_id", "claim_id", "quote_id", "verification_id") VALUES
(1, 'Is this so, @omar?', '2026-11-28 23:18:33.538643', NULL, 1, 1, NULL, NULL);
INSERT INTO "claims_mention" ("id", "done_at", "comment_id", "user_id") VALUES
(1, NULL, 1, 2);
INSERT INTO "claims_savedview" ("id", "name", "listing", "query", "shared", "created_at", "owner_id") VALUES
(1, 'Mine', 'quote', '[["decision", "pending"]]', 1, '2026-11-28 23:18:33.578696', 1);
INSERT INTO "claims_change" ("id", "kind", "object_id", "changed_at", "gone_at", "cause", "merged_into", "due_at") VALUES
(1, 'ratings', 1, '2026-11-28 23:07:31.369890', NULL, '', NULL, NULL),
(2, 'ratings', 2, '2026-11-28 23:07:31.369890', NULL, '', NULL, NULL),
(3, 'ratings', 3, '2026-11-28 23:07:31.369890', NULL, '', NULL, NULL),
(4, 'ratings', 4, '2026-11-28 23:07:31.369890', NULL, '', NULL, NULL),
(5, 'ratings', 5, '2026-11-28 23:07:31.369890', NULL, '', NULL, NULL),
(6, 'ratings', 6, '2026-11-28 23:07:31.369890', NULL, '', NULL, NULL),
(7, 'quotes', 1, '2026-11-28 23:18:33.709425', NULL, '', NULL, NULL),
(8, 'claims', 1, '2026-11-28 23:18:33.709425', NULL, '', NULL, NULL),
(9, 'speakers', 1, '2026-11-28 23:18:33.709425', NULL, '', NULL, NULL),
(10, 'sources', 1, '2026-11-28 23:18:33.218265', NULL, '', NULL, NULL),
(15, 'corrections', 1, '2026-11-28 23:18:33.218265', NULL, '', NULL, NULL),
(16, 'topics', 1, '2026-11-28 23:18:33.218265', NULL, '', NULL, NULL),
(27, 'verifications', 1, '2026-11-28 23:18:33.709425', NULL, '', NULL, NULL);
INSERT INTO "claims_readerkey" ("id", "name", "contact", "hint", "digest", "per_minute", "last_day", "made_at", "revoked_at", "made_by_id", "revoked_by_id") VALUES
(1, 'The Herald', '', 'fb_PGR9N', '420d73e2f3ce67b9f65c03c81e52f9def335c1fbd4b182b8c685ee88e30f6008', NULL, NULL, '2026-11-28 23:18:33.585163', NULL, 2, NULL);
CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");
CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");
CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");
CREATE UNIQUE INDEX "auth_user_groups_user_id_group_id_94350c0c_uniq" ON "auth_user_groups" ("user_id", "group_id");
CREATE INDEX "auth_user_groups_user_id_6a12ed8b" ON "auth_user_groups" ("user_id");
CREATE INDEX "auth_user_groups_group_id_97559544" ON "auth_user_groups" ("group_id");
CREATE UNIQUE INDEX "auth_user_user_permissions_user_id_permission_id_14a6b632_uniq" ON "auth_user_user_permissions" ("user_id", "permission_id");
CREATE INDEX "auth_user_user_permissions_user_id_a95ead1b" ON "auth_user_user_permissions" ("user_id");
CREATE INDEX "auth_user_user_permissions_permission_id_1fbb5f2c" ON "auth_user_user_permissions" ("permission_id");
CREATE INDEX "django_admin_log_content_type_id_c4bce8eb" ON "django_admin_log" ("content_type_id");
CREATE INDEX "django_admin_log_user_id_c564eba6" ON "django_admin_log" ("user_id");
CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");
CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");
CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");
CREATE INDEX "axes_accessattempt_user_agent_ad89678b" ON "axes_accessattempt" ("user_agent");
CREATE INDEX "axes_accessattempt_ip_address_10922d9c" ON "axes_accessattempt" ("ip_address");
CREATE INDEX "axes_accessattempt_username_3f2d4ca0" ON "axes_accessattempt" ("username");
CREATE UNIQUE INDEX "axes_accessattempt_username_ip_address_user_agent_8ea22282_uniq" ON "axes_accessattempt" ("username", "ip_address", "user_agent");
CREATE INDEX "axes_accessfailurelog_user_agent_ea145dda" ON "axes_accessfailurelog" ("user_agent");
CREATE INDEX "axes_accessfailurelog_ip_address_2e9f5a7f" ON "axes_accessfailurelog" ("ip_address");
CREATE INDEX "axes_accessfailurelog_username_a8b7e8a4" ON "axes_accessfailurelog" ("username");
CREATE INDEX "axes_accesslog_user_agent_0e659004" ON "axes_accesslog" ("user_agent");
CREATE INDEX "axes_accesslog_ip_address_86b417e5" ON "axes_accesslog" ("ip_address");
CREATE INDEX "axes_accesslog_username_df93064b" ON "axes_accesslog" ("username");
CREATE INDEX "claims_historicalrating_id_e7dfe6e6" ON "claims_historicalrating" ("id");
CREATE INDEX "claims_historicalrating_name_60422dfb" ON "claims_historicalrating" ("name");
CREATE INDEX "claims_historicalrating_slug_e30d2bfb" ON "claims_historicalrating" ("slug");
CREATE INDEX "claims_historicalrating_history_date_fe6b08ca" ON "claims_historicalrating" ("history_date");
CREATE INDEX "claims_historicalrating_history_user_id_5584b1a3" ON "claims_historicalrating" ("history_user_id");
CREATE INDEX "claims_historicalsource_id_3b34fe1b" ON "claims_historicalsource" ("id");
CREATE INDEX "claims_historicalsource_publisher_1f708e7c" ON "claims_historicalsource" ("publisher");
CREATE INDEX "claims_historicalsource_history_date_b809c2fa" ON "claims_historicalsource" ("history_date");
CREATE INDEX "claims_historicalsource_history_user_id_a91ee419" ON "claims_historicalsource" ("history_user_id");
CREATE INDEX "claims_historicaltopic_id_96c34fc1" ON "claims_historicaltopic" ("id");
CREATE INDEX "claims_historicaltopic_name_0fec680b" ON "claims_historicaltopic" ("name");
CREATE INDEX "claims_historicaltopic_slug_90f0fa8f" ON "claims_historicaltopic" ("slug");
CREATE INDEX "claims_historicaltopic_history_date_3025e87a" ON "claims_historicaltopic" ("history_date");
CREATE INDEX "claims_historicaltopic_history_user_id_87aad7e3" ON "claims_historicaltopic" ("history_user_id");
CREATE UNIQUE INDEX "source_url_is_unique" ON "claims_source" ("url") WHERE NOT ("url" = '');
CREATE INDEX "claims_source_publisher_0ef0a8b0" ON "claims_source" ("publisher");
CREATE INDEX "source_newest_first" ON "claims_source" ("created_at" DESC, "id" DESC);
CREATE INDEX "claims_historicalspeakername_id_34b54e69" ON "claims_historicalspeakername" ("id");
CREATE INDEX "claims_historicalspeakername_key_aae613e7" ON "claims_historicalspeakername" ("key");
CREATE INDEX "claims_historicalspeakername_family_key_d7489797" ON "claims_historicalspeakername" ("family_key");
CREATE INDEX "claims_historicalspeakername_history_date_aa0f2668" ON "claims_historicalspeakername" ("history_date");
CREATE INDEX "claims_historicalspeakername_history_user_id_c955e89c" ON "claims_historicalspeakername" ("history_user_id");
CREATE INDEX "claims_historicalspeakername_speaker_id_2df94bdc" ON "claims_historicalspeakername" ("speaker_id");
CREATE INDEX "claims_historicalspeaker_id_20bb794b" ON "claims_historicalspeaker" ("id");
CREATE INDEX "claims_historicalspeaker_name_b854ed61" ON "claims_historicalspeaker" ("name");
CREATE INDEX "claims_historicalspeaker_history_date_6069f9b2" ON "claims_historicalspeaker" ("history_date");
CREATE INDEX "claims_historicalspeaker_history_user_id_4f4782e1" ON "claims_historicalspeaker" ("history_user_id");
CREATE INDEX "claims_historicalspeaker_merged_into_id_1322e6c4" ON "claims_historicalspeaker" ("merged_into_id");
CREATE INDEX "claims_historicalposition_id_b644d467" ON "claims_historicalposition" ("id");
CREATE INDEX "claims_historicalposition_history_date_dd6c3ffc" ON "claims_historicalposition" ("history_date");
CREATE INDEX "claims_historicalposition_history_user_id_4553666e" ON "claims_historicalposition" ("history_user_id");
CREATE INDEX "claims_historicalposition_speaker_id_37e05d2d" ON "claims_historicalposition" ("speaker_id");
CREATE INDEX "claims_historicalclaim_id_a3358750" ON "claims_historicalclaim" ("id");
CREATE INDEX "claims_historicalclaim_history_date_2c14ec26" ON "claims_historicalclaim" ("history_date");
CREATE INDEX "claims_historicalclaim_history_user_id_800355f2" ON "claims_historicalclaim" ("history_user_id");
CREATE INDEX "claims_historicalclaim_speaker_id_9ac7e88b" ON "claims_historicalclaim" ("speaker_id");
CREATE INDEX "topic_by_name" ON "claims_topic" ("name", "id");
CREATE INDEX "claims_historicalclaim_topics_id_a0a70e17" ON "claims_historicalclaim_topics" ("id");
CREATE INDEX "claims_historicalclaim_topics_claim_id_49278cae" ON "claims_historicalclaim_topics" ("claim_id");
CREATE INDEX "claims_historicalclaim_topics_history_id_169ec780" ON "claims_historicalclaim_topics" ("history_id");
CREATE INDEX "claims_historicalclaim_topics_topic_id_48e80ceb" ON "claims_historicalclaim_topics" ("topic_id");
CREATE UNIQUE INDEX "claims_claim_topics_claim_id_topic_id_1bb5b613_uniq" ON "claims_claim_topics" ("claim_id", "topic_id");
CREATE INDEX "claims_claim_topics_claim_id_3ad1a16c" ON "claims_claim_topics" ("claim_id");
CREATE INDEX "claims_claim_topics_topic_id_6de46e65" ON "claims_claim_topics" ("topic_id");
CREATE INDEX "claims_historicalverification_id_4b09698a" ON "claims_historicalverification" ("id");
CREATE INDEX "claims_historicalverification_state_ad1b81b3" ON "claims_historicalverification" ("state");
CREATE INDEX "claims_historicalverification_history_date_e2300917" ON "claims_historicalverification" ("history_date");
CREATE INDEX "claims_historicalverification_approver_id_31e53127" ON "claims_historicalverification" ("approver_id");
CREATE INDEX "claims_historicalverification_author_id_28fdadbc" ON "claims_historicalverification" ("author_id");
CREATE INDEX "claims_historicalverification_claim_id_13069aa7" ON "claims_historicalverification" ("claim_id");
CREATE INDEX "claims_historicalverification_history_user_id_27e44996" ON "claims_historicalverification" ("history_user_id");
CREATE INDEX "claims_historicalverification_rating_id_02a5bdf9" ON "claims_historicalverification" ("rating_id");
CREATE INDEX "claims_historicalverification_reopened_from_id_a00d58c8" ON "claims_historicalverification" ("reopened_from_id");
CREATE INDEX "claims_historicalevidence_id_3caa2c15" ON "claims_historicalevidence" ("id");
CREATE INDEX "claims_historicalevidence_history_date_6c2d7c7c" ON "claims_historicalevidence" ("history_date");
CREATE INDEX "claims_historicalevidence_history_user_id_1a8c5dbb" ON "claims_historicalevidence" ("history_user_id");
CREATE INDEX "claims_historicalevidence_source_id_d9869c5b" ON "claims_historicalevidence" ("source_id");
CREATE INDEX "claims_historicalevidence_verification_id_5a01fc1f" ON "claims_historicalevidence" ("verification_id");
CREATE INDEX "claims_correction_claim_id_5ad73c00" ON "claims_correction" ("claim_id");
CREATE INDEX "claims_correction_made_by_id_59556f58" ON "claims_correction" ("made_by_id");
CREATE INDEX "claims_snapshot_sha256_bdc5941b" ON "claims_snapshot" ("sha256");
CREATE INDEX "claims_snapshot_source_id_9fc856f1" ON "claims_snapshot" ("source_id");
CREATE UNIQUE INDEX "speaker_wikidata_id_is_unique" ON "claims_speaker" ("wikidata_id") WHERE NOT ("wikidata_id" = '');
CREATE INDEX "claims_speaker_name_e20eacbe" ON "claims_speaker" ("name");
CREATE INDEX "claims_speaker_merged_into_id_07020b03" ON "claims_speaker" ("merged_into_id");
CREATE INDEX "speaker_by_name" ON "claims_speaker" ("name", "id");
CREATE INDEX "claims_position_speaker_id_4227c8c2" ON "claims_position" ("speaker_id");
CREATE INDEX "claims_mergesuggestion_state_2580d6b2" ON "claims_mergesuggestion" ("state");
CREATE INDEX "claims_mergesuggestion_decided_by_id_4bdc55a8" ON "claims_mergesuggestion" ("decided_by_id");
CREATE INDEX "claims_mergesuggestion_first_id_9dfa1e26" ON "claims_mergesuggestion" ("first_id");
CREATE INDEX "claims_mergesuggestion_second_id_44bf9f9b" ON "claims_mergesuggestion" ("second_id");
CREATE UNIQUE INDEX "speaker_is_merged_once_at_a_time" ON "claims_speakermerge" ("merged_id") WHERE "undone_at" IS NULL;
CREATE INDEX "claims_speakermerge_kept_id_471ea1f5" ON "claims_speakermerge" ("kept_id");
CREATE INDEX "claims_speakermerge_merged_id_65267e98" ON "claims_speakermerge" ("merged_id");
CREATE INDEX "claims_speakermerge_merged_by_id_0a3510a0" ON "claims_speakermerge" ("merged_by_id");
CREATE INDEX "claims_speakermerge_undone_by_id_6bf5b12d" ON "claims_speakermerge" ("undone_by_id");
CREATE INDEX "claims_speakername_key_8dd8c132" ON "claims_speakername" ("key");
CREATE INDEX "claims_speakername_family_key_cd963c83" ON "claims_speakername" ("family_key");
CREATE INDEX "claims_speakername_speaker_id_0f410bca" ON "claims_speakername" ("speaker_id");
CREATE UNIQUE INDEX "verification_one_current_per_claim" ON "claims_verification" ("claim_id") WHERE "state" = 'published';
CREATE INDEX "claims_verification_state_5a2525f6" ON "claims_verification" ("state");
CREATE INDEX "claims_verification_approver_id_e2bbd48c" ON "claims_verification" ("approver_id");
CREATE INDEX "claims_verification_author_id_2863387b" ON "claims_verification" ("author_id");
CREATE INDEX "claims_verification_claim_id_68d6f1c4" ON "claims_verification" ("claim_id");
CREATE INDEX "claims_verification_rating_id_cc22ba82" ON "claims_verification" ("rating_id");
CREATE INDEX "claims_verification_reopened_from_id_fd1438d8" ON "claims_verification" ("reopened_from_id");
CREATE INDEX "verification_last_published" ON "claims_verification" ("published_at" DESC, "id" DESC);
CREATE INDEX "verification_newest_first" ON "claims_verification" ("created_at" DESC, "id" DESC);
CREATE INDEX "claims_evidence_source_id_23003ee9" ON "claims_evidence" ("source_id");
CREATE INDEX "claims_evidence_verification_id_ca86a910" ON "claims_evidence" ("verification_id");
CREATE INDEX "claims_historicalquote_id_fff63b6d" ON "claims_historicalquote" ("id");
CREATE INDEX "claims_historicalquote_history_date_9d8c711a" ON "claims_historicalquote" ("history_date");
CREATE INDEX "claims_historicalquote_claim_id_9c9e6c42" ON "claims_historicalquote" ("claim_id");
CREATE INDEX "claims_historicalquote_decided_by_id_14cadbb9" ON "claims_historicalquote" ("decided_by_id");
CREATE INDEX "claims_historicalquote_history_user_id_4144f400" ON "claims_historicalquote" ("history_user_id");
CREATE INDEX "claims_historicalquote_snapshot_id_03aa682f" ON "claims_historicalquote" ("snapshot_id");
CREATE INDEX "claims_historicalquote_speaker_id_9884c55c" ON "claims_historicalquote" ("speaker_id");
CREATE INDEX "claims_quote_claim_id_ea69ea67" ON "claims_quote" ("claim_id");
CREATE INDEX "claims_quote_decided_by_id_b6a2f14b" ON "claims_quote" ("decided_by_id");
CREATE INDEX "claims_quote_snapshot_id_24f36f7e" ON "claims_quote" ("snapshot_id");
CREATE INDEX "claims_quote_speaker_id_baa9d2b0" ON "claims_quote" ("speaker_id");
CREATE INDEX "quote_in_reading_order" ON "claims_quote" ("snapshot_id", "start", "id");
CREATE INDEX "quote_of_claim" ON "claims_quote" ("claim_id", "decision");
CREATE INDEX "quote_of_speaker" ON "claims_quote" ("speaker_id", "decision");
CREATE INDEX "quote_last_decided_first" ON "claims_quote" ("decided_at" DESC, "id" DESC);
CREATE INDEX "claims_operation_editor_id_b825967b" ON "claims_operation" ("editor_id");
CREATE INDEX "operation_of_editor" ON "claims_operation" ("editor_id", "id" DESC);
CREATE INDEX "quote_queue_of_nobody_known" ON "claims_quote" ("decision", "snapshot_id", "start", "id") WHERE "speaker_id" IS NULL;
CREATE INDEX "claims_historicalclaimamendment_id_320d61c0" ON "claims_historicalclaimamendment" ("id");
CREATE INDEX "claims_historicalclaimamendment_state_20dd9e87" ON "claims_historicalclaimamendment" ("state");
CREATE INDEX "claims_historicalclaimamendment_history_date_4bef9459" ON "claims_historicalclaimamendment" ("history_date");
CREATE INDEX "claims_historicalclaimrelation_id_297c1b05" ON "claims_historicalclaimrelation" ("id");
CREATE INDEX "claims_historicalclaimrelation_state_2dd392e2" ON "claims_historicalclaimrelation" ("state");
CREATE INDEX "claims_historicalclaimrelation_history_date_8b5acc72" ON "claims_historicalclaimrelation" ("history_date");
CREATE INDEX "claims_historicalclaim_merged_into_id_21c88dd9" ON "claims_historicalclaim" ("merged_into_id");
CREATE INDEX "claims_claim_speaker_id_e031226b" ON "claims_claim" ("speaker_id");
CREATE INDEX "claims_claim_merged_into_id_d79e2df0" ON "claims_claim" ("merged_into_id");
CREATE INDEX "claim_newest_first" ON "claims_claim" ("created_at" DESC, "id" DESC);
CREATE INDEX "claim_last_released_first" ON "claims_claim" ("released_at" DESC, "id" DESC);
CREATE INDEX "claim_by_change" ON "claims_claim" ("updated_at", "id");
CREATE INDEX "claim_newest_of_speaker" ON "claims_claim" ("speaker_id", "id" DESC);
CREATE INDEX "claims_historicalclaimamendment_author_id_80925fdd" ON "claims_historicalclaimamendment" ("author_id");
CREATE INDEX "claims_historicalclaimamendment_claim_id_a95dddae" ON "claims_historicalclaimamendment" ("claim_id");
CREATE INDEX "claims_historicalclaimamendment_decided_by_id_34621bd7" ON "claims_historicalclaimamendment" ("decided_by_id");
CREATE INDEX "claims_historicalclaimamendment_history_user_id_75211fb6" ON "claims_historicalclaimamendment" ("history_user_id");
CREATE INDEX "claims_historicalclaimamendment_speaker_id_341036fa" ON "claims_historicalclaimamendment" ("speaker_id");
CREATE INDEX "claims_historicalclaimamendment_was_speaker_id_96295e50" ON "claims_historicalclaimamendment" ("was_speaker_id");
CREATE INDEX "claims_historicalclaimrelation_decided_by_id_48d2402e" ON "claims_historicalclaimrelation" ("decided_by_id");
CREATE INDEX "claims_historicalclaimrelation_first_id_ced2fe05" ON "claims_historicalclaimrelation" ("first_id");
CREATE INDEX "claims_historicalclaimrelation_history_user_id_aaf4bc7d" ON "claims_historicalclaimrelation" ("history_user_id");
CREATE INDEX "claims_historicalclaimrelation_second_id_6d23248a" ON "claims_historicalclaimrelation" ("second_id");
CREATE UNIQUE INDEX "amendment_one_open_per_claim" ON "claims_claimamendment" ("claim_id") WHERE "state" = 'open';
CREATE INDEX "claims_claimamendment_state_e1c0d984" ON "claims_claimamendment" ("state");
CREATE INDEX "claims_claimamendment_author_id_899a027f" ON "claims_claimamendment" ("author_id");
CREATE INDEX "claims_claimamendment_claim_id_67795642" ON "claims_claimamendment" ("claim_id");
CREATE INDEX "claims_claimamendment_decided_by_id_f080c531" ON "claims_claimamendment" ("decided_by_id");
CREATE INDEX "claims_claimamendment_speaker_id_7051267c" ON "claims_claimamendment" ("speaker_id");
CREATE INDEX "claims_claimamendment_was_speaker_id_4c426858" ON "claims_claimamendment" ("was_speaker_id");
CREATE UNIQUE INDEX "relation_is_unique" ON "claims_claimrelation" ((MIN("first_id", "second_id")), (MAX("first_id", "second_id")));
CREATE INDEX "claims_claimrelation_state_a1643187" ON "claims_claimrelation" ("state");
CREATE INDEX "claims_claimrelation_decided_by_id_c964519c" ON "claims_claimrelation" ("decided_by_id");
CREATE INDEX "claims_claimrelation_first_id_d96f9d64" ON "claims_claimrelation" ("first_id");
CREATE INDEX "claims_claimrelation_second_id_0c2bf68d" ON "claims_claimrelation" ("second_id");
CREATE INDEX "claims_historicalanchor_id_6ab85697" ON "claims_historicalanchor" ("id");
CREATE INDEX "claims_historicalanchor_state_8ca3d5b8" ON "claims_historicalanchor" ("state");
CREATE INDEX "claims_historicalanchor_history_date_a4211d2c" ON "claims_historicalanchor" ("history_date");
CREATE INDEX "claims_historicalmergesuggestion_id_f7b1b764" ON "claims_historicalmergesuggestion" ("id");
CREATE INDEX "claims_historicalmergesuggestion_state_48ad425f" ON "claims_historicalmergesuggestion" ("state");
CREATE INDEX "claims_historicalmergesuggestion_history_date_ea2a312f" ON "claims_historicalmergesuggestion" ("history_date");
CREATE INDEX "claims_historicalspeakermerge_id_c473f35a" ON "claims_historicalspeakermerge" ("id");
CREATE INDEX "claims_historicalspeakermerge_history_date_ae2d87d2" ON "claims_historicalspeakermerge" ("history_date");
CREATE INDEX "claims_anchor_state_03455aa8" ON "claims_anchor" ("state");
CREATE INDEX "claims_anchor_quote_id_bc403d2a" ON "claims_anchor" ("quote_id");
CREATE INDEX "claims_anchor_snapshot_id_e1ce8f09" ON "claims_anchor" ("snapshot_id");
CREATE INDEX "claims_anchor_settled_by_id_1456cc60" ON "claims_anchor" ("settled_by_id");
CREATE INDEX "anchor_waiting" ON "claims_anchor" ("snapshot_id") WHERE ("settled_at" IS NULL AND "state" IN ('ambiguous', 'orphaned'));
CREATE INDEX "claims_historicalanchor_history_user_id_4b2d1d6c" ON "claims_historicalanchor" ("history_user_id");
CREATE INDEX "claims_historicalanchor_quote_id_2bae9b75" ON "claims_historicalanchor" ("quote_id");
CREATE INDEX "claims_historicalanchor_settled_by_id_cc57a1d5" ON "claims_historicalanchor" ("settled_by_id");
CREATE INDEX "claims_historicalanchor_snapshot_id_9534ed6c" ON "claims_historicalanchor" ("snapshot_id");
CREATE INDEX "claims_historicalmergesuggestion_decided_by_id_82c44cf2" ON "claims_historicalmergesuggestion" ("decided_by_id");
CREATE INDEX "claims_historicalmergesuggestion_first_id_ae61aa66" ON "claims_historicalmergesuggestion" ("first_id");
CREATE INDEX "claims_historicalmergesuggestion_history_user_id_93474fd3" ON "claims_historicalmergesuggestion" ("history_user_id");
CREATE INDEX "claims_historicalmergesuggestion_second_id_f561fccd" ON "claims_historicalmergesuggestion" ("second_id");
CREATE INDEX "claims_historicalspeakermerge_history_user_id_a2fed22c" ON "claims_historicalspeakermerge" ("history_user_id");
CREATE INDEX "claims_historicalspeakermerge_kept_id_4314b67f" ON "claims_historicalspeakermerge" ("kept_id");
CREATE INDEX "claims_historicalspeakermerge_merged_id_f70a15ff" ON "claims_historicalspeakermerge" ("merged_id");
CREATE INDEX "claims_historicalspeakermerge_merged_by_id_fb392543" ON "claims_historicalspeakermerge" ("merged_by_id");
CREATE INDEX "claims_historicalspeakermerge_undone_by_id_44db7692" ON "claims_historicalspeakermerge" ("undone_by_id");
CREATE INDEX "verification_by_rating" ON "claims_verification" ("state", "rating_id");
CREATE INDEX "quote_waiting_by_age" ON "claims_quote" ("decision", "created_at");
CREATE INDEX "quote_decisions_by_day" ON "claims_quote" ("decided_at", "decision", "kind", "extractor", "confidence") WHERE "decided_at" IS NOT NULL;
CREATE INDEX "claims_comment_author_id_267dec63" ON "claims_comment" ("author_id");
CREATE INDEX "claims_comment_claim_id_43fe40e1" ON "claims_comment" ("claim_id");
CREATE INDEX "claims_comment_quote_id_ef101974" ON "claims_comment" ("quote_id");
CREATE INDEX "claims_comment_verification_id_3384f8c1" ON "claims_comment" ("verification_id");
CREATE INDEX "comment_newest_first" ON "claims_comment" ("created_at" DESC, "id" DESC);
CREATE INDEX "claims_mention_comment_id_0de97e10" ON "claims_mention" ("comment_id");
CREATE INDEX "claims_mention_user_id_8ec5b105" ON "claims_mention" ("user_id");
CREATE INDEX "mention_waiting" ON "claims_mention" ("user_id", "id" DESC) WHERE "done_at" IS NULL;
CREATE INDEX "claims_savedview_owner_id_3ff0874b" ON "claims_savedview" ("owner_id");
CREATE INDEX "saved_view_by_name" ON "claims_savedview" ("name", "id");
CREATE INDEX "quote_queue" ON "claims_quote" ("decision", "snapshot_id", "start", "id");
CREATE INDEX "source_by_language" ON "claims_source" ("language");
CREATE INDEX "change_in_order" ON "claims_change" ("kind", "changed_at", "id");
CREATE INDEX "change_last" ON "claims_change" ("changed_at");
CREATE INDEX "change_due" ON "claims_change" ("due_at") WHERE "due_at" IS NOT NULL;
CREATE INDEX "touched_by_step" ON "claims_touched" ("step", "kind", "object_id");
CREATE INDEX "claims_readerkey_made_by_id_3dbc74de" ON "claims_readerkey" ("made_by_id");
CREATE INDEX "claims_readerkey_revoked_by_id_82f68661" ON "claims_readerkey" ("revoked_by_id");
CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");
CREATE VIRTUAL TABLE claims_quote_trigrams USING fts5("exact", "mention", content = 'claims_quote', content_rowid = 'id', tokenize = 'trigram');
INSERT INTO claims_quote_trigrams (claims_quote_trigrams) VALUES ('rebuild');
CREATE VIRTUAL TABLE claims_claim_trigrams USING fts5("text", content = 'claims_claim', content_rowid = 'id', tokenize = 'trigram');
INSERT INTO claims_claim_trigrams (claims_claim_trigrams) VALUES ('rebuild');
CREATE VIRTUAL TABLE claims_speakername_trigrams USING fts5("name", content = 'claims_speakername', content_rowid = 'id', tokenize = 'trigram');
INSERT INTO claims_speakername_trigrams (claims_speakername_trigrams) VALUES ('rebuild');
CREATE VIRTUAL TABLE claims_source_trigrams USING fts5("title", "publisher", "authors", "url", content = 'claims_source', content_rowid = 'id', tokenize = 'trigram');
INSERT INTO claims_source_trigrams (claims_source_trigrams) VALUES ('rebuild');
CREATE VIRTUAL TABLE claims_verification_trigrams USING fts5("explanation", content = 'claims_verification', content_rowid = 'id', tokenize = 'trigram');
INSERT INTO claims_verification_trigrams (claims_verification_trigrams) VALUES ('rebuild');
CREATE VIRTUAL TABLE claims_quote_words USING fts5(words, row_id UNINDEXED, tokenize = "ascii tokenchars '_'", prefix = '2 3');
INSERT INTO "claims_quote_words" ("rowid", "words", "row_id") VALUES
(3856682872186339329, 'rivers are full _ the rivers are full _ lena ford _ l ford _ on dykes', 1);
CREATE VIRTUAL TABLE claims_claim_words USING fts5(words, row_id UNINDEXED, tokenize = "ascii tokenchars '_'", prefix = '2 3');
INSERT INTO "claims_claim_words" ("rowid", "words", "row_id") VALUES
(3856682872186339329, 'the rivers are full _ lena ford _ l ford _ rivers are full _ on dykes', 1);
CREATE VIRTUAL TABLE claims_verification_words USING fts5(words, row_id UNINDEXED, tokenize = "ascii tokenchars '_'", prefix = '2 3');
INSERT INTO "claims_verification_words" ("rowid", "words", "row_id") VALUES
(3856682876481306625, 'two gauges show it _ the rivers are full _ lena ford _ l ford', 1);
CREATE VIRTUAL TABLE claims_source_words USING fts5(words, row_id UNINDEXED, tokenize = "ascii tokenchars '_'", prefix = '2 3');
INSERT INTO "claims_source_words" ("rowid", "words", "row_id") VALUES
(3856682870038855681, 'on dykes _ the daily example', 1);
CREATE VIRTUAL TABLE claims_speaker_words USING fts5(words, row_id UNINDEXED, tokenize = "ascii tokenchars '_'", prefix = '2 3');
INSERT INTO "claims_speaker_words" ("rowid", "words", "row_id") VALUES
(1, 'lena ford _ lena ford _ l ford', 1),
(2, 'tobias reck _ tobias reck', 2),
(3, 'l ford _', 3);
CREATE VIRTUAL TABLE claims_topic_words USING fts5(words, row_id UNINDEXED, tokenize = "ascii tokenchars '_'", prefix = '2 3');
INSERT INTO "claims_topic_words" ("rowid", "words", "row_id") VALUES
(1, 'water _ rivers and lakes', 1);
CREATE TRIGGER quote_exact_is_slice_insert BEFORE INSERT ON claims_quote WHEN (NEW.spans IS NOT NULL AND (json_type(NEW.spans) <> 'array' OR EXISTS (SELECT 1 FROM json_each(NEW.spans) s LEFT JOIN json_each(NEW.spans) p ON p.key = s.key - 1 WHERE json_type(s.value) <> 'array' OR json_array_length(s.value) <> 2 OR typeof(json_extract(s.value, '$[0]')) <> 'integer' OR typeof(json_extract(s.value, '$[1]')) <> 'integer' OR json_extract(s.value, '$[0]') < 0 OR json_extract(s.value, '$[0]') >= json_extract(s.value, '$[1]') OR json_extract(s.value, '$[1]') > 999999999 OR json_extract(s.value, '$[0]') < json_extract(p.value, '$[1]')))) OR (NEW.cue_spans IS NOT NULL AND (json_type(NEW.cue_spans) <> 'array' OR EXISTS (SELECT 1 FROM json_each(NEW.cue_spans) s LEFT JOIN json_each(NEW.cue_spans) p ON p.key = s.key - 1 WHERE json_type(s.value) <> 'array' OR json_array_length(s.value) <> 2 OR typeof(json_extract(s.value, '$[0]')) <> 'integer' OR typeof(json_extract(s.value, '$[1]')) <> 'integer' OR json_extract(s.value, '$[0]') < 0 OR json_extract(s.value, '$[0]') >= json_extract(s.value, '$[1]') OR json_extract(s.value, '$[1]') > 999999999 OR json_extract(s.value, '$[0]') < json_extract(p.value, '$[1]')))) OR (NEW.mention_spans IS NOT NULL AND (json_type(NEW.mention_spans) <> 'array' OR EXISTS (SELECT 1 FROM json_each(NEW.mention_spans) s LEFT JOIN json_each(NEW.mention_spans) p ON p.key = s.key - 1 WHERE json_type(s.value) <> 'array' OR json_array_length(s.value) <> 2 OR typeof(json_extract(s.value, '$[0]')) <> 'integer' OR typeof(json_extract(s.value, '$[1]')) <> 'integer' OR json_extract(s.value, '$[0]') < 0 OR json_extract(s.value, '$[0]') >= json_extract(s.value, '$[1]') OR json_extract(s.value, '$[1]') > 999999999 OR json_extract(s.value, '$[0]') < json_extract(p.value, '$[1]')))) OR (NEW.start IS NOT json_extract(NEW.spans, '$[0][0]') OR NEW."end" IS NOT json_extract(NEW.spans, '$[#-1][1]')) OR NOT EXISTS (SELECT 1 FROM (SELECT substr(t.text, o.low + 1, o.high - o.low) AS body, o.low AS low FROM claims_snapshot t, (SELECT (SELECT min(column1) FROM (VALUES (json_extract(NEW.spans, '$[0][0]')), (json_extract(NEW.cue_spans, '$[0][0]')), (json_extract(NEW.mention_spans, '$[0][0]')))) AS low, (SELECT max(column1) FROM (VALUES (json_extract(NEW.spans, '$[#-1][1]')), (json_extract(NEW.cue_spans, '$[#-1][1]')), (json_extract(NEW.mention_spans, '$[#-1][1]')))) AS high LIMIT 1) o WHERE t.id = NEW.snapshot_id LIMIT 1) w WHERE (NEW.spans IS NULL OR (SELECT coalesce(group_concat(part, ' '), '') IS NEW.exact AND coalesce(sum(size) + count(*) - 1, 0) = length(NEW.exact) FROM (SELECT substr(w.body, json_extract(s.value, '$[0]') - w.low + 1, json_extract(s.value, '$[1]') - json_extract(s.value, '$[0]')) AS part, json_extract(s.value, '$[1]') - json_extract(s.value, '$[0]') AS size FROM json_each(NEW.spans) s ORDER BY s.key))) AND (NEW.cue_spans IS NULL OR (SELECT coalesce(group_concat(part, ' '), '') IS NEW.cue AND coalesce(sum(size) + count(*) - 1, 0) = length(NEW.cue) FROM (SELECT substr(w.body, json_extract(s.value, '$[0]') - w.low + 1, json_extract(s.value, '$[1]') - json_extract(s.value, '$[0]')) AS part, json_extract(s.value, '$[1]') - json_extract(s.value, '$[0]') AS size FROM json_each(NEW.cue_spans) s ORDER BY s.key))) AND (NEW.mention_spans IS NULL OR (SELECT coalesce(group_concat(part, ' '), '') IS NEW.mention AND coalesce(sum(size) + count(*) - 1, 0) = length(NEW.mention) FROM (SELECT substr(w.body, json_extract(s.value, '$[0]') - w.low + 1, json_extract(s.value, '$[1]') - json_extract(s.value, '$[0]')) AS part, json_extract(s.value, '$[1]') - json_extract(s.value, '$[0]') AS size FROM json_each(NEW.mention_spans) s ORDER BY s.key)))) BEGIN SELECT RAISE(ABORT, 'quote_exact_is_slice'); END;
CREATE TRIGGER quote_exact_is_slice_update BEFORE UPDATE OF snapshot_id, spans, cue_spans, mention_spans, exact, cue, mention, "start", "end" ON claims_quote WHEN (NEW.spans IS NOT NULL AND (json_type(NEW.spans) <> 'array' OR EXISTS (SELECT 1 FROM json_each(NEW.spans) s LEFT JOIN json_each(NEW.spans) p ON p.key = s.key - 1 WHERE json_type(s.value) <> 'array' OR json_array_length(s.value) <> 2 OR typeof(json_extract(s.value, '$[0]')) <> 'integer' OR typeof(json_extract(s.value, '$[1]')) <> 'integer' OR json_extract(s.value, '$[0]') < 0 OR json_extract(s.value, '$[0]') >= json_extract(s.value, '$[1]') OR json_extract(s.value, '$[1]') > 999999999 OR json_extract(s.value, '$[0]') < json_extract(p.value, '$[1]')))) OR (NEW.cue_spans IS NOT NULL AND (json_type(NEW.cue_spans) <> 'array' OR EXISTS (SELECT 1 FROM json_each(NEW.cue_spans) s LEFT JOIN json_each(NEW.cue_spans) p ON p.key = s.key - 1 WHERE json_type(s.value) <> 'array' OR json_array_length(s.value) <> 2 OR typeof(json_extract(s.value, '$[0]')) <> 'integer' OR typeof(json_extract(s.value, '$[1]')) <> 'integer' OR json_extract(s.value, '$[0]') < 0 OR json_extract(s.value, '$[0]') >= json_extract(s.value, '$[1]') OR json_extract(s.value, '$[1]') > 999999999 OR json_extract(s.value, '$[0]') < json_extract(p.value, '$[1]')))) OR (NEW.mention_spans IS NOT NULL AND (json_type(NEW.mention_spans) <> 'array' OR EXISTS (SELECT 1 FROM json_each(NEW.mention_spans) s LEFT JOIN json_each(NEW.mention_spans) p ON p.key = s.key - 1 WHERE json_type(s.value) <> 'array' OR json_array_length(s.value) <> 2 OR typeof(json_extract(s.value, '$[0]')) <> 'integer' OR typeof(json_extract(s.value, '$[1]')) <> 'integer' OR json_extract(s.value, '$[0]') < 0 OR json_extract(s.value, '$[0]') >= json_extract(s.value, '$[1]') OR json_extract(s.value, '$[1]') > 999999999 OR json_extract(s.value, '$[0]') < json_extract(p.value, '$[1]')))) OR (NEW.start IS NOT json_extract(NEW.spans, '$[0][0]') OR NEW."end" IS NOT json_extract(NEW.spans, '$[#-1][1]')) OR NOT EXISTS (SELECT 1 FROM (SELECT substr(t.text, o.low + 1, o.high - o.low) AS body, o.low AS low FROM claims_snapshot t, (SELECT (SELECT min(column1) FROM (VALUES (json_extract(NEW.spans, '$[0][0]')), (json_extract(NEW.cue_spans, '$[0][0]')), (json_extract(NEW.mention_spans, '$[0][0]')))) AS low, (SELECT max(column1) FROM (VALUES (json_extract(NEW.spans, '$[#-1][1]')), (json_extract(NEW.cue_spans, '$[#-1][1]')), (json_extract(NEW.mention_spans, '$[#-1][1]')))) AS high LIMIT 1) o WHERE t.id = NEW.snapshot_id LIMIT 1) w WHERE (NEW.spans IS NULL OR (SELECT coalesce(group_concat(part, ' '), '') IS NEW.exact AND coalesce(sum(size) + count(*) - 1, 0) = length(NEW.exact) FROM (SELECT substr(w.body, json_extract(s.value, '$[0]') - w.low + 1, json_extract(s.value, '$[1]') - json_extract(s.value, '$[0]')) AS part, json_extract(s.value, '$[1]') - json_extract(s.value, '$[0]') AS size FROM json_each(NEW.spans) s ORDER BY s.key))) AND (NEW.cue_spans IS NULL OR (SELECT coalesce(group_concat(part, ' '), '') IS NEW.cue AND coalesce(sum(size) + count(*) - 1, 0) = length(NEW.cue) FROM (SELECT substr(w.body, json_extract(s.value, '$[0]') - w.low + 1, json_extract(s.value, '$[1]') - json_extract(s.value, '$[0]')) AS part, json_extract(s.value, '$[1]') - json_extract(s.value, '$[0]') AS size FROM json_each(NEW.cue_spans) s ORDER BY s.key))) AND (NEW.mention_spans IS NULL OR (SELECT coalesce(group_concat(part, ' '), '') IS NEW.mention AND coalesce(sum(size) + count(*) - 1, 0) = length(NEW.mention) FROM (SELECT substr(w.body, json_extract(s.value, '$[0]') - w.low + 1, json_extract(s.value, '$[1]') - json_extract(s.value, '$[0]')) AS part, json_extract(s.value, '$[1]') - json_extract(s.value, '$[0]') AS size FROM json_each(NEW.mention_spans) s ORDER BY s.key)))) BEGIN SELECT RAISE(ABORT, 'quote_exact_is_slice'); END;
CREATE TRIGGER anchor_is_slice_insert BEFORE INSERT ON claims_anchor WHEN (NEW.spans IS NOT NULL AND (json_type(NEW.spans) <> 'array' OR EXISTS (SELECT 1 FROM json_each(NEW.spans) s LEFT JOIN json_each(NEW.spans) p ON p.key = s.key - 1 WHERE json_type(s.value) <> 'array' OR json_array_length(s.value) <> 2 OR typeof(json_extract(s.value, '$[0]')) <> 'integer' OR typeof(json_extract(s.value, '$[1]')) <> 'integer' OR json_extract(s.value, '$[0]') < 0 OR json_extract(s.value, '$[0]') >= json_extract(s.value, '$[1]') OR json_extract(s.value, '$[1]') > 999999999 OR json_extract(s.value, '$[0]') < json_extract(p.value, '$[1]')))) OR NOT EXISTS (SELECT 1 FROM (SELECT substr(t.text, o.low + 1, o.high - o.low) AS body, o.low AS low FROM claims_snapshot t, (SELECT (SELECT min(column1) FROM (VALUES (json_extract(NEW.spans, '$[0][0]')))) AS low, (SELECT max(column1) FROM (VALUES (json_extract(NEW.spans, '$[#-1][1]')))) AS high LIMIT 1) o WHERE t.id = NEW.snapshot_id LIMIT 1) w WHERE (NEW.spans IS NULL OR (SELECT coalesce(group_concat(part, ' '), '') IS (SELECT q.exact FROM claims_quote q WHERE q.id = NEW.quote_id) AND coalesce(sum(size) + count(*) - 1, 0) = length((SELECT q.exact FROM claims_quote q WHERE q.id = NEW.quote_id)) FROM (SELECT substr(w.body, json_extract(s.value, '$[0]') - w.low + 1, json_extract(s.value, '$[1]') - json_extract(s.value, '$[0]')) AS part, json_extract(s.value, '$[1]') - json_extract(s.value, '$[0]') AS size FROM json_each(NEW.spans) s ORDER BY s.key)))) BEGIN SELECT RAISE(ABORT, 'anchor_is_slice'); END;
CREATE TRIGGER anchor_is_slice_update BEFORE UPDATE OF snapshot_id, spans, quote_id ON claims_anchor WHEN (NEW.spans IS NOT NULL AND (json_type(NEW.spans) <> 'array' OR EXISTS (SELECT 1 FROM json_each(NEW.spans) s LEFT JOIN json_each(NEW.spans) p ON p.key = s.key - 1 WHERE json_type(s.value) <> 'array' OR json_array_length(s.value) <> 2 OR typeof(json_extract(s.value, '$[0]')) <> 'integer' OR typeof(json_extract(s.value, '$[1]')) <> 'integer' OR json_extract(s.value, '$[0]') < 0 OR json_extract(s.value, '$[0]') >= json_extract(s.value, '$[1]') OR json_extract(s.value, '$[1]') > 999999999 OR json_extract(s.value, '$[0]') < json_extract(p.value, '$[1]')))) OR NOT EXISTS (SELECT 1 FROM (SELECT substr(t.text, o.low + 1, o.high - o.low) AS body, o.low AS low FROM claims_snapshot t, (SELECT (SELECT min(column1) FROM (VALUES (json_extract(NEW.spans, '$[0][0]')))) AS low, (SELECT max(column1) FROM (VALUES (json_extract(NEW.spans, '$[#-1][1]')))) AS high LIMIT 1) o WHERE t.id = NEW.snapshot_id LIMIT 1) w WHERE (NEW.spans IS NULL OR (SELECT coalesce(group_concat(part, ' '), '') IS (SELECT q.exact FROM claims_quote q WHERE q.id = NEW.quote_id) AND coalesce(sum(size) + count(*) - 1, 0) = length((SELECT q.exact FROM claims_quote q WHERE q.id = NEW.quote_id)) FROM (SELECT substr(w.body, json_extract(s.value, '$[0]') - w.low + 1, json_extract(s.value, '$[1]') - json_extract(s.value, '$[0]')) AS part, json_extract(s.value, '$[1]') - json_extract(s.value, '$[0]') AS size FROM json_each(NEW.spans) s ORDER BY s.key)))) BEGIN SELECT RAISE(ABORT, 'anchor_is_slice'); END;
CREATE TRIGGER snapshot_is_immutable BEFORE UPDATE ON claims_snapshot WHEN (TRUE) AND (OLD.source_id IS NOT NEW.source_id OR OLD.text IS NOT NEW.text OR OLD.sha256 IS NOT NEW.sha256) BEGIN SELECT RAISE(ABORT, 'snapshot_is_immutable'); END;
CREATE TRIGGER verification_is_append_only BEFORE UPDATE ON claims_verification WHEN (OLD.state IN ('published', 'superseded', 'withdrawn')) AND (OLD.claim_id IS NOT NEW.claim_id OR OLD.rating_id IS NOT NEW.rating_id OR OLD.explanation IS NOT NEW.explanation OR OLD.author_id IS NOT NEW.author_id OR OLD.approver_id IS NOT NEW.approver_id OR OLD.fingerprint IS NOT NEW.fingerprint OR OLD.published_at IS NOT NEW.published_at OR OLD.reopened_from_id IS NOT NEW.reopened_from_id) BEGIN SELECT RAISE(ABORT, 'verification_is_append_only'); END;
CREATE TRIGGER verification_ends_for_good BEFORE UPDATE ON claims_verification WHEN (OLD.state IN ('superseded', 'withdrawn') OR (OLD.state = 'published' AND NEW.state NOT IN ('superseded', 'withdrawn'))) AND (OLD.state IS NOT NEW.state) BEGIN SELECT RAISE(ABORT, 'verification_ends_for_good'); END;
CREATE TRIGGER evidence_is_append_only BEFORE UPDATE ON claims_evidence WHEN ((SELECT v.state FROM claims_verification v WHERE v.id = OLD.verification_id) IN ('published', 'superseded', 'withdrawn')) AND (OLD.verification_id IS NOT NEW.verification_id OR OLD.url IS NOT NEW.url OR OLD.source_id IS NOT NEW.source_id OR OLD.archive_url IS NOT NEW.archive_url OR OLD.stance IS NOT NEW.stance OR OLD.excerpt IS NOT NEW.excerpt OR OLD.note IS NOT NEW.note) BEGIN SELECT RAISE(ABORT, 'evidence_is_append_only'); END;
CREATE TRIGGER comment_is_not_edited BEFORE UPDATE ON claims_comment WHEN (TRUE) AND (OLD.quote_id IS NOT NEW.quote_id OR OLD.claim_id IS NOT NEW.claim_id OR OLD.verification_id IS NOT NEW.verification_id OR OLD.author_id IS NOT NEW.author_id OR OLD.text IS NOT NEW.text OR OLD.created_at IS NOT NEW.created_at) BEGIN SELECT RAISE(ABORT, 'comment_is_not_edited'); END;
CREATE TRIGGER claims_quote_trigrams_insert AFTER INSERT ON claims_quote BEGIN INSERT INTO claims_quote_trigrams (rowid, "exact", "mention") VALUES (NEW.id, NEW."exact", NEW."mention"); END;
CREATE TRIGGER claims_quote_trigrams_delete AFTER DELETE ON claims_quote BEGIN INSERT INTO claims_quote_trigrams (claims_quote_trigrams, rowid, "exact", "mention") VALUES ('delete', OLD.id, OLD."exact", OLD."mention"); END;
CREATE TRIGGER claims_quote_trigrams_update AFTER UPDATE OF id, "exact", "mention" ON claims_quote WHEN OLD.id <> NEW.id OR OLD."exact" IS NOT NEW."exact" OR OLD."mention" IS NOT NEW."mention" BEGIN INSERT INTO claims_quote_trigrams (claims_quote_trigrams, rowid, "exact", "mention") VALUES ('delete', OLD.id, OLD."exact", OLD."mention"); INSERT INTO claims_quote_trigrams (rowid, "exact", "mention") VALUES (NEW.id, NEW."exact", NEW."mention"); END;
CREATE TRIGGER claims_claim_trigrams_insert AFTER INSERT ON claims_claim BEGIN INSERT INTO claims_claim_trigrams (rowid, "text") VALUES (NEW.id, NEW."text"); END;
CREATE TRIGGER claims_claim_trigrams_delete AFTER DELETE ON claims_claim BEGIN INSERT INTO claims_claim_trigrams (claims_claim_trigrams, rowid, "text") VALUES ('delete', OLD.id, OLD."text"); END;
CREATE TRIGGER claims_claim_trigrams_update AFTER UPDATE OF id, "text" ON claims_claim WHEN OLD.id <> NEW.id OR OLD."text" IS NOT NEW."text" BEGIN INSERT INTO claims_claim_trigrams (claims_claim_trigrams, rowid, "text") VALUES ('delete', OLD.id, OLD."text"); INSERT INTO claims_claim_trigrams (rowid, "text") VALUES (NEW.id, NEW."text"); END;
CREATE TRIGGER claims_speakername_trigrams_insert AFTER INSERT ON claims_speakername BEGIN INSERT INTO claims_speakername_trigrams (rowid, "name") VALUES (NEW.id, NEW."name"); END;
CREATE TRIGGER claims_speakername_trigrams_delete AFTER DELETE ON claims_speakername BEGIN INSERT INTO claims_speakername_trigrams (claims_speakername_trigrams, rowid, "name") VALUES ('delete', OLD.id, OLD."name"); END;
CREATE TRIGGER claims_speakername_trigrams_update AFTER UPDATE OF id, "name" ON claims_speakername WHEN OLD.id <> NEW.id OR OLD."name" IS NOT NEW."name" BEGIN INSERT INTO claims_speakername_trigrams (claims_speakername_trigrams, rowid, "name") VALUES ('delete', OLD.id, OLD."name"); INSERT INTO claims_speakername_trigrams (rowid, "name") VALUES (NEW.id, NEW."name"); END;
CREATE TRIGGER claims_source_trigrams_insert AFTER INSERT ON claims_source BEGIN INSERT INTO claims_source_trigrams (rowid, "title", "publisher", "authors", "url") VALUES (NEW.id, NEW."title", NEW."publisher", NEW."authors", NEW."url"); END;
CREATE TRIGGER claims_source_trigrams_delete AFTER DELETE ON claims_source BEGIN INSERT INTO claims_source_trigrams (claims_source_trigrams, rowid, "title", "publisher", "authors", "url") VALUES ('delete', OLD.id, OLD."title", OLD."publisher", OLD."authors", OLD."url"); END;
CREATE TRIGGER claims_source_trigrams_update AFTER UPDATE OF id, "title", "publisher", "authors", "url" ON claims_source WHEN OLD.id <> NEW.id OR OLD."title" IS NOT NEW."title" OR OLD."publisher" IS NOT NEW."publisher" OR OLD."authors" IS NOT NEW."authors" OR OLD."url" IS NOT NEW."url" BEGIN INSERT INTO claims_source_trigrams (claims_source_trigrams, rowid, "title", "publisher", "authors", "url") VALUES ('delete', OLD.id, OLD."title", OLD."publisher", OLD."authors", OLD."url"); INSERT INTO claims_source_trigrams (rowid, "title", "publisher", "authors", "url") VALUES (NEW.id, NEW."title", NEW."publisher", NEW."authors", NEW."url"); END;
CREATE TRIGGER claims_verification_trigrams_insert AFTER INSERT ON claims_verification BEGIN INSERT INTO claims_verification_trigrams (rowid, "explanation") VALUES (NEW.id, NEW."explanation"); END;
CREATE TRIGGER claims_verification_trigrams_delete AFTER DELETE ON claims_verification BEGIN INSERT INTO claims_verification_trigrams (claims_verification_trigrams, rowid, "explanation") VALUES ('delete', OLD.id, OLD."explanation"); END;
CREATE TRIGGER claims_verification_trigrams_update AFTER UPDATE OF id, "explanation" ON claims_verification WHEN OLD.id <> NEW.id OR OLD."explanation" IS NOT NEW."explanation" BEGIN INSERT INTO claims_verification_trigrams (claims_verification_trigrams, rowid, "explanation") VALUES ('delete', OLD.id, OLD."explanation"); INSERT INTO claims_verification_trigrams (rowid, "explanation") VALUES (NEW.id, NEW."explanation"); END;
CREATE TRIGGER claims_quote_words_insert AFTER INSERT ON claims_quote WHEN (NEW.decision = 'accepted') BEGIN INSERT INTO claims_quote_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.decided_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.exact, '') || char(30) || coalesce(CASE WHEN c.text <> d.exact THEN c.text END, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || char(30) || coalesce(o.title, '')) AS words FROM claims_quote d JOIN claims_snapshot s ON s.id = d.snapshot_id JOIN claims_source o ON o.id = s.source_id LEFT JOIN claims_claim c ON c.id = d.claim_id WHERE d.decision = 'accepted' AND d.id IN (NEW.id) ORDER BY 1; DELETE FROM claims_claim_words WHERE rowid IN (SELECT ((min(max(coalesce(CAST(strftime('%s', d.released_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) FROM claims_claim d WHERE d.id IN (NEW.claim_id) AND d.released_at IS NOT NULL AND d.retracted_at IS NULL); INSERT INTO claims_claim_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.released_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.text, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || char(30) || coalesce((SELECT group_concat(q.exact, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND q.exact <> d.text), '') || char(30) || coalesce((SELECT group_concat(o.title, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND o.title <> ''), '')) AS words FROM claims_claim d WHERE d.released_at IS NOT NULL AND d.retracted_at IS NULL AND d.id IN (NEW.claim_id) ORDER BY 1; END;
CREATE TRIGGER claims_quote_words_update AFTER UPDATE OF exact, decision, decided_at, speaker_id, claim_id, snapshot_id ON claims_quote WHEN (OLD.decision = 'accepted' OR NEW.decision = 'accepted') AND (OLD.exact IS NOT NEW.exact OR OLD.decision IS NOT NEW.decision OR OLD.decided_at IS NOT NEW.decided_at OR OLD.speaker_id IS NOT NEW.speaker_id OR OLD.claim_id IS NOT NEW.claim_id OR OLD.snapshot_id IS NOT NEW.snapshot_id) BEGIN DELETE FROM claims_quote_words WHERE rowid = ((min(max(coalesce(CAST(strftime('%s', OLD.decided_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | OLD.id); INSERT INTO claims_quote_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.decided_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.exact, '') || char(30) || coalesce(CASE WHEN c.text <> d.exact THEN c.text END, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || char(30) || coalesce(o.title, '')) AS words FROM claims_quote d JOIN claims_snapshot s ON s.id = d.snapshot_id JOIN claims_source o ON o.id = s.source_id LEFT JOIN claims_claim c ON c.id = d.claim_id WHERE d.decision = 'accepted' AND d.id IN (OLD.id, NEW.id) ORDER BY 1; DELETE FROM claims_claim_words WHERE rowid IN (SELECT ((min(max(coalesce(CAST(strftime('%s', d.released_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) FROM claims_claim d WHERE d.id IN (OLD.claim_id, NEW.claim_id) AND d.released_at IS NOT NULL AND d.retracted_at IS NULL); INSERT INTO claims_claim_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.released_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.text, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || char(30) || coalesce((SELECT group_concat(q.exact, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND q.exact <> d.text), '') || char(30) || coalesce((SELECT group_concat(o.title, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND o.title <> ''), '')) AS words FROM claims_claim d WHERE d.released_at IS NOT NULL AND d.retracted_at IS NULL AND d.id IN (OLD.claim_id, NEW.claim_id) ORDER BY 1; END;
CREATE TRIGGER claims_quote_words_delete AFTER DELETE ON claims_quote WHEN (OLD.decision = 'accepted') BEGIN DELETE FROM claims_quote_words WHERE rowid = ((min(max(coalesce(CAST(strftime('%s', OLD.decided_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | OLD.id); INSERT INTO claims_quote_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.decided_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.exact, '') || char(30) || coalesce(CASE WHEN c.text <> d.exact THEN c.text END, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || char(30) || coalesce(o.title, '')) AS words FROM claims_quote d JOIN claims_snapshot s ON s.id = d.snapshot_id JOIN claims_source o ON o.id = s.source_id LEFT JOIN claims_claim c ON c.id = d.claim_id WHERE d.decision = 'accepted' AND d.id IN (OLD.id) ORDER BY 1; DELETE FROM claims_claim_words WHERE rowid IN (SELECT ((min(max(coalesce(CAST(strftime('%s', d.released_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) FROM claims_claim d WHERE d.id IN (OLD.claim_id) AND d.released_at IS NOT NULL AND d.retracted_at IS NULL); INSERT INTO claims_claim_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.released_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.text, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || char(30) || coalesce((SELECT group_concat(q.exact, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND q.exact <> d.text), '') || char(30) || coalesce((SELECT group_concat(o.title, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND o.title <> ''), '')) AS words FROM claims_claim d WHERE d.released_at IS NOT NULL AND d.retracted_at IS NULL AND d.id IN (OLD.claim_id) ORDER BY 1; END;
CREATE TRIGGER claims_claim_words_insert AFTER INSERT ON claims_claim WHEN (TRUE) BEGIN INSERT INTO claims_claim_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.released_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.text, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || char(30) || coalesce((SELECT group_concat(q.exact, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND q.exact <> d.text), '') || char(30) || coalesce((SELECT group_concat(o.title, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND o.title <> ''), '')) AS words FROM claims_claim d WHERE d.released_at IS NOT NULL AND d.retracted_at IS NULL AND d.id IN (NEW.id) ORDER BY 1; END;
CREATE TRIGGER claims_claim_words_update AFTER UPDATE OF text, speaker_id, released_at, retracted_at ON claims_claim WHEN (TRUE OR TRUE) AND (OLD.text IS NOT NEW.text OR OLD.speaker_id IS NOT NEW.speaker_id OR OLD.released_at IS NOT NEW.released_at OR OLD.retracted_at IS NOT NEW.retracted_at) BEGIN DELETE FROM claims_claim_words WHERE rowid = ((min(max(coalesce(CAST(strftime('%s', OLD.released_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | OLD.id); INSERT INTO claims_claim_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.released_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.text, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || char(30) || coalesce((SELECT group_concat(q.exact, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND q.exact <> d.text), '') || char(30) || coalesce((SELECT group_concat(o.title, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND o.title <> ''), '')) AS words FROM claims_claim d WHERE d.released_at IS NOT NULL AND d.retracted_at IS NULL AND d.id IN (OLD.id, NEW.id) ORDER BY 1; END;
CREATE TRIGGER claims_claim_words_delete AFTER DELETE ON claims_claim WHEN (TRUE) BEGIN DELETE FROM claims_claim_words WHERE rowid = ((min(max(coalesce(CAST(strftime('%s', OLD.released_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | OLD.id); INSERT INTO claims_claim_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.released_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.text, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || char(30) || coalesce((SELECT group_concat(q.exact, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND q.exact <> d.text), '') || char(30) || coalesce((SELECT group_concat(o.title, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND o.title <> ''), '')) AS words FROM claims_claim d WHERE d.released_at IS NOT NULL AND d.retracted_at IS NULL AND d.id IN (OLD.id) ORDER BY 1; END;
CREATE TRIGGER claims_claim_text_words_update AFTER UPDATE OF text, speaker_id ON claims_claim WHEN (TRUE OR TRUE) AND (OLD.text IS NOT NEW.text OR OLD.speaker_id IS NOT NEW.speaker_id) BEGIN DELETE FROM claims_quote_words WHERE rowid IN (SELECT ((min(max(coalesce(CAST(strftime('%s', d.decided_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) FROM claims_quote d WHERE d.claim_id IN (OLD.id, NEW.id) AND d.decision = 'accepted'); INSERT INTO claims_quote_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.decided_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.exact, '') || char(30) || coalesce(CASE WHEN c.text <> d.exact THEN c.text END, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || char(30) || coalesce(o.title, '')) AS words FROM claims_quote d JOIN claims_snapshot s ON s.id = d.snapshot_id JOIN claims_source o ON o.id = s.source_id LEFT JOIN claims_claim c ON c.id = d.claim_id WHERE d.decision = 'accepted' AND d.claim_id IN (OLD.id, NEW.id) ORDER BY 1; DELETE FROM claims_verification_words WHERE rowid IN (SELECT ((min(max(coalesce(CAST(strftime('%s', d.published_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) FROM claims_verification d WHERE d.claim_id IN (OLD.id, NEW.id) AND d.state = 'published'); INSERT INTO claims_verification_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.published_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.explanation, '') || char(30) || coalesce(c.text, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = c.speaker_id), '')) AS words FROM claims_verification d JOIN claims_claim c ON c.id = d.claim_id WHERE d.state = 'published' AND d.claim_id IN (OLD.id, NEW.id) ORDER BY 1; END;
CREATE TRIGGER claims_verification_words_insert AFTER INSERT ON claims_verification WHEN (NEW.state = 'published') BEGIN INSERT INTO claims_verification_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.published_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.explanation, '') || char(30) || coalesce(c.text, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = c.speaker_id), '')) AS words FROM claims_verification d JOIN claims_claim c ON c.id = d.claim_id WHERE d.state = 'published' AND d.id IN (NEW.id) ORDER BY 1; END;
CREATE TRIGGER claims_verification_words_update AFTER UPDATE OF explanation, state, claim_id, published_at ON claims_verification WHEN (OLD.state = 'published' OR NEW.state = 'published') AND (OLD.explanation IS NOT NEW.explanation OR OLD.state IS NOT NEW.state OR OLD.claim_id IS NOT NEW.claim_id OR OLD.published_at IS NOT NEW.published_at) BEGIN DELETE FROM claims_verification_words WHERE rowid = ((min(max(coalesce(CAST(strftime('%s', OLD.published_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | OLD.id); INSERT INTO claims_verification_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.published_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.explanation, '') || char(30) || coalesce(c.text, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = c.speaker_id), '')) AS words FROM claims_verification d JOIN claims_claim c ON c.id = d.claim_id WHERE d.state = 'published' AND d.id IN (OLD.id, NEW.id) ORDER BY 1; END;
CREATE TRIGGER claims_verification_words_delete AFTER DELETE ON claims_verification WHEN (OLD.state = 'published') BEGIN DELETE FROM claims_verification_words WHERE rowid = ((min(max(coalesce(CAST(strftime('%s', OLD.published_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | OLD.id); INSERT INTO claims_verification_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.published_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.explanation, '') || char(30) || coalesce(c.text, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = c.speaker_id), '')) AS words FROM claims_verification d JOIN claims_claim c ON c.id = d.claim_id WHERE d.state = 'published' AND d.id IN (OLD.id) ORDER BY 1; END;
CREATE TRIGGER claims_source_words_insert AFTER INSERT ON claims_source WHEN (TRUE) BEGIN INSERT INTO claims_source_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.created_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.title, '') || char(30) || coalesce(d.publisher, '')) AS words FROM claims_source d WHERE TRUE AND d.id IN (NEW.id) ORDER BY 1; END;
CREATE TRIGGER claims_source_words_update AFTER UPDATE OF title, publisher, created_at ON claims_source WHEN (TRUE OR TRUE) AND (OLD.title IS NOT NEW.title OR OLD.publisher IS NOT NEW.publisher OR OLD.created_at IS NOT NEW.created_at) BEGIN DELETE FROM claims_source_words WHERE rowid = ((min(max(coalesce(CAST(strftime('%s', OLD.created_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | OLD.id); INSERT INTO claims_source_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.created_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.title, '') || char(30) || coalesce(d.publisher, '')) AS words FROM claims_source d WHERE TRUE AND d.id IN (OLD.id, NEW.id) ORDER BY 1; END;
CREATE TRIGGER claims_source_words_delete AFTER DELETE ON claims_source WHEN (TRUE) BEGIN DELETE FROM claims_source_words WHERE rowid = ((min(max(coalesce(CAST(strftime('%s', OLD.created_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | OLD.id); INSERT INTO claims_source_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.created_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.title, '') || char(30) || coalesce(d.publisher, '')) AS words FROM claims_source d WHERE TRUE AND d.id IN (OLD.id) ORDER BY 1; END;
CREATE TRIGGER claims_source_title_words_update AFTER UPDATE OF title ON claims_source WHEN (TRUE OR TRUE) AND (OLD.title IS NOT NEW.title) BEGIN DELETE FROM claims_quote_words WHERE rowid IN (SELECT ((min(max(coalesce(CAST(strftime('%s', d.decided_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) FROM claims_quote d WHERE d.snapshot_id IN (SELECT t.id FROM claims_snapshot t WHERE t.source_id IN (OLD.id, NEW.id)) AND d.decision = 'accepted'); INSERT INTO claims_quote_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.decided_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.exact, '') || char(30) || coalesce(CASE WHEN c.text <> d.exact THEN c.text END, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || char(30) || coalesce(o.title, '')) AS words FROM claims_quote d JOIN claims_snapshot s ON s.id = d.snapshot_id JOIN claims_source o ON o.id = s.source_id LEFT JOIN claims_claim c ON c.id = d.claim_id WHERE d.decision = 'accepted' AND d.snapshot_id IN (SELECT t.id FROM claims_snapshot t WHERE t.source_id IN (OLD.id, NEW.id)) ORDER BY 1; DELETE FROM claims_claim_words WHERE rowid IN (SELECT ((min(max(coalesce(CAST(strftime('%s', d.released_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) FROM claims_claim d WHERE d.id IN (SELECT a.claim_id FROM claims_quote a JOIN claims_snapshot t ON t.id = a.snapshot_id WHERE a.decision = 'accepted' AND t.source_id IN (OLD.id, NEW.id)) AND d.released_at IS NOT NULL AND d.retracted_at IS NULL); INSERT INTO claims_claim_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.released_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.text, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || char(30) || coalesce((SELECT group_concat(q.exact, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND q.exact <> d.text), '') || char(30) || coalesce((SELECT group_concat(o.title, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND o.title <> ''), '')) AS words FROM claims_claim d WHERE d.released_at IS NOT NULL AND d.retracted_at IS NULL AND d.id IN (SELECT a.claim_id FROM claims_quote a JOIN claims_snapshot t ON t.id = a.snapshot_id WHERE a.decision = 'accepted' AND t.source_id IN (OLD.id, NEW.id)) ORDER BY 1; END;
CREATE TRIGGER claims_speakername_words_insert AFTER INSERT ON claims_speakername WHEN (TRUE) BEGIN DELETE FROM claims_speaker_words WHERE rowid IN (SELECT d.id FROM claims_speaker d WHERE d.id IN (NEW.speaker_id) AND TRUE); INSERT INTO claims_speaker_words (rowid, row_id, words) SELECT d.id AS rowid, d.id AS row_id, claims_words(coalesce(d.name, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.id), '')) AS words FROM claims_speaker d WHERE TRUE AND d.id IN (NEW.speaker_id) ORDER BY 1; DELETE FROM claims_quote_words WHERE rowid IN (SELECT ((min(max(coalesce(CAST(strftime('%s', d.decided_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) FROM claims_quote d WHERE d.speaker_id IN (NEW.speaker_id) AND d.decision = 'accepted'); INSERT INTO claims_quote_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.decided_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.exact, '') || char(30) || coalesce(CASE WHEN c.text <> d.exact THEN c.text END, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || char(30) || coalesce(o.title, '')) AS words FROM claims_quote d JOIN claims_snapshot s ON s.id = d.snapshot_id JOIN claims_source o ON o.id = s.source_id LEFT JOIN claims_claim c ON c.id = d.claim_id WHERE d.decision = 'accepted' AND d.speaker_id IN (NEW.speaker_id) ORDER BY 1; DELETE FROM claims_claim_words WHERE rowid IN (SELECT ((min(max(coalesce(CAST(strftime('%s', d.released_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) FROM claims_claim d WHERE d.speaker_id IN (NEW.speaker_id) AND d.released_at IS NOT NULL AND d.retracted_at IS NULL); INSERT INTO claims_claim_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.released_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.text, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || char(30) || coalesce((SELECT group_concat(q.exact, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND q.exact <> d.text), '') || char(30) || coalesce((SELECT group_concat(o.title, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND o.title <> ''), '')) AS words FROM claims_claim d WHERE d.released_at IS NOT NULL AND d.retracted_at IS NULL AND d.speaker_id IN (NEW.speaker_id) ORDER BY 1; DELETE FROM claims_verification_words WHERE rowid IN (SELECT ((min(max(coalesce(CAST(strftime('%s', d.published_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) FROM claims_verification d WHERE d.claim_id IN (SELECT l.id FROM claims_claim l WHERE l.speaker_id IN (NEW.speaker_id)) AND d.state = 'published'); INSERT INTO claims_verification_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.published_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.explanation, '') || char(30) || coalesce(c.text, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = c.speaker_id), '')) AS words FROM claims_verification d JOIN claims_claim c ON c.id = d.claim_id WHERE d.state = 'published' AND d.claim_id IN (SELECT l.id FROM claims_claim l WHERE l.speaker_id IN (NEW.speaker_id)) ORDER BY 1; END;
CREATE TRIGGER claims_speakername_words_update AFTER UPDATE OF name, speaker_id ON claims_speakername WHEN (TRUE OR TRUE) AND (OLD.name IS NOT NEW.name OR OLD.speaker_id IS NOT NEW.speaker_id) BEGIN DELETE FROM claims_speaker_words WHERE rowid IN (SELECT d.id FROM claims_speaker d WHERE d.id IN (OLD.speaker_id, NEW.speaker_id) AND TRUE); INSERT INTO claims_speaker_words (rowid, row_id, words) SELECT d.id AS rowid, d.id AS row_id, claims_words(coalesce(d.name, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.id), '')) AS words FROM claims_speaker d WHERE TRUE AND d.id IN (OLD.speaker_id, NEW.speaker_id) ORDER BY 1; DELETE FROM claims_quote_words WHERE rowid IN (SELECT ((min(max(coalesce(CAST(strftime('%s', d.decided_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) FROM claims_quote d WHERE d.speaker_id IN (OLD.speaker_id, NEW.speaker_id) AND d.decision = 'accepted'); INSERT INTO claims_quote_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.decided_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.exact, '') || char(30) || coalesce(CASE WHEN c.text <> d.exact THEN c.text END, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || char(30) || coalesce(o.title, '')) AS words FROM claims_quote d JOIN claims_snapshot s ON s.id = d.snapshot_id JOIN claims_source o ON o.id = s.source_id LEFT JOIN claims_claim c ON c.id = d.claim_id WHERE d.decision = 'accepted' AND d.speaker_id IN (OLD.speaker_id, NEW.speaker_id) ORDER BY 1; DELETE FROM claims_claim_words WHERE rowid IN (SELECT ((min(max(coalesce(CAST(strftime('%s', d.released_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) FROM claims_claim d WHERE d.speaker_id IN (OLD.speaker_id, NEW.speaker_id) AND d.released_at IS NOT NULL AND d.retracted_at IS NULL); INSERT INTO claims_claim_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.released_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.text, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || char(30) || coalesce((SELECT group_concat(q.exact, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND q.exact <> d.text), '') || char(30) || coalesce((SELECT group_concat(o.title, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND o.title <> ''), '')) AS words FROM claims_claim d WHERE d.released_at IS NOT NULL AND d.retracted_at IS NULL AND d.speaker_id IN (OLD.speaker_id, NEW.speaker_id) ORDER BY 1; DELETE FROM claims_verification_words WHERE rowid IN (SELECT ((min(max(coalesce(CAST(strftime('%s', d.published_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) FROM claims_verification d WHERE d.claim_id IN (SELECT l.id FROM claims_claim l WHERE l.speaker_id IN (OLD.speaker_id, NEW.speaker_id)) AND d.state = 'published'); INSERT INTO claims_verification_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.published_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.explanation, '') || char(30) || coalesce(c.text, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = c.speaker_id), '')) AS words FROM claims_verification d JOIN claims_claim c ON c.id = d.claim_id WHERE d.state = 'published' AND d.claim_id IN (SELECT l.id FROM claims_claim l WHERE l.speaker_id IN (OLD.speaker_id, NEW.speaker_id)) ORDER BY 1; END;
CREATE TRIGGER claims_speakername_words_delete AFTER DELETE ON claims_speakername WHEN (TRUE) BEGIN DELETE FROM claims_speaker_words WHERE rowid IN (SELECT d.id FROM claims_speaker d WHERE d.id IN (OLD.speaker_id) AND TRUE); INSERT INTO claims_speaker_words (rowid, row_id, words) SELECT d.id AS rowid, d.id AS row_id, claims_words(coalesce(d.name, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.id), '')) AS words FROM claims_speaker d WHERE TRUE AND d.id IN (OLD.speaker_id) ORDER BY 1; DELETE FROM claims_quote_words WHERE rowid IN (SELECT ((min(max(coalesce(CAST(strftime('%s', d.decided_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) FROM claims_quote d WHERE d.speaker_id IN (OLD.speaker_id) AND d.decision = 'accepted'); INSERT INTO claims_quote_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.decided_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.exact, '') || char(30) || coalesce(CASE WHEN c.text <> d.exact THEN c.text END, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || char(30) || coalesce(o.title, '')) AS words FROM claims_quote d JOIN claims_snapshot s ON s.id = d.snapshot_id JOIN claims_source o ON o.id = s.source_id LEFT JOIN claims_claim c ON c.id = d.claim_id WHERE d.decision = 'accepted' AND d.speaker_id IN (OLD.speaker_id) ORDER BY 1; DELETE FROM claims_claim_words WHERE rowid IN (SELECT ((min(max(coalesce(CAST(strftime('%s', d.released_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) FROM claims_claim d WHERE d.speaker_id IN (OLD.speaker_id) AND d.released_at IS NOT NULL AND d.retracted_at IS NULL); INSERT INTO claims_claim_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.released_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.text, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.speaker_id), '') || char(30) || coalesce((SELECT group_concat(q.exact, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND q.exact <> d.text), '') || char(30) || coalesce((SELECT group_concat(o.title, char(30)) FROM claims_quote q JOIN claims_snapshot s ON s.id = q.snapshot_id JOIN claims_source o ON o.id = s.source_id WHERE q.claim_id = d.id AND q.decision = 'accepted' AND o.title <> ''), '')) AS words FROM claims_claim d WHERE d.released_at IS NOT NULL AND d.retracted_at IS NULL AND d.speaker_id IN (OLD.speaker_id) ORDER BY 1; DELETE FROM claims_verification_words WHERE rowid IN (SELECT ((min(max(coalesce(CAST(strftime('%s', d.published_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) FROM claims_verification d WHERE d.claim_id IN (SELECT l.id FROM claims_claim l WHERE l.speaker_id IN (OLD.speaker_id)) AND d.state = 'published'); INSERT INTO claims_verification_words (rowid, row_id, words) SELECT ((min(max(coalesce(CAST(strftime('%s', d.published_at) AS INTEGER), 0), -4294967295), 4294967295) << 31) | d.id) AS rowid, d.id AS row_id, claims_words(coalesce(d.explanation, '') || char(30) || coalesce(c.text, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = c.speaker_id), '')) AS words FROM claims_verification d JOIN claims_claim c ON c.id = d.claim_id WHERE d.state = 'published' AND d.claim_id IN (SELECT l.id FROM claims_claim l WHERE l.speaker_id IN (OLD.speaker_id)) ORDER BY 1; END;
CREATE TRIGGER claims_speaker_words_insert AFTER INSERT ON claims_speaker WHEN (TRUE) BEGIN INSERT INTO claims_speaker_words (rowid, row_id, words) SELECT d.id AS rowid, d.id AS row_id, claims_words(coalesce(d.name, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.id), '')) AS words FROM claims_speaker d WHERE TRUE AND d.id IN (NEW.id) ORDER BY 1; END;
CREATE TRIGGER claims_speaker_words_update AFTER UPDATE OF name ON claims_speaker WHEN (TRUE OR TRUE) AND (OLD.name IS NOT NEW.name) BEGIN DELETE FROM claims_speaker_words WHERE rowid = OLD.id; INSERT INTO claims_speaker_words (rowid, row_id, words) SELECT d.id AS rowid, d.id AS row_id, claims_words(coalesce(d.name, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.id), '')) AS words FROM claims_speaker d WHERE TRUE AND d.id IN (OLD.id, NEW.id) ORDER BY 1; END;
CREATE TRIGGER claims_speaker_words_delete AFTER DELETE ON claims_speaker WHEN (TRUE) BEGIN DELETE FROM claims_speaker_words WHERE rowid = OLD.id; INSERT INTO claims_speaker_words (rowid, row_id, words) SELECT d.id AS rowid, d.id AS row_id, claims_words(coalesce(d.name, '') || char(30) || coalesce((SELECT group_concat(n.name, char(30)) FROM claims_speakername n WHERE n.speaker_id = d.id), '')) AS words FROM claims_speaker d WHERE TRUE AND d.id IN (OLD.id) ORDER BY 1; END;
CREATE TRIGGER claims_topic_words_insert AFTER INSERT ON claims_topic WHEN (TRUE) BEGIN INSERT INTO claims_topic_words (rowid, row_id, words) SELECT d.id AS rowid, d.id AS row_id, claims_words(coalesce(d.name, '') || char(30) || coalesce(d.description, '')) AS words FROM claims_topic d WHERE TRUE AND d.id IN (NEW.id) ORDER BY 1; END;
CREATE TRIGGER claims_topic_words_update AFTER UPDATE OF name, description ON claims_topic WHEN (TRUE OR TRUE) AND (OLD.name IS NOT NEW.name OR OLD.description IS NOT NEW.description) BEGIN DELETE FROM claims_topic_words WHERE rowid = OLD.id; INSERT INTO claims_topic_words (rowid, row_id, words) SELECT d.id AS rowid, d.id AS row_id, claims_words(coalesce(d.name, '') || char(30) || coalesce(d.description, '')) AS words FROM claims_topic d WHERE TRUE AND d.id IN (OLD.id, NEW.id) ORDER BY 1; END;
CREATE TRIGGER claims_topic_words_delete AFTER DELETE ON claims_topic WHEN (TRUE) BEGIN DELETE FROM claims_topic_words WHERE rowid = OLD.id; INSERT INTO claims_topic_words (rowid, row_id, words) SELECT d.id AS rowid, d.id AS row_id, claims_words(coalesce(d.name, '') || char(30) || coalesce(d.description, '')) AS words FROM claims_topic d WHERE TRUE AND d.id IN (OLD.id) ORDER BY 1; END;
CREATE TRIGGER claims_quote_touched_insert AFTER INSERT ON claims_quote WHEN NEW.decision = 'accepted' BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'quotes', NEW.id, TRUE, '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; END;
CREATE TRIGGER claims_quote_touched_update AFTER UPDATE ON claims_quote WHEN OLD.decision = 'accepted' OR NEW.decision = 'accepted' BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'quotes', NEW.id, (OLD.decision IS NOT NEW.decision OR OLD.claim_id IS NOT NEW.claim_id OR OLD.speaker_id IS NOT NEW.speaker_id OR OLD.snapshot_id IS NOT NEW.snapshot_id), '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'claims', OLD.claim_id, TRUE, 'quotes', OLD.id, 0 WHERE (OLD.claim_id IS NOT NEW.claim_id) AND OLD.claim_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', OLD.speaker_id, FALSE, 'quotes', OLD.id, 0 WHERE (OLD.speaker_id IS NOT NEW.speaker_id) AND OLD.speaker_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'sources', (SELECT s.source_id FROM claims_snapshot s WHERE s.id = OLD.snapshot_id), FALSE, 'quotes', OLD.id, 0 WHERE (OLD.snapshot_id IS NOT NEW.snapshot_id) AND (SELECT s.source_id FROM claims_snapshot s WHERE s.id = OLD.snapshot_id) IS NOT NULL; END;
CREATE TRIGGER claims_quote_touched_delete AFTER DELETE ON claims_quote WHEN OLD.decision = 'accepted' BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'quotes', OLD.id, TRUE, '', NULL, 0 WHERE TRUE AND OLD.id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'claims', OLD.claim_id, TRUE, 'quotes', OLD.id, 0 WHERE TRUE AND OLD.claim_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', OLD.speaker_id, FALSE, 'quotes', OLD.id, 0 WHERE TRUE AND OLD.speaker_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'sources', (SELECT s.source_id FROM claims_snapshot s WHERE s.id = OLD.snapshot_id), FALSE, 'quotes', OLD.id, 0 WHERE TRUE AND (SELECT s.source_id FROM claims_snapshot s WHERE s.id = OLD.snapshot_id) IS NOT NULL; END;
CREATE TRIGGER claims_claim_touched_update AFTER UPDATE ON claims_claim WHEN OLD.released_at IS NOT NULL OR NEW.released_at IS NOT NULL BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'claims', NEW.id, (OLD.text IS NOT NEW.text OR OLD.said_on IS NOT NEW.said_on OR OLD.released_at IS NOT NEW.released_at OR OLD.retracted_at IS NOT NEW.retracted_at OR OLD.merged_into_id IS NOT NEW.merged_into_id OR OLD.speaker_id IS NOT NEW.speaker_id), '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', OLD.speaker_id, FALSE, 'claims', OLD.id, 0 WHERE (OLD.speaker_id IS NOT NEW.speaker_id) AND OLD.speaker_id IS NOT NULL; END;
CREATE TRIGGER claims_claim_touched_delete AFTER DELETE ON claims_claim WHEN OLD.released_at IS NOT NULL BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'claims', OLD.id, TRUE, '', NULL, 0 WHERE TRUE AND OLD.id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', OLD.speaker_id, FALSE, 'claims', OLD.id, 0 WHERE TRUE AND OLD.speaker_id IS NOT NULL; END;
CREATE TRIGGER claims_speaker_touched_update AFTER UPDATE ON claims_speaker WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', NEW.id, (OLD.name IS NOT NEW.name OR OLD.kind IS NOT NEW.kind OR OLD.wikidata_id IS NOT NEW.wikidata_id), '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; END;
CREATE TRIGGER claims_speaker_touched_delete AFTER DELETE ON claims_speaker WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', OLD.id, FALSE, '', NULL, 0 WHERE TRUE AND OLD.id IS NOT NULL; END;
CREATE TRIGGER claims_speakername_touched_insert AFTER INSERT ON claims_speakername WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', NEW.speaker_id, TRUE, '', NULL, 0 WHERE TRUE AND NEW.speaker_id IS NOT NULL; END;
CREATE TRIGGER claims_speakername_touched_update AFTER UPDATE ON claims_speakername WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', OLD.speaker_id, TRUE, '', NULL, 0 WHERE TRUE AND OLD.speaker_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', NEW.speaker_id, TRUE, '', NULL, 0 WHERE TRUE AND NEW.speaker_id IS NOT NULL; END;
CREATE TRIGGER claims_speakername_touched_delete AFTER DELETE ON claims_speakername WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', OLD.speaker_id, TRUE, '', NULL, 0 WHERE TRUE AND OLD.speaker_id IS NOT NULL; END;
CREATE TRIGGER claims_position_touched_insert AFTER INSERT ON claims_position WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', NEW.speaker_id, FALSE, '', NULL, 0 WHERE TRUE AND NEW.speaker_id IS NOT NULL; END;
CREATE TRIGGER claims_position_touched_update AFTER UPDATE ON claims_position WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', OLD.speaker_id, FALSE, '', NULL, 0 WHERE TRUE AND OLD.speaker_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', NEW.speaker_id, FALSE, '', NULL, 0 WHERE TRUE AND NEW.speaker_id IS NOT NULL; END;
CREATE TRIGGER claims_position_touched_delete AFTER DELETE ON claims_position WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'speakers', OLD.speaker_id, FALSE, '', NULL, 0 WHERE TRUE AND OLD.speaker_id IS NOT NULL; END;
CREATE TRIGGER claims_source_touched_update AFTER UPDATE ON claims_source WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'sources', NEW.id, (OLD.title IS NOT NEW.title OR OLD.publisher IS NOT NEW.publisher OR OLD.url IS NOT NEW.url OR OLD.published_on IS NOT NEW.published_on OR OLD.language IS NOT NEW.language OR OLD.translated_from IS NOT NEW.translated_from), '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; END;
CREATE TRIGGER claims_source_touched_delete AFTER DELETE ON claims_source WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'sources', OLD.id, FALSE, '', NULL, 0 WHERE TRUE AND OLD.id IS NOT NULL; END;
CREATE TRIGGER claims_snapshot_touched_update AFTER UPDATE ON claims_snapshot WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'sources', NEW.source_id, FALSE, '', NULL, 0 WHERE TRUE AND NEW.source_id IS NOT NULL; END;
CREATE TRIGGER claims_verification_touched_insert AFTER INSERT ON claims_verification WHEN NEW.state <> 'draft' BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'verifications', NEW.id, TRUE, '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; END;
CREATE TRIGGER claims_verification_touched_update AFTER UPDATE ON claims_verification WHEN OLD.state <> NEW.state OR NEW.state = 'published' OR (NEW.state = 'submitted' AND OLD.claim_id <> NEW.claim_id) BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'verifications', NEW.id, TRUE, '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'claims', OLD.claim_id, TRUE, '', NULL, 0 WHERE (OLD.claim_id IS NOT NEW.claim_id) AND OLD.claim_id IS NOT NULL; END;
CREATE TRIGGER claims_verification_touched_delete AFTER DELETE ON claims_verification WHEN OLD.state <> 'draft' BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'verifications', OLD.id, TRUE, '', NULL, 0 WHERE TRUE AND OLD.id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'claims', OLD.claim_id, TRUE, '', NULL, 0 WHERE TRUE AND OLD.claim_id IS NOT NULL; END;
CREATE TRIGGER claims_evidence_touched_insert AFTER INSERT ON claims_evidence WHEN coalesce((SELECT v.state FROM claims_verification v WHERE v.id = NEW.verification_id), '') <> 'draft' BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'verifications', NEW.verification_id, (coalesce((SELECT v.state FROM claims_verification v WHERE v.id = NEW.verification_id), '') = 'published'), '', NULL, 0 WHERE TRUE AND NEW.verification_id IS NOT NULL; END;
CREATE TRIGGER claims_evidence_touched_update AFTER UPDATE ON claims_evidence WHEN coalesce((SELECT v.state FROM claims_verification v WHERE v.id = NEW.verification_id), '') <> 'draft' BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'verifications', NEW.verification_id, (coalesce((SELECT v.state FROM claims_verification v WHERE v.id = NEW.verification_id), '') = 'published'), '', NULL, 0 WHERE TRUE AND NEW.verification_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'verifications', OLD.verification_id, TRUE, '', NULL, 0 WHERE (OLD.verification_id IS NOT NEW.verification_id) AND OLD.verification_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'sources', OLD.source_id, FALSE, 'verifications', OLD.verification_id, 0 WHERE (OLD.source_id IS NOT NEW.source_id) AND OLD.source_id IS NOT NULL; END;
CREATE TRIGGER claims_evidence_touched_delete AFTER DELETE ON claims_evidence WHEN coalesce((SELECT v.state FROM claims_verification v WHERE v.id = OLD.verification_id), '') <> 'draft' BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'verifications', OLD.verification_id, (coalesce((SELECT v.state FROM claims_verification v WHERE v.id = OLD.verification_id), '') <> 'submitted'), '', NULL, 0 WHERE TRUE AND OLD.verification_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'sources', OLD.source_id, FALSE, 'verifications', OLD.verification_id, 0 WHERE TRUE AND OLD.source_id IS NOT NULL; END;
CREATE TRIGGER claims_topic_touched_update AFTER UPDATE ON claims_topic WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'topics', NEW.id, (OLD.name IS NOT NEW.name OR OLD.slug IS NOT NEW.slug), '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; END;
CREATE TRIGGER claims_topic_touched_delete AFTER DELETE ON claims_topic WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'topics', OLD.id, FALSE, '', NULL, 0 WHERE TRUE AND OLD.id IS NOT NULL; END;
CREATE TRIGGER claims_claim_topics_touched_insert AFTER INSERT ON claims_claim_topics WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'claims', NEW.claim_id, TRUE, '', NULL, 0 WHERE TRUE AND NEW.claim_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'topics', NEW.topic_id, FALSE, 'claims', NEW.claim_id, 0 WHERE TRUE AND NEW.topic_id IS NOT NULL; END;
CREATE TRIGGER claims_claim_topics_touched_delete AFTER DELETE ON claims_claim_topics WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'claims', OLD.claim_id, TRUE, '', NULL, 0 WHERE TRUE AND OLD.claim_id IS NOT NULL; INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'topics', OLD.topic_id, FALSE, 'claims', OLD.claim_id, 0 WHERE TRUE AND OLD.topic_id IS NOT NULL; END;
CREATE TRIGGER claims_rating_touched_insert AFTER INSERT ON claims_rating WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'ratings', NEW.id, FALSE, '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; END;
CREATE TRIGGER claims_rating_touched_update AFTER UPDATE ON claims_rating WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'ratings', NEW.id, (OLD.name IS NOT NEW.name OR OLD.slug IS NOT NEW.slug OR OLD.value IS NOT NEW.value OR OLD.worst IS NOT NEW.worst OR OLD.best IS NOT NEW.best), '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; END;
CREATE TRIGGER claims_rating_touched_delete AFTER DELETE ON claims_rating WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'ratings', OLD.id, FALSE, '', NULL, 0 WHERE TRUE AND OLD.id IS NOT NULL; END;
CREATE TRIGGER claims_correction_touched_insert AFTER INSERT ON claims_correction WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'corrections', NEW.id, FALSE, '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; END;
CREATE TRIGGER claims_correction_touched_update AFTER UPDATE ON claims_correction WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'corrections', NEW.id, FALSE, '', NULL, 0 WHERE TRUE AND NEW.id IS NOT NULL; END;
CREATE TRIGGER claims_correction_touched_delete AFTER DELETE ON claims_correction WHEN TRUE BEGIN INSERT INTO claims_touched (kind, object_id, wide, "by", by_id, step) SELECT 'corrections', OLD.id, FALSE, '', NULL, 0 WHERE TRUE AND OLD.id IS NOT NULL; END;
COMMIT;
