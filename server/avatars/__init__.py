"""Blobs of a tenant: which are missing, uploads that resume, verified digests, downloads with ranges."""
