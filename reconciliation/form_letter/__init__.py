"""The Formulir Penjelasan Selisih, the satker's letter to the KPPN. Pure: facts, content, PDF."""
