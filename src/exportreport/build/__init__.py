"""From the LinkML model to the published artifacts; needs the extra ``build``."""
