CREATE SCHEMA IF NOT EXISTS "offchain";
--> statement-breakpoint
CREATE TABLE "offchain"."chain_start" (
	"chain" text PRIMARY KEY NOT NULL,
	"chain_id" integer NOT NULL,
	"genesis_hash" text NOT NULL,
	"start_block" numeric(78, 0),
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "offchain"."deployment" (
	"chain" text NOT NULL,
	"schema" text NOT NULL,
	"state" text NOT NULL,
	"verified_block" numeric(78, 0),
	"resolved" jsonb NOT NULL,
	"source" text NOT NULL,
	"identity" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"live_since" timestamp with time zone,
	CONSTRAINT "deployment_chain_schema_pk" PRIMARY KEY("chain","schema")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "deployment_one_live" ON "offchain"."deployment" USING btree ("chain") WHERE state = 'live';