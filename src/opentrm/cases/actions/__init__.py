"""What people do in a case, one module a stage."""
