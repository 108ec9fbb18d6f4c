"""The console: what people see of a station, in a browser. A process of its own that never holds a presentation."""
