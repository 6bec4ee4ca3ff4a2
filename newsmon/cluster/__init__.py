"""One run on many machines, by Dask distributed: outlets and files are shared out, the database unites them."""
