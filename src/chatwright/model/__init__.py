"""The Decoder and its exits: Hugging Face folders, OpenVINO, sizes."""
