"""The register of legal documents: what is in force, what has ended, what took its place."""
