"""Tenants and their members: who may do what where, and the routes to sign up and in."""
