"""The roads in: satker ADKs and KPPN ADKs, received, checked by one gate, and loaded."""
