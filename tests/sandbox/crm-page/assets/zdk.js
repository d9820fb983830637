// CRM names this script to the SDK, which adds it to the widget's page. Ours has nothing the widgets use.
