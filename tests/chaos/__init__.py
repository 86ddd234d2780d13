"""The portal as processes, clients with a journal, a nemesis, and a checker that judges what is left."""
