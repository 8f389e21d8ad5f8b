"""The files of licenses and of their use that are exchanged with UK customs (CHIEF): see README.md in this folder."""
