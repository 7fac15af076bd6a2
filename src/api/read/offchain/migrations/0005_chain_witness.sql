CREATE TABLE "offchain"."chain_witness" (
	"chain" text PRIMARY KEY NOT NULL,
	"block_number" numeric(78, 0),
	"block_hash" text,
	"doubted_number" numeric(78, 0),
	"doubted_hash" text,
	"reason_code" text,
	"detail" text,
	"observed_at" timestamp with time zone DEFAULT now() NOT NULL
);
