CREATE TABLE "offchain"."control" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "offchain"."control_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"venue" text NOT NULL,
	"account" text NOT NULL,
	"chain" text NOT NULL,
	"protocol" text NOT NULL,
	"control" text NOT NULL,
	"unwindable" boolean NOT NULL,
	"since" bigint NOT NULL,
	"noted_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "control_kind" CHECK ("offchain"."control"."control" IN ('none', 'notice', 'enforceable')),
	CONSTRAINT "control_unwindable" CHECK ("offchain"."control"."control" = 'enforceable' OR NOT "offchain"."control"."unwindable"),
	CONSTRAINT "control_account" CHECK ("offchain"."control"."account" ~ '^0x[0-9a-f]{40}$')
);
--> statement-breakpoint
CREATE INDEX "control_by_account" ON "offchain"."control" USING btree ("venue","account");
--> statement-breakpoint
CREATE FUNCTION "offchain"."refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'agreements are only ever added; end one by adding another of control none';
END
$$;
--> statement-breakpoint
CREATE TRIGGER "control_only_grows" BEFORE UPDATE OR DELETE OR TRUNCATE ON "offchain"."control" FOR EACH STATEMENT EXECUTE FUNCTION "offchain"."refuse_change"();
