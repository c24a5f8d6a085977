"""The app: pages over the model, in Chinese and English."""
