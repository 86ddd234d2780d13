"""The demo: an invented KPPN in every situation of the lifecycle, made through the services themselves."""
