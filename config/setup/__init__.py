"""The scripts behind `make run` and `make test`: standard library only, for they make the environment."""
