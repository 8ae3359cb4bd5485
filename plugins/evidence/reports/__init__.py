"""One report value, one file per format. Formats arrange; they decide nothing."""
