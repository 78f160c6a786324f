"""The public record: append-only entries in a Merkle tree, with signed checkpoints, receipts and a verifier."""
