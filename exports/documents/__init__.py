"""Printed documents as Word files, ready to be signed, in the layout of Decree 30/2020/NĐ-CP, Annex I."""
