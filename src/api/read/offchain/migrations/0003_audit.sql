CREATE TABLE "offchain"."audit" (
	"chain" text PRIMARY KEY NOT NULL,
	"rotation" jsonb NOT NULL,
	"rotated_at" timestamp with time zone,
	"ran_at" timestamp with time zone NOT NULL,
	"calls_per_minute" numeric NOT NULL,
	"failure" text,
	"repair" text
);
--> statement-breakpoint
CREATE TABLE "offchain"."quarantine" (
	"chain" text NOT NULL,
	"protocol" text NOT NULL,
	"detail" text NOT NULL,
	"subjects" jsonb NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "quarantine_chain_protocol_pk" PRIMARY KEY("chain","protocol")
);
--> statement-breakpoint
CREATE TABLE "offchain"."reconciliation" (
	"chain" text NOT NULL,
	"protocol" text NOT NULL,
	"checked" integer NOT NULL,
	"unread" integer NOT NULL,
	"drift" integer NOT NULL,
	"examples" jsonb NOT NULL,
	"block_number" numeric(78, 0) NOT NULL,
	"block_hash" text NOT NULL,
	"ran_at" timestamp with time zone NOT NULL,
	CONSTRAINT "reconciliation_chain_protocol_pk" PRIMARY KEY("chain","protocol")
);
