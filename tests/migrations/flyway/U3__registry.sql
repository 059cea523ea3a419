SELECT routable.revert(0);
