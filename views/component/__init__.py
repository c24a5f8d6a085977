"""The Explore component: levers, figures and charts in the browser, which runs the model itself."""
