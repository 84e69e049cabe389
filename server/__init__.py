"""The multi-tenant service that performs chatbots for visitors."""
