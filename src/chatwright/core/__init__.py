"""Words shared by every floor: types, errors, files. Imports nothing of ours."""
