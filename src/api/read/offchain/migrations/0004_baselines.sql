CREATE TABLE "offchain"."baseline" (
	"chain_id" integer NOT NULL,
	"account" text NOT NULL,
	"protocol" text NOT NULL,
	"market" text NOT NULL,
	"side" text NOT NULL,
	"raw" numeric(78, 0) NOT NULL,
	"rate" numeric(78, 0),
	"accrued_at" numeric(78, 0),
	"block_number" numeric(78, 0) NOT NULL,
	"block_hash" text NOT NULL,
	CONSTRAINT "baseline_chain_id_account_protocol_market_side_pk" PRIMARY KEY("chain_id","account","protocol","market","side")
);
--> statement-breakpoint
CREATE TABLE "offchain"."hydration" (
	"chain_id" integer NOT NULL,
	"account" text NOT NULL,
	"contracts" text[] DEFAULT '{}' NOT NULL,
	"block_number" numeric(78, 0),
	"block_hash" text,
	"failure" text,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"tried_at" timestamp with time zone,
	CONSTRAINT "hydration_chain_id_account_pk" PRIMARY KEY("chain_id","account"),
	CONSTRAINT "hydration_account" CHECK ("offchain"."hydration"."account" ~ '^0x[0-9a-f]{40}$')
);
