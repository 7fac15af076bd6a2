CREATE TABLE "offchain"."chain_tier" (
	"chain" text NOT NULL,
	"tier" text NOT NULL,
	"block_number" numeric(78, 0) NOT NULL,
	"block_hash" text NOT NULL,
	"observed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "chain_tier_chain_tier_pk" PRIMARY KEY("chain","tier")
);
