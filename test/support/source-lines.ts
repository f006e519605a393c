/** Stack traces of tests name the lines of the sources; on for what is loaded from here on, as it costs time to have them. */
process.setSourceMapsEnabled(true);
