SELECT routable.detach('workspaces');
