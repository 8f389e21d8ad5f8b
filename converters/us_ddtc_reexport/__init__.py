"""Requests and notifications of re-exports and retransfers under 22 CFR 123.9: see README.md in this folder."""
