"""Authorizations on the forms of Annex III to Regulation (EU) 2021/821: see README.md in this folder."""
