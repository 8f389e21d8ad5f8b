"""The sources of the rules and profiles: read from TOML, held to their law, and made into what evaluators run."""
