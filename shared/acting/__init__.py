"""How words become performance: vocabulary, clip mapping, marker parser, event and clause cues, director."""
