"""The design system: pages, components and forms. It knows no record."""
