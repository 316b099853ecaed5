// The page leads on by itself, but it would forget the place within it that was asked for.
if (location.hash) location.replace(document.querySelector('#moved a').href + location.hash);
