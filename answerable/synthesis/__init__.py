"""From contributions to findings, dispositions and a published outcome report."""
