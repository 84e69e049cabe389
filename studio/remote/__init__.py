"""The server's client: sign-in, uploads that resume, drafts, releases, embeds. Knows no screen."""
