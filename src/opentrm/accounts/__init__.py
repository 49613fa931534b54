"""Who works here: organisations, staff, roles, and the decorator every act goes through."""
