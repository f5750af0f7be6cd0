"""A register's text in canonical layout. Every module here takes texts whose lines end in LF."""
