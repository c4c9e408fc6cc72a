"""config.toml: read into Settings, checked key by key, and written."""
